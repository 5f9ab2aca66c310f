import type { Clock } from "../../http/clock";
import { TwilioError } from "../../http/errors";
import type { JsonObject } from "../json";

/**
 * How long reads may lag behind a write. Twilio promises nothing; reports from elsewhere name seconds. Until then a
 * missing object neither counts as deleted nor is created again.
 */
export const READ_LAG_MS = 10_000;

const POLL_MS = 1_000;

/** Reads until a value is there, or until lag can no longer explain its absence. */
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
        "timed out waiting for Twilio to return the latest write. Run it again, or raise twilio:timeoutSeconds.",
      );
    });
  }
}

/** Time of the last write that a state or response records, by Twilio's own clock. */
export function writtenAtMs({ dateUpdated, dateCreated }: JsonObject): number {
  return Date.parse(String(dateUpdated ?? dateCreated));
}
