import type { Hints } from "../../http/hints";
import type { Credentials } from "./settings";

/** For `refresh` and `destroy` Pulumi's engine passes the config of the last `up` (measured at 3.255.0). */
const STALE_SECRET =
  "A secret that was changed in the stack's config reaches a refresh and a destroy with --run-program only, or after the next `pulumi up`.";

/**
 * Hints for responses that refuse the login, by Twilio's code or the HTTP status. Each names the source of the
 * credentials, and shows none of them.
 */
export function loginHints({ names, accountSid, username }: Credentials, region: string): Hints {
  const all = [...new Set(Object.values(names))].join(", ").replace(/, (\S+)$/, " and $1");
  const stale = names.password.startsWith("twilio:") ? ` ${STALE_SECRET}` : "";
  const refused =
    `Check that ${all} belong together and to region ${region}, which TWILIO_REGION or twilio:region chooses, ` +
    `and that the account is not suspended.${stale}`;
  const isKey = username !== accountSid;
  const orRestricted = (otherwise: string) =>
    isKey
      ? `If ${names.username} is a restricted API key, give it the permission for this request in the Twilio Console ` +
        `(docs/credentials.md lists what each command needs), or use a standard key. If it is none: ${otherwise}`
      : otherwise;
  const forbidden = orRestricted(
    `The credentials of ${all} may not do this: use those of the account that owns the object.`,
  );
  return {
    401: refused,
    403: forbidden,
    20003: refused,
    20403: forbidden,
    50107: forbidden,
    70051: orRestricted(refused),
  };
}
