import { randomUUID } from "node:crypto";
import {
  lstatSync,
  readFileSync,
  readlinkSync,
  realpathSync,
  rmSync,
  statSync,
  utimesSync,
  writeFileSync,
} from "node:fs";
import { hostname } from "node:os";
import { basename, dirname, join } from "node:path";
import { UsageError } from "./rules/errors";

const beatMs = 2_000;
/** A holder out of sight counts as gone after this long without a heartbeat. */
const silentMs = 10_000;

/** The holder of a lock; unreadable parts are undefined. */
interface Holder {
  place?: unknown;
  pid?: unknown;
  token?: unknown;
}

/** Reserves a data file for one simulator: `FILE.lock`, which lives no longer than its holder. */
export class DataLock {
  readonly #beating: NodeJS.Timeout;

  private constructor(
    /** The data file's path as given. */
    readonly path: string,
    readonly file: string,
    readonly token: string,
  ) {
    this.#beating = setInterval(() => this.#beat(), beatMs).unref();
  }

  /** Takes the lock of a data file; throws where another simulator has it. */
  static take(path: string): DataLock {
    const file = `${resolved(path)}.lock`;
    const token = randomUUID();
    if (create(file, path, token) || isTakenOver(file, path, token)) return new DataLock(path, file, token);
    const { place, pid } = holderOf(file);
    const who = place === ownPlace() && Number.isInteger(pid) ? `, process ${pid}` : "";
    throw new UsageError(
      `--data: ${path} is in use by another simulator${who}: end it, or give another file. If there is none, delete ${file}.`,
    );
  }

  /** False after another simulator took the lock, which happens when this one was suspended. */
  isOwn(): boolean {
    return isOf(this.file, this.token);
  }

  release(): void {
    clearInterval(this.#beating);
    if (this.isOwn()) rmSync(this.file, { force: true });
  }

  #beat(): void {
    const now = Date.now() / 1_000;
    try {
      if (this.isOwn()) utimesSync(this.file, now, now);
    } catch {
      // Somebody has deleted the lock meanwhile; the next save reports it.
    }
  }
}

/** Creates the lock; returns false if it exists. */
function create(file: string, path: string, token: string): boolean {
  const holder: Holder = { place: ownPlace(), pid: process.pid, token };
  try {
    writeFileSync(file, JSON.stringify(holder), { flag: "wx", mode: 0o600 });
    return true;
  } catch (error) {
    const { code } = error as NodeJS.ErrnoException;
    if (code === "EEXIST") return false;
    throw new UsageError(`--data: cannot write ${path} (${code ?? "error"})`);
  }
}

/**
 * Takes a lock that nobody holds. Of several that try at once, only one may remove it: a late one would remove the
 * first one's new lock. So the removal has a short-lived lock of its own.
 */
function isTakenOver(file: string, path: string, token: string): boolean {
  if (isHeld(file)) return false;
  const removal = `${file}.removal`;
  if (!create(removal, path, token)) {
    if (isHeld(removal)) return false;
    // A simulator was killed during a removal.
    rmSync(removal, { force: true });
    if (!create(removal, path, token)) return false;
  }
  try {
    // Another one may have taken it meanwhile.
    if (isHeld(file)) return false;
    rmSync(file, { force: true });
    return create(file, path, token);
  } finally {
    if (isOf(removal, token)) rmSync(removal, { force: true });
  }
}

function isOf(file: string, token: string): boolean {
  return holderOf(file).token === token;
}

function isHeld(file: string): boolean {
  // Not one of our files: keep it and report it to the user.
  if (lstatSync(file, { throwIfNoEntry: false })?.isFile() === false) return true;
  const { place, pid } = holderOf(file);
  if (place === ownPlace() && typeof pid === "number") return isAlive(pid);
  const changedMs = statSync(file, { throwIfNoEntry: false })?.mtimeMs ?? 0;
  return Date.now() - changedMs < silentMs;
}

function isAlive(pid: number): boolean {
  try {
    process.kill(pid, 0);
    return true;
  } catch (error) {
    return (error as NodeJS.ErrnoException).code !== "ESRCH";
  }
}

function holderOf(file: string): Holder {
  try {
    // Reading a pipe would never end.
    if (!lstatSync(file).isFile()) return {};
    return Object(JSON.parse(readFileSync(file, "utf8"))) as Holder;
  } catch {
    return {};
  }
}

/** Identifies where a process ID means the same process: on Linux one boot of the machine and one container in it. */
function ownPlace(): string {
  try {
    const boot = readFileSync("/proc/sys/kernel/random/boot_id", "utf8").trim();
    return `${boot} ${readlinkSync("/proc/self/ns/pid")}`;
  } catch {
    return hostname();
  }
}

/** The same for every path that leads to the file, which may not exist yet. */
function resolved(path: string): string {
  try {
    return realpathSync(path);
  } catch {
    try {
      return join(realpathSync(dirname(path)), basename(path));
    } catch {
      return path;
    }
  }
}
