import { type Finding, ok, warning } from "./check";

/** The Date header counts in seconds, and the answer has been on its way. */
const MAX_SKEW_MS = 30_000;

/** By how much Twilio's clock is ahead; unknown where there was no answer. */
export function judgedClock(aheadMs: number | undefined): Finding {
  if (aheadMs === undefined)
    return warning("unknown, since Twilio did not answer", "Mend that first, then run doctor again.");
  if (Math.abs(aheadMs) <= MAX_SKEW_MS) return ok("as Twilio's, within 30 s");
  const seconds = Math.round(Math.abs(aheadMs) / 1_000);
  return warning(
    `${seconds} s ${aheadMs > 0 ? "behind" : "ahead of"} Twilio's`,
    "Let the machine keep its time by NTP. Adoption goes by Twilio's own clock, but certificates and the ages of locks do not.",
  );
}
