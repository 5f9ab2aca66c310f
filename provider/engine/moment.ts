const PATTERN = /^\d{4}-\d{2}-\d{2}T\d{2}:\d{2}:\d{2}(\.\d+)?(Z|[+-]\d{2}:?\d{2})$/;

/** The moment of an ISO 8601 date and time in milliseconds since 1970, undefined if it is none. */
export function momentMs(text: string): number | undefined {
  const ms = PATTERN.test(text) ? Date.parse(text) : Number.NaN;
  return Number.isNaN(ms) ? undefined : ms;
}

/** Whether two dates and times are one moment, however they are written: 12:00:00Z is 13:00:00+01:00. */
export function sameMoment(left: unknown, right: unknown): boolean {
  if (typeof left !== "string" || typeof right !== "string") return false;
  const ms = momentMs(left);
  return ms !== undefined && ms === momentMs(right);
}
