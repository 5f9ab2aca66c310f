import { MismatchError } from "../errors";
import { type JsonObject, textOf } from "../json";

/** The recorded default service of an object that does not name its service. */
export function defaultServiceOf({ serviceSid, chatServiceSid }: JsonObject): string | undefined {
  return textOf(serviceSid) === undefined ? textOf(chatServiceSid) : undefined;
}

/** The service that a form would make the account's default. */
export function defaultServiceIn(form: readonly (readonly [string, string])[]): string | undefined {
  return form.find(([name]) => name === "DefaultChatServiceSid")?.[1];
}

/**
 * Objects known to live in the account's default service without naming it. Twilio's paths to them name no service
 * either: once another service is the default, they are out of reach and seem deleted.
 */
export class DefaultServiceGuard {
  /** The service of each object. */
  private readonly services = new Map<string, string>();
  private created = 0;

  note(name: string, state: JsonObject): void {
    const service = defaultServiceOf(state);
    if (service === undefined) this.services.delete(name);
    else this.services.set(name, service);
  }

  /** Notes that a create is about to add an object there. */
  noteNew(service: string): void {
    this.created += 1;
    this.services.set(`new ${this.created}`, service);
  }

  noteGone(name: string): void {
    this.services.delete(name);
  }

  /** The service of any of them. */
  any(): string | undefined {
    const [first] = this.services.values();
    return first;
  }

  /** Throws if another service would become the account's default. */
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

/** Throws if the default service is not the object's: there it would seem deleted. */
export function compareService(recorded: string, present: string): void {
  if (recorded === present) return;
  throw new MismatchError(
    `The stack's state is of default service ${recorded}, the account's default service is now ${present}. ` +
      `Nothing was changed. Make ${recorded} the default again, or name it as the serviceSid of what lives there and run \`pulumi up\` without --refresh.`,
  );
}
