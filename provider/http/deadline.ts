import { type Clock, systemClock } from "./clock";

/** An end to some work: when the time is up, when an outer signal aborts, or when somebody cancels. */
export class Deadline {
  readonly #clock: Clock;
  readonly #endsAtMs: number;
  readonly #controller = new AbortController();
  readonly #disposal = new AbortController();
  readonly #ended: Promise<never>;

  constructor(timeoutMs: number, outer?: AbortSignal, clock = systemClock) {
    this.#clock = clock;
    this.#endsAtMs = clock.nowMs() + timeoutMs;
    this.#ended = new Promise((_, reject) => {
      this.signal.addEventListener("abort", () => reject(this.signal.reason), { once: true });
    });
    // Nobody may be racing when it ends.
    this.#ended.catch(() => undefined);
    const end = (reason?: unknown) => this.#controller.abort(reason);
    if (outer?.aborted) end(outer.reason);
    const { signal: disposal } = this.#disposal;
    outer?.addEventListener("abort", () => end(outer.reason), { once: true, signal: disposal });
    clock.sleep(timeoutMs, disposal).then(
      () => end(new DOMException("the time is up", "TimeoutError")),
      () => undefined,
    );
  }

  get signal(): AbortSignal {
    return this.#controller.signal;
  }

  /** Whether the time was up, here or for the outer signal, and not somebody's cancel. */
  get expired(): boolean {
    return isTimeout(this.signal);
  }

  /** The time that is left, if nobody cancels. */
  get leftMs(): number {
    return Math.max(0, this.#endsAtMs - this.#clock.nowMs());
  }

  /** The work's outcome, or a rejection as soon as the end comes. */
  race<T>(work: Promise<T>): Promise<T> {
    return Promise.race([work, this.#ended]);
  }

  cancel(): void {
    this.#controller.abort();
  }

  dispose(): void {
    this.#disposal.abort();
  }
}

/** Whether a signal of `AbortSignal.timeout` has run out. */
export function isTimeout(signal: AbortSignal | undefined): boolean {
  return signal?.reason instanceof DOMException && signal.reason.name === "TimeoutError";
}
