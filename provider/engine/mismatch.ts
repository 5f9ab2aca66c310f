import { TwilioError } from "../http/errors";

/** The stack's state and what the credentials in use reach are of different places. Both are named. */
export class MismatchError extends TwilioError {
  override name = "MismatchError";
}

/** Refuses to look in another service than where the object was made: there it would seem to be gone. */
export function compareService(recorded: string, present: string): void {
  if (recorded === present) return;
  throw new MismatchError(
    `The stack's state is of default service ${recorded}, the account's default service is now ${present}. ` +
      `Nothing was changed. Make ${recorded} the default again, or name it as the serviceSid of what lives there and run \`pulumi up\` without --refresh.`,
  );
}
