import type { Clock } from "../http/clock";

const SETTLING_MS = 2_000;

/**
 * Waits until every resource of the program has had time to say what it holds. The engine diffs one after the other
 * while steps are under way already, and nothing tells when the last one has; they take milliseconds each.
 */
export async function settled(clock: Clock, signal: AbortSignal | undefined): Promise<void> {
  await clock.sleep(SETTLING_MS, signal).catch(() => undefined);
}
