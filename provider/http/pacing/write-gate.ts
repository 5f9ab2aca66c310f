import { type Clock, systemClock } from "../clock";
import { PQueue } from "../es-packages";
import type { Release, Slots } from "./slots";

/** One second plus a margin: a faster round trip may still come, and servers count in whole milliseconds. */
const windowMs = 1_010;

/**
 * How long a write keeps counting after its answer. Twilio counted it before it answered, and the next write has still
 * to travel to Twilio. The way back of the one and the way there of the other together take at least the fastest round
 * trip.
 */
export function countsOnMs(fastestMs: number): number {
  return Math.max(0, windowMs - fastestMs);
}

/**
 * Rate limiter for writes. Lets at most `writesPerSecond` of one scope through in any second on Twilio's side, in order
 * of arrival. All requests also need a slot; waiting for a scope holds none.
 *
 * A window over sending times would not do. When a new connection delays one request and not the next, more arrive
 * within a second than were sent in one. The `strict` window of p-queue is of that kind, and its clock cannot be
 * replaced.
 */
export class WriteGate {
  readonly #slots: Slots;
  readonly #writesPerSecond: number;
  readonly #clock: Clock;
  /** One queue for each scope, as wide as its writes per second. A write holds its entry until it no longer counts. */
  readonly #scopes = new Map<string, PQueue>();
  /** The fastest answer over an open connection; while unknown, 0 is assumed. */
  #fastestMs: number | undefined;

  constructor(slots: Slots, writesPerSecond: number, clock = systemClock) {
    this.#slots = slots;
    this.#writesPerSecond = Math.floor(writesPerSecond);
    this.#clock = clock;
  }

  async enter(scopeName: string | undefined, signal: AbortSignal): Promise<Release> {
    if (scopeName === undefined || this.#writesPerSecond <= 0) return this.#slots.acquire(signal);
    return new Promise((granted, failed) => {
      const write = async () => {
        const release = await this.#slots.acquire(signal);
        await new Promise<void>((ended) => granted(ended)).finally(release);
        await this.#countingOn();
      };
      this.#places(scopeName).add(write).catch(failed);
    });
  }

  /** Notes how long Twilio took to answer a write over an open connection. */
  answered(replyMs: number): void {
    this.#fastestMs = Math.min(this.#fastestMs ?? replyMs, replyMs);
  }

  /** Keeps no process alive; the writes that wait do. */
  async #countingOn(): Promise<void> {
    const answeredAtMs = this.#clock.nowMs();
    for (;;) {
      // Faster answers may have come meanwhile. Also, Node counts a timer from the start of its turn, so it fires
      // early.
      const leftMs = answeredAtMs + countsOnMs(this.#fastestMs ?? 0) - this.#clock.nowMs();
      if (leftMs <= 0) return;
      await ended(this.#clock.timeout(Math.ceil(leftMs)));
    }
  }

  #places(scopeName: string): PQueue {
    const known = this.#scopes.get(scopeName);
    if (known !== undefined) return known;
    const places = new PQueue({ concurrency: this.#writesPerSecond });
    places.addEventListener("idle", () => this.#scopes.delete(scopeName));
    this.#scopes.set(scopeName, places);
    return places;
  }
}

function ended(signal: AbortSignal): Promise<void> {
  return new Promise((done) => signal.addEventListener("abort", () => done(), { once: true }));
}
