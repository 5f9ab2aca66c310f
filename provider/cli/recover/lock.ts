import { printableLine } from "../../http/redaction/printable";
import { counted } from "../terminal/text";
import type { SeenProcess, Sight } from "./sight";

/** What Pulumi writes into a lock's file (pulumi/pkg backend/diy/lock.go). */
export interface Lock {
  readonly pid: number;
  readonly username: string;
  readonly hostname: string;
  readonly timestamp: string;
}

/** How each of them begins. */
const BEGINNING = '{"pid":';

const MAX_PID = 2 ** 31 - 1;

/** A kill can leave a lock that is empty or cut, and another version may write another form: nobody is known then. */
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

/** Of any other number nobody can be asked, so that it would count as that of a process that is gone. */
function isPid(pid: unknown): pid is number {
  return Number.isInteger(pid) && Number(pid) > 0 && Number(pid) <= MAX_PID;
}

/**
 * Whether it is a beginning of what Pulumi writes: nobody holds that, since whoever writes it looks for other locks
 * only when it is complete, and has touched nothing before that (pulumi/pkg backend/diy/lock.go). What is no JSON for
 * another reason can be the lock of a version that writes another form.
 */
export function isCut(text: string): boolean {
  // In place of what was not yet on the disk, a power failure leaves zeros.
  const written = text.replace(/\0+$/, "");
  if (!written.startsWith(BEGINNING)) return BEGINNING.startsWith(written);
  try {
    JSON.parse(written);
    return false;
  } catch {
    return true;
  }
}

/** What is known of the process that holds a lock; nobody holds one that was cut. */
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

/** By what it is cancelled where nobody can see whether its holder is gone; without a name in it, by the stack's. */
export function nameOf({ lock }: FoundLock, stack: string): string {
  return lock === undefined ? stack : shownName(lock);
}

/** In one line and without what steers a terminal, so that what is shown is what has to be typed. */
function shownName({ username, hostname }: Lock): string {
  return printableLine(`${username}@${hostname}`).trim();
}

export function describeLock({ lock, holder, writtenMs }: FoundLock, nowMs: number): string {
  const since = `since ${moment(lock === undefined ? writtenMs : Date.parse(lock.timestamp), nowMs)}`;
  if (lock === undefined)
    return holder === "nobody"
      ? `a lock that was cut while it was written, ${since}: nobody is named in it`
      : `a lock of a form that this version does not know, ${since}: nobody is named in it that is known here`;
  const by = `locked by ${shownName(lock)}, process ${lock.pid}, ${since}`;
  if (holder === "on another host") return `${by}: whether that still runs cannot be seen from here`;
  if (holder === "out of sight")
    return `${by}: whether that still runs cannot be seen from here, since it may be in another container, or on another machine, of the same name`;
  if (holder === "in doubt")
    return `${by}: a Pulumi of that number is running, which began later by this machine's clock. Where the clock was set meanwhile, it is that one`;
  return `${by}: that process ${holder === "alive" ? "is running" : "is gone"}`;
}

/** A time, and how long ago it was. */
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
