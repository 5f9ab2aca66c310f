import { isHeldBack } from "./circuit";
import type { Deadline } from "./deadline";
import {
  CancelledError,
  type Failure,
  isOutcomeUnknown,
  NetworkError,
  RequestError,
  TimeoutError,
  wasCutShort,
} from "./errors";
import type { ApiRequest } from "./request";
import { failureKind, isRetryable } from "./retry";

const OUTAGE_CURE =
  "Run `pulumi up` again once https://status.twilio.com shows Conversations as operational, or raise twilio:timeoutSeconds.";

/** One request on its way through attempts, waits and its deadline: what happened to it so far. */
export class Errand {
  readonly request: ApiRequest;
  readonly url: URL;
  readonly deadline: Deadline;
  readonly #timeoutMs: number;
  #failures = 0;
  #lastFailure: unknown;
  #inFlight = false;
  #mayHaveArrived = false;

  constructor(request: ApiRequest, url: URL, deadline: Deadline, timeoutMs: number) {
    this.request = request;
    this.url = url;
    this.deadline = deadline;
    this.#timeoutMs = timeoutMs;
  }

  /** How many attempts were sent and failed. */
  get failures(): number {
    return this.#failures;
  }

  sending(): void {
    this.#inFlight = true;
  }

  failed(error: unknown): void {
    this.#inFlight = false;
    this.#failures += 1;
    // Being cut short by the deadline is no cause of anything.
    if (!wasCutShort(error)) this.#lastFailure = error;
    this.#mayHaveArrived ||= isOutcomeUnknown(error);
  }

  /** Whether another attempt may follow this failure. */
  canGoOn(error: unknown): boolean {
    return isHeldBack(error) || isRetryable(failureKind(error), this.request.repeatable, this.#failures);
  }

  /** The error for an attempt that its own time limit, the deadline or the caller cut short. */
  interrupted(afterMs: number): TimeoutError | CancelledError {
    const { signal, expired } = this.deadline;
    if (expired) return this.#timedOut({ reason: "deadline", outcome: "got no answer before its deadline" });
    if (signal.aborted) return this.#cancelled({ sent: true });
    return this.#timedOut({ reason: "timeout", outcome: `got no answer within ${seconds(afterMs)}` });
  }

  /** The error that the caller sees. `elsewhere` is why other requests failed, for one that was never sent itself. */
  verdict(error: unknown, elsewhere: unknown): unknown {
    const { signal, expired } = this.deadline;
    if (!signal.aborted) return error;
    if (error instanceof RequestError && failureKind(error) === "final" && !(error instanceof CancelledError))
      return error;
    const failure = { sent: this.#inFlight || this.#mayHaveArrived, cause: this.#lastFailure ?? elsewhere };
    if (!expired) return this.#cancelled(failure);
    const { cause, sent } = failure;
    return new TimeoutError(this.request, {
      ...failure,
      reason: "deadline",
      outcome: `gave up after ${seconds(this.#timeoutMs)}: ${this.#lastCause(elsewhere)}`,
      // What never arrived says nothing of Twilio's health.
      cure: (!sent && cause instanceof NetworkError && cause.cure) || OUTAGE_CURE,
    });
  }

  /** The error for a request that was not even tried, since others waited in vain for the API. */
  unsent(outage: unknown): TimeoutError {
    const last = outage instanceof RequestError ? `: the last request ${outage.outcome}` : "";
    return new TimeoutError(this.request, {
      sent: false,
      reason: "deadline",
      outcome: `was not sent, because the API does not answer${last}`,
      cure: (outage instanceof NetworkError && !outage.sent && outage.cure) || OUTAGE_CURE,
      cause: outage,
    });
  }

  #timedOut(failure: Pick<Failure, "reason" | "outcome">): TimeoutError {
    return new TimeoutError(this.request, { ...failure, sent: true, cause: this.#lastFailure });
  }

  #cancelled(failure: Pick<Failure, "sent" | "cause">): CancelledError {
    return new CancelledError(this.request, { ...failure, reason: "cancelled", outcome: "was cancelled" });
  }

  #lastCause(elsewhere: unknown): string {
    if (this.#lastFailure instanceof RequestError) return `the last attempt ${this.#lastFailure.outcome}`;
    if (elsewhere instanceof RequestError)
      return `it was held back, because the last request ${elsewhere.outcome}`;
    if (this.#inFlight) return "no answer came";
    return "it was still waiting for its turn, behind other requests";
  }
}

function seconds(ms: number): string {
  return `${Number((ms / 1000).toFixed(1))} s`;
}
