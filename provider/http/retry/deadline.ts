import { type Clock, systemClock } from "../clock";

/** Ends some work: on timeout, when an outer signal aborts, or on cancel. */
export class Deadline {
  readonly #clock: Clock;
  readonly #endsAtMs: number;
  readonly #controller = new AbortController();
  readonly #callOff: () => void;

  constructor(timeoutMs: number, outer?: AbortSignal, clock = systemClock) {
    this.#clock = clock;
    this.#endsAtMs = clock.nowMs() + timeoutMs;
    const follow = () => this.#controller.abort(outer?.reason);
    if (outer?.aborted) follow();
    outer?.addEventListener("abort", follow, { once: true });
    const stopTimer = clock.after(timeoutMs, () =>
      this.#controller.abort(new DOMException("the time is up", "TimeoutError")),
    );
    this.#callOff = () => {
      stopTimer();
      outer?.removeEventListener("abort", follow);
    };
  }

  get signal(): AbortSignal {
    return this.#controller.signal;
  }

  /** Whether the time ran out, here or for the outer signal, as opposed to a cancel. */
  get expired(): boolean {
    return isTimeout(this.signal);
  }

  /** Time left unless cancelled. */
  get leftMs(): number {
    return Math.max(0, this.#endsAtMs - this.#clock.nowMs());
  }

  /** Returns the work's outcome, or rejects as soon as the deadline ends. */
  race<T>(work: Promise<T>): Promise<T> {
    const { signal } = this;
    return new Promise((done, fail) => {
      const end = () => fail(signal.reason);
      if (signal.aborted) end();
      else signal.addEventListener("abort", end, { once: true });
      work.then(done, fail);
    });
  }

  cancel(): void {
    this.#controller.abort();
  }

  dispose(): void {
    this.#callOff();
  }
}

/** Whether a signal of `AbortSignal.timeout` has run out. */
export function isTimeout(signal: AbortSignal | undefined): boolean {
  return signal?.reason instanceof DOMException && signal.reason.name === "TimeoutError";
}
