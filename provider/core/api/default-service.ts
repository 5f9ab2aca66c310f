import { MismatchError } from "../errors";
import { type JsonObject, textOf } from "../json";

/** The account's default service where something lives that does not name its service. */
export function defaultServiceOf({ serviceSid, chatServiceSid }: JsonObject): string | undefined {
  return textOf(serviceSid) === undefined ? textOf(chatServiceSid) : undefined;
}

/** The service that a form would make the account's default. */
export function defaultServiceIn(form: readonly (readonly [string, string])[]): string | undefined {
  return form.find(([name]) => name === "DefaultChatServiceSid")?.[1];
}

/**
 * What this run knows to live in the account's default service without naming it. Twilio's paths to it name no service
 * either: as soon as another one is the default, all of it is out of reach, and seems to be gone.
 */
export class DefaultServiceGuard {
  /** The service, by what lives there. */
  private readonly services = new Map<string, string>();
  private created = 0;

  note(resident: string, state: JsonObject): void {
    const service = defaultServiceOf(state);
    if (service === undefined) this.services.delete(resident);
    else this.services.set(resident, service);
  }

  /** Something is about to be created there. */
  noteNew(service: string): void {
    this.created += 1;
    this.services.set(`new ${this.created}`, service);
  }

  noteGone(resident: string): void {
    this.services.delete(resident);
  }

  /** The service where one of them lives. */
  any(): string | undefined {
    const [first] = this.services.values();
    return first;
  }

  /** Refuses to make another service the account's default. */
  assertStays(wanted: string): void {
    const left = [...this.services.values()].find((sid) => sid !== wanted);
    if (left === undefined) return;
    throw new MismatchError(
      `The account's default service cannot become ${wanted}: resources of this stack live in ${left} without ` +
        "naming it, and would be out of reach. Nothing was sent. Give them this serviceSid, which replaces none of " +
        "them, or let them depend on the configuration, so that they are created after it and deleted before it.",
    );
  }
}

/** Refuses to look in another service than where the object was made: there it would seem to be gone. */
export function compareService(recorded: string, present: string): void {
  if (recorded === present) return;
  throw new MismatchError(
    `The stack's state is of default service ${recorded}, the account's default service is now ${present}. ` +
      `Nothing was changed. Make ${recorded} the default again, or name it as the serviceSid of what lives there and run \`pulumi up\` without --refresh.`,
  );
}
