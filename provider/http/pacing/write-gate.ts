import { type Clock, systemClock } from "../clock";
import { PQueue } from "../es-packages";
import type { Release, Slots } from "./slots";

/** A second, and a little more, since the fastest round trip is yet to come and servers count in whole milliseconds. */
const windowMs = 1_010;

/**
 * How long a write keeps counting once its answer is here. Twilio counted it before it answered, and what takes its
 * place has the way to Twilio before it: the way back of the one and the way there of the other last together as long
 * as the fastest round trip.
 */
export function countsOnMs(fastestMs: number): number {
  return Math.max(0, windowMs - fastestMs);
}

/**
 * Lets requests go: writes of one scope at most `writesPerSecond` in any second of Twilio's and in the order they came,
 * everything within the slots. Waiting for a scope holds no slot.
 *
 * A window over the moments of sending would not do: where one request is delayed, by a connection that is still to be
 * made for example, and the next is not, more arrive within a second than were sent in one. The `strict` window of
 * p-queue is of that kind, and its clock cannot be replaced.
 */
export class WriteGate {
  readonly #slots: Slots;
  readonly #writesPerSecond: number;
  readonly #clock: Clock;
  /** As many places for each scope as it has writes a second; a write keeps one until it counts no more. */
  readonly #scopes = new Map<string, PQueue>();
  /** The fastest answer over an open connection; unknown, it is taken for none. */
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

  /** Twilio answered a write over an open connection, in so much time. */
  answered(replyMs: number): void {
    this.#fastestMs = Math.min(this.#fastestMs ?? replyMs, replyMs);
  }

  /** Keeps no process alive: who waits for a place does. */
  async #countingOn(): Promise<void> {
    const answeredAtMs = this.#clock.nowMs();
    for (;;) {
      // Faster answers may have come. And Node counts a timer from the beginning of the turn that sets it: too early.
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
