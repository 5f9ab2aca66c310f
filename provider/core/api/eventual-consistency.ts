import type { Clock } from "../../http/clock";
import { TwilioError } from "../../http/errors";
import type { JsonObject } from "../json";

/**
 * How long a read may show what was there before a write. Twilio promises nothing; what is seen elsewhere are
 * seconds. Until then, what is not there yet is neither gone nor free to be created again.
 */
export const READ_LAG_MS = 10_000;

const POLL_MS = 1_000;

/** Reads until something is there, or until nothing can be missing for lag any more. */
export async function pollUntilVisible<Value>(
  clock: Clock,
  untilMs: number,
  signal: AbortSignal,
  read: () => Promise<Value | undefined>,
): Promise<Value | undefined> {
  for (;;) {
    const isLast = clock.nowMs() >= untilMs;
    const found = await read();
    if (found !== undefined || isLast) return found;
    await clock.sleep(POLL_MS, signal).catch(() => {
      throw new TwilioError(
        "the time was up before reads had caught up with writes. Run it again, or raise twilio:timeoutSeconds.",
      );
    });
  }
}

/** When Twilio took the last write that a state or an answer knows of, by Twilio's own clock. */
export function writtenAtMs({ dateUpdated, dateCreated }: JsonObject): number {
  return Date.parse(String(dateUpdated ?? dateCreated));
}
