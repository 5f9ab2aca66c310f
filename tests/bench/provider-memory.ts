import { existsSync, readFileSync } from "node:fs";
import { providersBelow } from "../support/processes";

const PERIOD_MS = 100;

/** The most memory that a provider's process below one of ours has had so far: its `VmHWM`, which only grows. */
export class ProviderMemory {
  #peakBytes: number | undefined;
  #pids: number[] = [];
  readonly #timer: NodeJS.Timeout;

  constructor(private readonly pid: number) {
    this.#timer = setInterval(() => this.#look(), PERIOD_MS);
  }

  /** Undefined where none ran, or where the system does not tell. */
  stop(): number | undefined {
    clearInterval(this.#timer);
    return this.#peakBytes;
  }

  #look(): void {
    if (!existsSync("/proc/self/status")) return;
    // Finding it means reading about every process: too dear to do it each time.
    if (this.#pids.length === 0) this.#pids = providersBelow(this.pid).map(({ pid }) => pid);
    const bytes = this.#pids.flatMap(peakOf);
    this.#peakBytes = bytes.length === 0 ? this.#peakBytes : Math.max(this.#peakBytes ?? 0, ...bytes);
    if (bytes.length < this.#pids.length) this.#pids = [];
  }
}

/** None where the process has just ended. */
function peakOf(pid: number): number[] {
  try {
    return peakIn(readFileSync(`/proc/${pid}/status`, "utf8"));
  } catch {
    return [];
  }
}

/** In a text of `/proc/PID/status`. */
export function peakIn(status: string): number[] {
  const kilobytes = /^VmHWM:\s+(\d+) kB$/m.exec(status)?.[1];
  return kilobytes === undefined ? [] : [Number(kilobytes) * 1_024];
}
