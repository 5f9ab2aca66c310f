import { setTimeout as sleep } from "node:timers/promises";

/** Source of time and waits; tests replace it. */
export interface Clock {
  /** Monotonic milliseconds. */
  nowMs(): number;
  /** Rejects as soon as the signal aborts. */
  sleep(ms: number, signal?: AbortSignal): Promise<void>;
  /** Calls `act` after `ms`; the function returned cancels it. */
  after(ms: number, act: () => void): () => void;
  /** Aborts with a TimeoutError after `ms`, as `AbortSignal.timeout` does. */
  timeout(ms: number): AbortSignal;
}

/** Node's longest timer. */
const maxTimerMs = 2 ** 31 - 1;

export const systemClock: Clock = {
  nowMs: () => performance.now(),
  sleep: (ms, signal) => sleep(Math.min(ms, maxTimerMs), undefined, { signal }),
  after: (ms, act) => {
    const timer = setTimeout(act, Math.min(ms, maxTimerMs));
    return () => clearTimeout(timer);
  },
  timeout: (ms) => AbortSignal.timeout(Math.min(ms, maxTimerMs)),
};
