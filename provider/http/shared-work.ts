/** Work that several callers wait for; it is aborted when the last one leaves. */
export class SharedWork {
  readonly #controller = new AbortController();
  readonly #outcome: Promise<void>;
  #waiting = 0;
  #isOver = false;

  constructor(work: (signal: AbortSignal) => Promise<void>) {
    this.#outcome = work(this.#controller.signal).finally(() => {
      this.#isOver = true;
    });
    // All callers may have left before it fails.
    this.#outcome.catch(() => undefined);
  }

  /** Whether it has ended, or all callers have left, so that nobody can join it. */
  get isOver(): boolean {
    return this.#isOver;
  }

  /** Waits for the end, or until this caller's signal aborts. */
  async join(signal?: AbortSignal): Promise<void> {
    signal?.throwIfAborted();
    this.#waiting += 1;
    let leave = () => {};
    const left = new Promise<never>((_, reject) => {
      leave = () => reject(signal?.reason);
    });
    signal?.addEventListener("abort", leave, { once: true });
    try {
      await Promise.race([this.#outcome, left]);
    } finally {
      signal?.removeEventListener("abort", leave);
      this.#waiting -= 1;
      if (this.#waiting === 0) this.#abandon();
    }
  }

  #abandon(): void {
    this.#isOver = true;
    this.#controller.abort();
  }
}
