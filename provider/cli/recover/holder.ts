import type { Holder, Lock } from "./lock";
import type { SeenProcess, Sight } from "./sight";

/** Clocks and lock files are exact to a few milliseconds; processes' start times to hundredths of a second. */
const START_TOLERANCE_MS = 2_000;

export function holderOf(lock: Lock | undefined, sight: Sight): Holder {
  if (lock === undefined) return "unknown";
  if (lock.hostname !== sight.hostname) return "on another host";
  const latestMs = Date.parse(lock.timestamp) + START_TOLERANCE_MS;
  const isLater = ({ startedMs = 0 }: SeenProcess) => startedMs > latestMs;
  // The same number can be another process by now, or one that has ended and that nobody has waited for.
  const running = sight.processesOf(lock.pid).filter(({ hasEnded }) => !hasEnded);
  const possible = running.filter((one) => !isLater(one));
  if (possible.some(({ isHere }) => isHere)) return "alive";
  if (possible.length > 0 || !sight.isWhole) return "out of sight";
  // When the clock is set, so are the times when processes began; that in the lock stays.
  return running.some(({ isPulumi }) => isPulumi) ? "in doubt" : "gone";
}
