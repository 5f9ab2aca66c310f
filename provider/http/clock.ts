import { setTimeout } from "node:timers/promises";

/** Where every wait and every moment comes from, so that a test need not wait. */
export interface Clock {
  /** Milliseconds that only grow. */
  nowMs(): number;
  /** Rejects as soon as the signal aborts. */
  sleep(ms: number, signal?: AbortSignal): Promise<void>;
  /** Aborts with a TimeoutError when the time is up, as `AbortSignal.timeout` does. */
  timeout(ms: number): AbortSignal;
}

/** Node's longest timer. */
const maxTimerMs = 2 ** 31 - 1;

export const systemClock: Clock = {
  nowMs: () => performance.now(),
  sleep: (ms, signal) => setTimeout(Math.min(ms, maxTimerMs), undefined, { signal }),
  timeout: (ms) => AbortSignal.timeout(Math.min(ms, maxTimerMs)),
};
