/**
 * The wait that a `Retry-After` header asks for, in milliseconds, or undefined when it is absent or unreadable.
 * A date is measured against the server's own clock, because the local one may be minutes off.
 */
export function retryAfterMs(header: string | null | undefined, serverNowMs: number): number | undefined {
  const value = header?.trim();
  if (!value) return undefined;
  if (/^\d+(\.\d+)?$/.test(value)) return Math.round(Number(value) * 1000);
  // A bare number with a sign would be read as a year by Date.parse.
  const atMs = /[a-z]/i.test(value) ? Date.parse(value) : Number.NaN;
  return Number.isNaN(atMs) ? undefined : Math.max(0, atMs - serverNowMs);
}
