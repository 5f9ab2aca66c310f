import { printableLine } from "../../http/redaction/printable";
import { counted } from "../terminal/text";
import type { SeenProcess, Sight } from "./sight";

/** The content of Pulumi's lock file (pulumi/pkg backend/diy/lock.go). */
export interface Lock {
  readonly pid: number;
  readonly username: string;
  readonly hostname: string;
  readonly timestamp: string;
}

/** The first bytes of every lock. */
const BEGINNING = '{"pid":';

const MAX_PID = 2 ** 31 - 1;

/** Undefined for a lock that a kill left empty or cut, or that another version wrote in another form. */
export function lockIn(text: string): Lock | undefined {
  let lock: Partial<Lock> | null;
  try {
    lock = JSON.parse(text);
  } catch {
    return undefined;
  }
  const { pid, username = "somebody", hostname, timestamp } = lock ?? {};
  if (
    !isPid(pid) ||
    typeof username !== "string" ||
    typeof hostname !== "string" ||
    typeof timestamp !== "string"
  )
    return undefined;
  return { pid, username, hostname, timestamp };
}

/** Any other number cannot be looked up, and its process would count as gone. */
function isPid(pid: unknown): pid is number {
  return Number.isInteger(pid) && Number(pid) > 0 && Number(pid) <= MAX_PID;
}

/**
 * Whether the text is a cut-off lock. Nobody holds one: Pulumi looks for other locks only after writing its own, and
 * changes nothing before (pulumi/pkg backend/diy/lock.go). Other text that is no JSON can be a lock of another version.
 */
export function isCut(text: string): boolean {
  // A power failure leaves zeros for data not yet on disk.
  const written = text.replace(/\0+$/, "");
  if (!written.startsWith(BEGINNING)) return BEGINNING.startsWith(written);
  try {
    JSON.parse(written);
    return false;
  } catch {
    return true;
  }
}

/** What is known about the process that holds a lock; nobody holds one that was cut. */
export type Holder =
  | "alive"
  | "gone"
  | "nobody"
  | "in doubt"
  | "out of sight"
  | "on another host"
  | "unknown";

export function isProvedGone(holder: Holder): boolean {
  return holder === "gone" || holder === "nobody";
}

export interface FoundLock {
  /** The lock's file. */
  readonly file: string;
  readonly lock?: Lock;
  readonly holder: Holder;
  readonly writtenMs: number;
}

/** The name that confirms cancelling a lock whose holder is out of sight: the holder's, else the stack's. */
export function nameOf({ lock }: FoundLock, stack: string): string {
  return lock === undefined ? stack : shownName(lock);
}

/** In one line and without terminal control characters, so that users type what they see. */
function shownName({ username, hostname }: Lock): string {
  return printableLine(`${username}@${hostname}`).trim();
}

export function describeLock({ lock, holder, writtenMs }: FoundLock, nowMs: number): string {
  const since = `since ${moment(lock === undefined ? writtenMs : Date.parse(lock.timestamp), nowMs)}`;
  if (lock === undefined)
    return holder === "nobody"
      ? `a lock that was cut while it was written, ${since}: it names nobody`
      : `a lock of a form that this version does not know, ${since}: it names nobody in a known form`;
  const by = `locked by ${shownName(lock)}, process ${lock.pid}, ${since}`;
  if (holder === "on another host") return `${by}: whether that process still runs cannot be seen from here`;
  if (holder === "out of sight")
    return `${by}: whether that process still runs cannot be seen from here, since it may be in another container, or on another machine, of the same name`;
  if (holder === "in doubt")
    return `${by}: a Pulumi with that process ID is running, but began later by this machine's clock. If the clock was set meanwhile, it holds the lock`;
  return `${by}: that process ${holder === "alive" ? "is running" : "is gone"}`;
}

/** A time with its age. */
export function moment(ms: number, nowMs: number): string {
  if (!Number.isFinite(ms)) return "an unknown time";
  return `${new Date(ms).toISOString().slice(0, 19).replace("T", " ")} UTC (${ago(nowMs - ms)})`;
}

function ago(ms: number): string {
  const minutes = Math.round(Math.abs(ms) / 60_000);
  if (minutes < 1) return "just now";
  const [amount, unit] = minutes < 120 ? [minutes, "minute"] : [Math.round(minutes / 60), "hour"];
  return ms > 0
    ? `${counted(amount, unit)} ago`
    : `${counted(amount, unit)} ahead of this machine's clock, so one of the two is wrong`;
}

/** Clocks and lock files are exact to a few milliseconds, processes' start times to hundredths of a second. */
const START_TOLERANCE_MS = 2_000;

export function holderOf(lock: Lock | undefined, sight: Sight): Holder {
  if (lock === undefined) return "unknown";
  if (lock.hostname !== sight.hostname) return "on another host";
  const latestMs = Date.parse(lock.timestamp) + START_TOLERANCE_MS;
  const isLater = ({ startedMs = 0 }: SeenProcess) => startedMs > latestMs;
  // The process ID may by now belong to another process, or to a zombie.
  const running = sight.processesOf(lock.pid).filter(({ hasEnded }) => !hasEnded);
  const possible = running.filter((one) => !isLater(one));
  if (possible.some(({ isHere }) => isHere)) return "alive";
  if (possible.length > 0 || !sight.isWhole) return "out of sight";
  // Setting the clock changes processes' start times, but not the time in the lock.
  return running.some(({ isPulumi }) => isPulumi) ? "in doubt" : "gone";
}
