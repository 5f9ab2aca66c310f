const SID = /^[A-Z]{2}[0-9a-f]{32}$/i;
/** Fields whose values are words of the API itself. */
const WORD_FIELDS = /(^|\.)(Type|State|Target|Method|Permission|Filters|NotificationLevel|\w*Enabled)$/;
const MIN_SECRET_LENGTH = 4;

/** What stands in a message where a secret or a form value stood. */
export const REDACTED = "[hidden]";

/** The text without any of the secrets, whatever encoding they were echoed in. */
export function redact(text: string, secrets: readonly string[]): string {
  const spellings = secrets
    .filter((secret) => secret.length >= MIN_SECRET_LENGTH)
    .flatMap((secret) => [secret, encodeURIComponent(secret), JSON.stringify(secret).slice(1, -1)])
    .sort((a, b) => b.length - a.length);
  return spellings.reduce((clean, secret) => clean.replaceAll(secret, REDACTED), text);
}

/**
 * The form values that an answer must not echo into a message: all but SIDs and the API's own words, which name nobody
 * and which the reader needs.
 */
export function privateFormValues(form: readonly (readonly [string, string])[] = []): string[] {
  return form
    .filter(([name, value]) => !SID.test(value) && !WORD_FIELDS.test(name))
    .map(([, value]) => value);
}

/** The text with every phone number cut to its first and last two digits. */
export function maskPhoneNumbers(text: string): string {
  return text.replace(/(\+|%2B)(\d{2})\d{3,}(\d{2})(?!\d)/gi, "$1$2…$3");
}
