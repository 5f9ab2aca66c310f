/** Node's longest timer. */
const maxTimerMs = 2 ** 31 - 1;

/** An end to some work: when the time is up, when an outer signal aborts, or when somebody cancels. */
export class Deadline {
  readonly #controller = new AbortController();
  readonly #ended: Promise<never>;
  readonly #timer: NodeJS.Timeout;
  readonly #outer: AbortSignal | undefined;
  readonly #cancel = () => {
    this.#expired ||= isTimeout(this.#outer);
    this.cancel();
  };
  #expired = false;

  constructor(timeoutMs: number, outer?: AbortSignal) {
    this.#outer = outer;
    this.#ended = new Promise((_, reject) => {
      this.signal.addEventListener("abort", () => reject(this.signal.reason), { once: true });
    });
    // Nobody may be racing when it ends.
    this.#ended.catch(() => undefined);
    this.#timer = setTimeout(
      () => {
        this.#expired = true;
        this.#controller.abort();
      },
      Math.min(timeoutMs, maxTimerMs),
    );
    if (outer?.aborted) this.#cancel();
    else outer?.addEventListener("abort", this.#cancel, { once: true });
  }

  get signal(): AbortSignal {
    return this.#controller.signal;
  }

  /** Whether the time was up, here or for the outer signal, and not somebody's cancel. */
  get expired(): boolean {
    return this.#expired;
  }

  /** The work's outcome, or a rejection as soon as the end comes. */
  race<T>(work: Promise<T>): Promise<T> {
    return Promise.race([work, this.#ended]);
  }

  cancel(): void {
    this.#controller.abort();
  }

  dispose(): void {
    clearTimeout(this.#timer);
    this.#outer?.removeEventListener("abort", this.#cancel);
  }
}

/** Whether a signal of `AbortSignal.timeout` has run out. */
export function isTimeout(signal: AbortSignal | undefined): boolean {
  return signal?.reason instanceof DOMException && signal.reason.name === "TimeoutError";
}
