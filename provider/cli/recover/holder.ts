import { readFileSync } from "node:fs";
import { hostname } from "node:os";
import type { Holder, Lock } from "./lock";

/** Clocks and lock files are exact to a few milliseconds; processes' start times to one of these. */
const START_TOLERANCE_MS = 2_000;
/** USER_HZ, in which Linux tells times to programs, is 100 on every platform that Node runs on. */
const TICKS_PER_SECOND = 100;

export function holderOf(lock: Lock | undefined): Holder {
  if (lock === undefined) return "unknown";
  if (lock.hostname !== hostname()) return "on another host";
  if (!isThere(lock.pid)) return "gone";
  // The same number can be another process by now, or one that has ended and that nobody has waited for.
  const life = lifeOf(lock.pid);
  if (life === undefined) return "alive";
  const isLater = life.startedMs > Date.parse(lock.timestamp) + START_TOLERANCE_MS;
  return life.hasEnded || isLater ? "gone" : "alive";
}

function isThere(pid: number): boolean {
  try {
    process.kill(pid, 0);
    return true;
  } catch (error) {
    return (error as NodeJS.ErrnoException).code === "EPERM";
  }
}

/** Known on Linux only (proc(5)); elsewhere a process that is there counts as alive. */
function lifeOf(pid: number): { startedMs: number; hasEnded: boolean } | undefined {
  try {
    // The second field, the program's name, can hold spaces and brackets.
    const fields = readFileSync(`/proc/${pid}/stat`, "utf8")
      .replace(/^.*\) /s, "")
      .split(" ");
    const bootedS = Number(/^btime (\d+)$/m.exec(readFileSync("/proc/stat", "utf8"))?.[1]);
    const startedMs = (bootedS + Number(fields[19]) / TICKS_PER_SECOND) * 1000;
    return { startedMs, hasEnded: fields[0] === "Z" || fields[0] === "X" };
  } catch {
    return undefined;
  }
}
