import type { Holder, Lock } from "./lock";
import type { SeenProcess, Sight } from "./sight";

/** Clocks and lock files are exact to a few milliseconds; processes' start times to hundredths of a second. */
const START_TOLERANCE_MS = 2_000;

export function holderOf(lock: Lock | undefined, sight: Sight): Holder {
  if (lock === undefined) return "unknown";
  if (lock.hostname !== sight.hostname) return "on another host";
  // The same number can be another process by now, or one that has ended and that nobody has waited for.
  const latestMs = Date.parse(lock.timestamp) + START_TOLERANCE_MS;
  const isPossible = ({ hasEnded, startedMs = 0 }: SeenProcess) => !hasEnded && !(startedMs > latestMs);
  const possible = sight.processesOf(lock.pid).filter(isPossible);
  if (possible.some(({ isHere }) => isHere)) return "alive";
  return possible.length > 0 || !sight.isWhole ? "out of sight" : "gone";
}
