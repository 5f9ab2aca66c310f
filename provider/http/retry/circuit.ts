import { type Clock, systemClock } from "../clock";
import { CancelledError, wasCutShort } from "../errors";
import type { ApiRequest } from "../request";
import { defaultMaxAbsentMs, failureKind } from "./retry";

/** The circuit opens after this many consecutive failures, of at least this many different requests. */
const failuresToOpen = 5;
const requestsToOpen = 2;

/** Share of a request's time without any answer before the API counts as dead. */
const unansweredShare = 0.9;

/** The circuit is open, so it did not send the request. */
class HeldBackError extends Error {
  override name = "HeldBackError";
}

/** Whether the circuit held a request back instead of sending it. */
export function isHeldBack(error: unknown): boolean {
  return error instanceof HeldBackError;
}

/**
 * Circuit breaker that spares a dead API. While open, it sends one probe at a time, ever more rarely, until Twilio
 * answers one.
 * A single request that always fails is no outage, however often it is retried, and cannot stop the others. Several
 * such requests can open the circuit. So every other probe, the first included, is a health check that stands for none
 * of them: if Twilio answers it, the circuit closes and they fail by themselves.
 */
export class Circuit {
  readonly #probeDelayMs: (opening: number) => number;
  readonly #clock: Clock;
  readonly #question: Question | undefined;
  #failures = 0;
  readonly #failed = new Set<unknown>();
  /** Number of consecutive openings; 0 while closed. */
  #openings = 0;
  #probeAtMs = 0;
  #probe: Promise<void> | undefined;
  #lastOutage: unknown;
  /** When the first request was sent of all that have failed since the last answer. */
  #unansweredSinceMs = Number.POSITIVE_INFINITY;
  /** When the first and the last request were sent that found the host refused or unknown. */
  #absence: { readonly sinceMs: number; readonly untilMs: number } | undefined;
  /** Whether a failure since the last answer concerns all requests: a failed health check or connection. */
  #concernsAll = false;
  #isGivenUp = false;

  /** `probeDelayMs` gives the wait before the n-th probe; after `maxAbsentMs` a refused or unknown host is given up. */
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

  /** The wait until the next probe. */
  get probeInMs(): number {
    return Math.max(0, this.#probeAtMs - this.#clock.nowMs());
  }

  /** Why the circuit is open; undefined when it is closed. */
  get cause(): unknown {
    return this.#openings === 0 ? undefined : this.#lastOutage;
  }

  /**
   * Whether requests that would be held back fail at once, because one has waited in vain and nothing was answered
   * since. Probes continue.
   */
  get isGivenUp(): boolean {
    return this.#isGivenUp && this.#openings > 0 && (this.probeInMs > 0 || this.#probe !== undefined);
  }

  /** Gives up: a request found the host refused or unknown for too long. */
  giveUp(): void {
    this.#isGivenUp = true;
  }

  /**
   * Notes that a request timed out. One timeout does not prove the API dead: for about as long, nothing may have been
   * answered, not even the health check.
   */
  timeIsUp(timeoutMs: number): void {
    const unansweredMs = this.#clock.nowMs() - this.#unansweredSinceMs;
    this.#isGivenUp ||= this.#concernsAll && unansweredMs >= unansweredShare * timeoutMs;
  }

  /** How long the host was refused or unknown, by the attempts of the last `withinMs`. */
  absentMs(withinMs: number): number {
    if (this.#absence === undefined) return 0;
    const { sinceMs, untilMs } = this.#absence;
    return untilMs - Math.max(sinceMs, this.#clock.nowMs() - withinMs);
  }

  /** Time until an attempt may decide that an absent host stays absent; no wait exceeds it. */
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

  /** Without a connection any request is as good a probe as the health check. */
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

  /** The outcome is noted already; whether the circuit is still open shows it. */
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
   * Any answer, a refusal too, proves that the API is alive. A failure does not. A cancel proves nothing: after a
   * cancelled probe the circuit stays open. An answer to a request sent before the opening comes too late to close it.
   */
  #note({ request, opening, sentAtMs }: Attempt, error?: unknown): void {
    const isCancel = error instanceof CancelledError;
    const kind = failureKind(error);
    const isUnsent = kind === "unsent" || kind === "absent";
    if (kind === "absent") this.#absence = { sinceMs: this.#absence?.sinceMs ?? sentAtMs, untilMs: sentAtMs };
    // A request that got further reached a host, unless it was sent before the absence began.
    else if (kind !== "unsent" && !isCancel && sentAtMs >= (this.#absence?.sinceMs ?? sentAtMs))
      this.#absence = undefined;
    if (kind === "outage" || isUnsent) {
      this.#failures += 1;
      // A request that never arrived says nothing about itself, so count the error instead.
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

/** A request that tests the API as a whole. */
export interface Question {
  readonly request: ApiRequest;
  readonly send: () => Promise<unknown>;
}

/** One attempt of a request; `opening` is the circuit's count when it was sent. */
interface Attempt {
  readonly request: ApiRequest;
  readonly opening: number;
  readonly sentAtMs: number;
}
