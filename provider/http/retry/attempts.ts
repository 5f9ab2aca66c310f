import {
  ApiError,
  CancelledError,
  type Failure,
  isOutcomeUnknown,
  NetworkError,
  RateLimitError,
  RequestError,
  TimeoutError,
  wasCutShort,
} from "../errors";
import type { ApiRequest } from "../request";
import { type Circuit, isHeldBack } from "./circuit";
import type { Deadline } from "./deadline";
import { networkCure } from "./network-failure";
import { failureKind, isRetryable } from "./retry";

const OUTAGE_CURE =
  "Run `pulumi up` again once https://status.twilio.com shows Conversations as operational, or raise twilio:timeoutSeconds.";

/** The state of one request across its attempts, waits and deadline. */
export class RequestAttempts {
  readonly request: ApiRequest;
  readonly url: URL;
  readonly deadline: Deadline;
  readonly #timeoutMs: number;
  #failures = 0;
  #lastFailure: unknown;
  #isUnderWay = false;
  #isConnected = false;
  #isReused = false;
  #mayHaveArrived = false;

  constructor(request: ApiRequest, url: URL, deadline: Deadline, timeoutMs: number) {
    this.request = request;
    this.url = url;
    this.deadline = deadline;
    this.#timeoutMs = timeoutMs;
  }

  /** How many sent attempts have failed. */
  get failures(): number {
    return this.#failures;
  }

  sending(): void {
    this.#isUnderWay = true;
    this.#isConnected = false;
    this.#isReused = false;
  }

  /**
   * Notes that the attempt has a connection, so it may arrive from now on; `isReused`: the connection was open already.
   */
  connected(isReused: boolean): void {
    this.#isConnected = true;
    this.#isReused = isReused;
  }

  get isReused(): boolean {
    return this.#isReused;
  }

  get isConnected(): boolean {
    return this.#isConnected;
  }

  failed(error: unknown): void {
    this.#isUnderWay = false;
    this.#failures += 1;
    // An attempt that the deadline cut short tells no cause.
    if (!wasCutShort(error)) this.#lastFailure = error;
    this.#mayHaveArrived ||= isOutcomeUnknown(error);
    if (error instanceof RequestError) error.mayHaveArrived = this.#mayHaveArrived;
  }

  /** Whether the host was refused or unknown for longer than `maxAbsentMs`, so that this failure ends the request. */
  hasMetNobody(error: unknown, circuit: Circuit): boolean {
    const cause = isHeldBack(error) ? circuit.cause : error;
    return (
      failureKind(cause) === "absent" &&
      circuit.absentMs(this.#timeoutMs - this.deadline.leftMs) > circuit.maxAbsentMs
    );
  }

  /** Whether another attempt may follow this failure. */
  canGoOn(error: unknown): boolean {
    if (isHeldBack(error)) return true;
    const askedMs = error instanceof ApiError ? (error.retryAfterMs ?? 0) : 0;
    if (askedMs > this.deadline.leftMs) return false;
    return isRetryable(failureKind(error), this.request.repeatable, this.#failures);
  }

  /** The error for an attempt that its own timeout, the deadline or the caller ended. */
  interrupted(afterMs: number): TimeoutError | CancelledError {
    const { signal, expired } = this.deadline;
    const lacked = this.#isConnected ? "got no answer" : "found no connection";
    if (expired) return this.#timedOut({ reason: "deadline", outcome: `${lacked} before its deadline` });
    if (signal.aborted) return this.#cancelled({ sent: this.#isConnected });
    return this.#timedOut({ reason: "timeout", outcome: `${lacked} within ${seconds(afterMs)}` });
  }

  /** The error that the caller sees. `elsewhere`: why other requests failed, when this one was never sent. */
  verdict(error: unknown, elsewhere: unknown): unknown {
    const { signal, expired } = this.deadline;
    if (!signal.aborted) return error;
    if (error instanceof RequestError && failureKind(error) === "final" && !(error instanceof CancelledError))
      return error;
    const failure = { sent: this.#mayArrive, cause: this.#lastFailure ?? elsewhere };
    if (!expired) return this.#cancelled(failure);
    const { cause } = failure;
    return new TimeoutError(this.request, {
      ...failure,
      reason: "deadline",
      outcome: `gave up after ${seconds(this.#timeoutMs)}: ${this.#lastCause(elsewhere)}`,
      hint: hintFor(cause),
    });
  }

  /** The error for a request given up because other requests waited in vain for the API. */
  givenUp(outage: unknown): TimeoutError {
    const last = outage instanceof RequestError ? `: the last request ${outage.outcome}` : "";
    const what = this.#failures === 0 ? "was not sent" : "was not sent again";
    return new TimeoutError(this.request, {
      sent: this.#mayArrive,
      reason: "deadline",
      outcome: `${what}, because the API does not answer${last}`,
      hint: hintFor(outage),
      cause: outage,
    });
  }

  get #mayArrive(): boolean {
    return (this.#isUnderWay && this.#isConnected) || this.#mayHaveArrived;
  }

  #timedOut(failure: Pick<Failure, "reason" | "outcome">): TimeoutError {
    const sent = this.#isConnected;
    const hint = sent ? {} : { hint: networkCure(this.request, this.url) };
    return new TimeoutError(this.request, { ...failure, ...hint, sent, cause: this.#lastFailure });
  }

  #cancelled(failure: Pick<Failure, "sent" | "cause">): CancelledError {
    return new CancelledError(this.request, { ...failure, reason: "cancelled", outcome: "was cancelled" });
  }

  #lastCause(elsewhere: unknown): string {
    if (this.#lastFailure instanceof RequestError) return `the last attempt ${this.#lastFailure.outcome}`;
    if (elsewhere instanceof RequestError)
      return `it was held back, because the last request ${elsewhere.outcome}`;
    if (this.#isUnderWay) return this.#isConnected ? "no answer came" : "no connection was made";
    return "it was still waiting for its turn, behind other requests";
  }
}

/** A request that never arrived or was throttled says nothing about Twilio's health. */
function hintFor(cause: unknown): string {
  const isHealthy = cause instanceof RateLimitError || (cause instanceof NetworkError && !cause.sent);
  return (isHealthy && cause.hint) || OUTAGE_CURE;
}

function seconds(ms: number): string {
  return `${Number((ms / 1000).toFixed(1))} s`;
}
