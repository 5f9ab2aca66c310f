import { PQueue } from "../es-packages";

/** After how many answers the number of slots grows by one again. */
const answersPerSlot = 20;

/** Gives a slot back; calling it twice is harmless. */
export type Release = () => void;

/** How many requests may be in flight: halved when Twilio throttles, grown back one by one. */
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

  /** Twilio throttled a request sent at this moment. A burst sent before the last halving counts once. */
  throttled(sentAtMs: number, nowMs: number): void {
    this.#answers = 0;
    if (sentAtMs <= this.#halvedAtMs) return;
    this.#halvedAtMs = nowMs;
    this.#queue.concurrency = Math.max(1, Math.floor(this.size / 2));
  }

  /** Twilio answered a request. */
  answered(): void {
    if (this.size === this.#most) return;
    this.#answers += 1;
    if (this.#answers < answersPerSlot) return;
    this.#answers = 0;
    this.#queue.concurrency = this.size + 1;
  }
}
