const DURATION =
  /^P(?:(\d+)Y)?(?:(\d+)M)?(?:(\d+)W)?(?:(\d+)D)?(?:T(?:(\d+)H)?(?:(\d+)M)?(?:(\d+(?:\.\d+)?)S)?)?$/;
const UNIT_SECONDS = [365 * 86_400, 30 * 86_400, 7 * 86_400, 86_400, 3_600, 60, 1];

/** The length of an ISO 8601 duration in seconds (a year as 365 days, a month as 30); undefined for other texts. */
export function durationSeconds(text: string): number | undefined {
  const match = DURATION.exec(text);
  if (match === null) return undefined;
  const parts = match.slice(1);
  if (parts.every((part) => part === undefined)) return undefined;
  if (text.includes("T") && parts.slice(4).every((part) => part === undefined)) return undefined;
  return parts.reduce((total, part, unit) => total + Number(part ?? 0) * (UNIT_SECONDS[unit] ?? 0), 0);
}

/** Whether two durations are equally long, however they are written: PT60M is PT1H. */
export function sameDuration(left: unknown, right: unknown): boolean {
  if (typeof left !== "string" || typeof right !== "string") return false;
  const seconds = durationSeconds(left);
  return seconds !== undefined && seconds === durationSeconds(right);
}

const MOMENT = /^\d{4}-\d{2}-\d{2}T\d{2}:\d{2}:\d{2}(\.\d+)?(Z|[+-]\d{2}:?\d{2})$/;

/** The moment of an ISO 8601 date and time in milliseconds since 1970; undefined for other texts. */
export function momentMs(text: string): number | undefined {
  const ms = MOMENT.test(text) ? Date.parse(text) : Number.NaN;
  return Number.isNaN(ms) ? undefined : ms;
}

/** Whether two dates and times are one moment, however they are written: 12:00:00Z is 13:00:00+01:00. */
export function sameMoment(left: unknown, right: unknown): boolean {
  if (typeof left !== "string" || typeof right !== "string") return false;
  const ms = momentMs(left);
  return ms !== undefined && ms === momentMs(right);
}
