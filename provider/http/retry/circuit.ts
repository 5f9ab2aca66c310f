import { type Clock, systemClock } from "../clock";
import { CancelledError, wasCutShort } from "../errors";
import type { ApiRequest } from "../request";
import { defaultMaxAbsentMs, failureKind } from "./retry";

/** How many failures in a row, and of how many different requests, mean that the API is down. */
const failuresToOpen = 5;
const requestsToOpen = 2;

/** How much of a request's time nothing may have been answered before that. */
const unansweredShare = 0.9;

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
 * is tried, so that it cannot stop the others. Several can open the circuit, so every other probe, the first one too,
 * is a question that stands for none of them: if it is answered, they fail by themselves.
 */
export class Circuit {
  readonly #probeDelayMs: (opening: number) => number;
  readonly #clock: Clock;
  readonly #question: Question | undefined;
  #failures = 0;
  readonly #failed = new Set<unknown>();
  /** How often it was opened in a row; 0 while it is closed. */
  #openings = 0;
  #probeAtMs = 0;
  #probe: Promise<void> | undefined;
  #lastOutage: unknown;
  /** When the first was sent of all that have failed since the last answer. */
  #unansweredSinceMs = Number.POSITIVE_INFINITY;
  /** When the first and the last were sent of those that found nobody there. */
  #absence: { readonly sinceMs: number; readonly untilMs: number } | undefined;
  /** Whether something has failed since the last answer that is no matter of one object: the question, a connection. */
  #concernsAll = false;
  #isGivenUp = false;

  /** `probeDelayMs` gives the wait before the n-th probe; `maxAbsentMs` is how long nobody may be there. */
  constructor(
    probeDelayMs: (opening: number) => number,
    clock = systemClock,
    question?: Question,
    readonly maxAbsentMs = defaultMaxAbsentMs,
  ) {
    this.#probeDelayMs = probeDelayMs;
    this.#clock = clock;
    this.#question = question;
  }

  /** The wait until the circuit lets the next probe through. */
  get probeInMs(): number {
    return Math.max(0, this.#probeAtMs - this.#clock.nowMs());
  }

  /** Why the circuit is open, or undefined when it is not. */
  get cause(): unknown {
    return this.#openings === 0 ? undefined : this.#lastOutage;
  }

  /**
   * Whether what would only be held back now is given up at once: a request has waited in vain, and nothing has been
   * answered since. The next probe goes all the same.
   */
  get isGivenUp(): boolean {
    return this.#isGivenUp && this.#openings > 0 && (this.probeInMs > 0 || this.#probe !== undefined);
  }

  /** Gives up: a request has found nobody there for as long as it is worth while. */
  giveUp(): void {
    this.#isGivenUp = true;
  }

  /**
   * Notes that the time of a request was up. That the API is dead takes more than what this one met with: for about
   * as long nothing was answered at all, not even the question.
   */
  timeIsUp(timeoutMs: number): void {
    const unansweredMs = this.#clock.nowMs() - this.#unansweredSinceMs;
    this.#isGivenUp ||= this.#concernsAll && unansweredMs >= unansweredShare * timeoutMs;
  }

  /** How long nobody was there, by the attempts of the last so many milliseconds. */
  absentMs(withinMs: number): number {
    if (this.#absence === undefined) return 0;
    const { sinceMs, untilMs } = this.#absence;
    return untilMs - Math.max(sinceMs, this.#clock.nowMs() - withinMs);
  }

  /** In how long an attempt decides that nobody comes back, where nobody is there: no wait goes beyond that. */
  get decidesInMs(): number {
    if (this.#absence === undefined) return Number.POSITIVE_INFINITY;
    const leftMs = this.#absence.sinceMs + this.maxAbsentMs + 1 - this.#clock.nowMs();
    return leftMs > 0 ? leftMs : Number.POSITIVE_INFINITY;
  }

  /** Sends the request, or holds it back until the next probe. */
  async execute<T>(request: ApiRequest, send: () => Promise<T>, signal: AbortSignal): Promise<T> {
    for (;;) {
      while (this.#probe !== undefined) await this.#probe;
      signal.throwIfAborted();
      if (this.#openings === 0) return this.#observed(request, send);
      if (this.probeInMs > 0) throw new HeldBackError();
      const question = this.#questionInStead();
      if (question === undefined) return this.#probing(this.#observed(request, send));
      await this.#probing(this.#asked(question));
    }
  }

  /** Where no connection is made, any request shows as much. */
  #questionInStead(): Question | undefined {
    const isDue = this.#openings % 2 === 1 && failureKind(this.#lastOutage) === "outage";
    return isDue ? this.#question : undefined;
  }

  #probing<T>(probe: Promise<T>): Promise<T> {
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

  /** Whatever comes of it has been noted, and shows in whether the circuit is still open. */
  async #asked({ request, send }: Question): Promise<void> {
    this.#concernsAll = true;
    await this.#observed(request, send).catch(() => undefined);
  }

  async #observed<T>(request: ApiRequest, send: () => Promise<T>): Promise<T> {
    const attempt = { request, opening: this.#openings, sentAtMs: this.#clock.nowMs() };
    try {
      const answer = await send();
      this.#note(attempt);
      return answer;
    } catch (error) {
      this.#note(attempt, error);
      throw error;
    }
  }

  /**
   * Any answer, a refusal too, proves that the API is alive; a failure does not, and a cancel proves nothing: after a
   * cancelled probe the circuit stays open. What was sent before the circuit opened comes too late to close it.
   */
  #note({ request, opening, sentAtMs }: Attempt, error?: unknown): void {
    const isCancel = error instanceof CancelledError;
    const kind = failureKind(error);
    const isUnsent = kind === "unsent" || kind === "absent";
    if (kind === "absent") this.#absence = { sinceMs: this.#absence?.sinceMs ?? sentAtMs, untilMs: sentAtMs };
    // Whoever got further was met by somebody, unless it was sent before.
    else if (kind !== "unsent" && !isCancel && sentAtMs >= (this.#absence?.sinceMs ?? sentAtMs))
      this.#absence = undefined;
    if (kind === "outage" || isUnsent) {
      this.#failures += 1;
      // What never arrived says nothing of the request.
      this.#failed.add(isUnsent ? error : request);
      this.#concernsAll ||= isUnsent;
      if (!wasCutShort(error)) this.#lastOutage = error;
      this.#unansweredSinceMs = Math.min(this.#unansweredSinceMs, sentAtMs);
      const isStreak = this.#failures >= failuresToOpen && this.#failed.size >= requestsToOpen;
      if (opening === this.#openings && (opening > 0 || isStreak)) this.#open();
    } else if (isCancel && opening > 0) this.#open();
    else if (!isCancel) this.#answered(opening);
  }

  #open(): void {
    this.#openings += 1;
    const nowMs = this.#clock.nowMs();
    this.#probeAtMs = nowMs + Math.min(this.#probeDelayMs(this.#openings), this.decidesInMs);
  }

  #answered(opening: number): void {
    this.#unansweredSinceMs = Number.POSITIVE_INFINITY;
    this.#concernsAll = false;
    this.#isGivenUp = false;
    if (opening !== this.#openings) return;
    this.#openings = 0;
    this.#failures = 0;
    this.#failed.clear();
  }
}

/** A request that stands for the API as a whole. */
export interface Question {
  readonly request: ApiRequest;
  readonly send: () => Promise<unknown>;
}

/** One sending of a request; `opening` is that of the circuit at the time. */
interface Attempt {
  readonly request: ApiRequest;
  readonly opening: number;
  readonly sentAtMs: number;
}
