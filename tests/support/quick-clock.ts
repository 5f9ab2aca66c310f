import type { Clock } from "../../provider/http/clock";

/** How far one turn of the event loop moves the clock. */
const STEP_MS = 100;

interface Sleeper {
  readonly untilMs: number;
  readonly wake: () => void;
}

/**
 * A clock of which a second takes some ten turns of the event loop. It stands while the process does, so that a loaded
 * machine makes no request late: between two of its moments there is always time for what the network has brought.
 */
export class QuickClock implements Clock {
  #nowMs = 0;
  readonly #sleepers = new Set<Sleeper>();
  #timer: NodeJS.Timeout | undefined;

  /** `onStep` moves what has a clock of its own. */
  constructor(private readonly onStep: (ms: number) => void = () => undefined) {
    this.#step();
  }

  nowMs(): number {
    return this.#nowMs;
  }

  sleep(ms: number, signal?: AbortSignal): Promise<void> {
    return new Promise((wake, reject) => {
      if (signal?.aborted) return reject(signal.reason);
      const leave = () => {
        callOff();
        reject(signal?.reason);
      };
      const callOff = this.after(ms, () => {
        signal?.removeEventListener("abort", leave);
        wake();
      });
      signal?.addEventListener("abort", leave, { once: true });
    });
  }

  after(ms: number, act: () => void): () => void {
    const sleeper: Sleeper = { untilMs: this.#nowMs + ms, wake: act };
    this.#sleepers.add(sleeper);
    return () => this.#sleepers.delete(sleeper);
  }

  timeout(ms: number): AbortSignal {
    const controller = new AbortController();
    const end = () => controller.abort(new DOMException("the time is up", "TimeoutError"));
    this.after(ms, end);
    return controller.signal;
  }

  stop(): void {
    clearTimeout(this.#timer);
  }

  #step(): void {
    this.#timer = setTimeout(() => {
      this.#nowMs += STEP_MS;
      this.onStep(STEP_MS);
      for (const sleeper of this.#sleepers) {
        if (sleeper.untilMs > this.#nowMs) continue;
        this.#sleepers.delete(sleeper);
        sleeper.wake();
      }
      this.#step();
    }, 1);
  }
}
