/** Some work that several callers wait for. It goes on for as long as one of them does. */
export class SharedWork {
  readonly #controller = new AbortController();
  readonly #outcome: Promise<void>;
  #waiting = 0;
  #isOver = false;

  constructor(work: (signal: AbortSignal) => Promise<void>) {
    this.#outcome = work(this.#controller.signal).finally(() => {
      this.#isOver = true;
    });
    // Every caller may have left before it fails.
    this.#outcome.catch(() => undefined);
  }

  /** Whether it has ended, or all who waited for it have left, so that it cannot be joined any more. */
  get isOver(): boolean {
    return this.#isOver;
  }

  /** Waits for the end, or until this caller's own signal aborts. */
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
