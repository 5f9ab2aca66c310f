import { PQueue } from "../es-packages";

/** The number of slots grows by one after this many answers. */
const answersPerSlot = 20;

/** Returns a slot; safe to call twice. */
export type Release = () => void;

/** Limits requests in flight: halves when Twilio throttles, then grows back one by one. */
export class Slots {
  readonly #queue: PQueue;
  readonly #most: number;
  #answers = 0;
  #halvedAtMs = Number.NEGATIVE_INFINITY;

  constructor(most: number) {
    this.#most = Math.max(1, Math.floor(most));
    this.#queue = new PQueue({ concurrency: this.#most });
  }

  get size(): number {
    return this.#queue.concurrency;
  }

  acquire(signal: AbortSignal): Promise<Release> {
    return new Promise((granted, failed) => {
      const held = () => new Promise<void>((release) => granted(release));
      this.#queue.add(held, { signal }).catch(failed);
    });
  }

  /** Notes that Twilio throttled a request sent at this moment. A burst sent before the last halving counts once. */
  throttled(sentAtMs: number, nowMs: number): void {
    this.#answers = 0;
    if (sentAtMs <= this.#halvedAtMs) return;
    this.#halvedAtMs = nowMs;
    this.#queue.concurrency = Math.max(1, Math.floor(this.size / 2));
  }

  /** Notes that Twilio answered a request. */
  answered(): void {
    if (this.size === this.#most) return;
    this.#answers += 1;
    if (this.#answers < answersPerSlot) return;
    this.#answers = 0;
    this.#queue.concurrency = this.size + 1;
  }
}
