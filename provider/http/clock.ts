import { setTimeout as sleep } from "node:timers/promises";

/** Where every wait and every moment comes from, so that a test need not wait. */
export interface Clock {
  /** Milliseconds that only grow. */
  nowMs(): number;
  /** Rejects as soon as the signal aborts. */
  sleep(ms: number, signal?: AbortSignal): Promise<void>;
  /** Acts when the time is up, unless it is called off before by what is returned. */
  after(ms: number, act: () => void): () => void;
  /** Aborts with a TimeoutError when the time is up, as `AbortSignal.timeout` does. */
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
