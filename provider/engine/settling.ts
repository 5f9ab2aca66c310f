import { setTimeout } from "node:timers/promises";

const SETTLING_MS = 2_000;

/**
 * Waits until every resource of the program has had time to say what it holds. The engine diffs one after the other
 * while steps are under way already, and nothing tells when the last one has; they take milliseconds each.
 */
export async function settled(signal: AbortSignal | undefined): Promise<void> {
  await setTimeout(SETTLING_MS, undefined, { signal }).catch(() => undefined);
}
