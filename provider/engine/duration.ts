const PATTERN =
  /^P(?:(\d+)Y)?(?:(\d+)M)?(?:(\d+)W)?(?:(\d+)D)?(?:T(?:(\d+)H)?(?:(\d+)M)?(?:(\d+(?:\.\d+)?)S)?)?$/;
const UNIT_SECONDS = [365 * 86_400, 30 * 86_400, 7 * 86_400, 86_400, 3_600, 60, 1];

/** The length of an ISO 8601 duration in seconds (a year as 365 days, a month as 30), undefined if it is none. */
export function durationSeconds(text: string): number | undefined {
  const match = PATTERN.exec(text);
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
