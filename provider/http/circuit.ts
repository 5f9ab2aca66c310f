import { type Clock, systemClock } from "./clock";
import { CancelledError, wasCutShort } from "./errors";
import type { ApiRequest } from "./request";
import { failureKind } from "./retry";

/** How many failures in a row, and of how many different requests, mean that the API is down. */
const failuresToOpen = 5;
const requestsToOpen = 2;

/** The circuit is open: the request was not sent. */
class HeldBackError extends Error {
  override name = "HeldBackError";
}

/** Whether the circuit held a request back instead of sending it. */
export function isHeldBack(error: unknown): boolean {
  return error instanceof HeldBackError;
}

/**
 * Keeps a dead API from being hammered: once several requests in a row have failed, one probe at a time is let
 * through, ever more rarely, until one is answered. A single request that always fails is no outage, however often it
 * is tried, so that it cannot stop the others.
 */
export class Circuit {
  readonly #probeDelayMs: (opening: number) => number;
  readonly #clock: Clock;
  #failures = 0;
  readonly #failed = new Set<unknown>();
  /** How often it was opened in a row; 0 while it is closed. */
  #openings = 0;
  #probeAtMs = 0;
  #probe: Promise<void> | undefined;
  #lastOutage: unknown;

  /** `probeDelayMs` gives the wait before the n-th probe. */
  constructor(probeDelayMs: (opening: number) => number, clock = systemClock) {
    this.#probeDelayMs = probeDelayMs;
    this.#clock = clock;
  }

  /** The wait until the circuit lets the next probe through. */
  get probeInMs(): number {
    return Math.max(0, this.#probeAtMs - this.#clock.nowMs());
  }

  /** Why the circuit is open, or undefined when it is not. */
  get cause(): unknown {
    return this.#openings === 0 ? undefined : this.#lastOutage;
  }

  async execute<T>(request: ApiRequest, send: () => Promise<T>, signal: AbortSignal): Promise<T> {
    while (this.#probe !== undefined) await this.#probe;
    signal.throwIfAborted();
    if (this.#openings === 0) return this.#observed(request, send);
    if (this.probeInMs > 0) throw new HeldBackError();
    const probe = this.#observed(request, send);
    this.#probe = probe
      .then(
        () => undefined,
        () => undefined,
      )
      .finally(() => {
        this.#probe = undefined;
      });
    return probe;
  }

  async #observed<T>(request: ApiRequest, send: () => Promise<T>): Promise<T> {
    const opening = this.#openings;
    try {
      const answer = await send();
      this.#note(request, opening);
      return answer;
    } catch (error) {
      this.#note(request, opening, error);
      throw error;
    }
  }

  /**
   * Any answer, a refusal too, proves that the API is alive; a failure does not, and a cancel proves nothing: after a
   * cancelled probe the circuit stays open. `opening` is that at which it was sent: what was sent before the circuit
   * opened comes too late to close it.
   */
  #note(request: ApiRequest, opening: number, error?: unknown): void {
    const isCancel = error instanceof CancelledError;
    const kind = failureKind(error);
    const isUnsent = kind === "unsent" || kind === "absent";
    if (kind === "outage" || isUnsent) {
      this.#failures += 1;
      // What never arrived says nothing of the request.
      this.#failed.add(isUnsent ? error : request);
      if (!wasCutShort(error)) this.#lastOutage = error;
      const isStreak = this.#failures >= failuresToOpen && this.#failed.size >= requestsToOpen;
      if (opening === this.#openings && (opening > 0 || isStreak)) this.#open();
    } else if (isCancel && opening > 0) this.#open();
    else if (!isCancel && opening === this.#openings) this.#close();
  }

  #open(): void {
    this.#openings += 1;
    this.#probeAtMs = this.#clock.nowMs() + this.#probeDelayMs(this.#openings);
  }

  #close(): void {
    this.#openings = 0;
    this.#failures = 0;
    this.#failed.clear();
  }
}
