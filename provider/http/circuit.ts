import {
  BrokenCircuitError,
  type CircuitBreakerPolicy,
  CircuitState,
  circuitBreaker,
  DelegateBackoff,
  handleWhen,
  type IBreaker,
  TaskCancelledError,
} from "cockatiel";
import { CancelledError, wasCutShort } from "./errors";
import type { ApiRequest } from "./request";
import { failureKind } from "./retry";

/** How many failures in a row, and of how many different requests, mean that the API is down. */
const failuresToOpen = 5;
const requestsToOpen = 2;

/**
 * Failures in a row. A single request that always fails is no outage, however often it is tried, so that it cannot
 * stop the others.
 */
class Streak implements IBreaker {
  state: unknown;
  #failures = 0;
  readonly #requests = new Set<ApiRequest>();

  failed(request: ApiRequest): void {
    this.#failures += 1;
    if (this.#requests.size < requestsToOpen) this.#requests.add(request);
  }

  success(): void {
    this.#failures = 0;
    this.#requests.clear();
  }

  failure(): boolean {
    return this.#failures >= failuresToOpen && this.#requests.size >= requestsToOpen;
  }
}

/** Whether the circuit held a request back instead of sending it. */
export function isHeldBack(error: unknown): boolean {
  return error instanceof BrokenCircuitError || error instanceof TaskCancelledError;
}

/**
 * Keeps a dead API from being hammered: once several requests in a row have failed, one probe at a time is let
 * through, ever more rarely, until one is answered.
 */
export class Circuit {
  readonly #policy: CircuitBreakerPolicy;
  readonly #streak = new Streak();
  #probeAtMs = 0;
  #lastOutage: unknown;

  /** `probeDelayMs` gives the wait before the n-th probe. */
  constructor(probeDelayMs: (opening: number) => number) {
    const halfOpenAfter = new DelegateBackoff<{ attempt: number }>(({ attempt }) => {
      const delayMs = probeDelayMs(attempt);
      this.#probeAtMs = Date.now() + delayMs;
      return delayMs;
    });
    this.#policy = circuitBreaker(
      handleWhen((error) => this.#isFailure(error)),
      { breaker: this.#streak, halfOpenAfter },
    );
  }

  /** The wait until the circuit lets the next probe through. */
  get probeInMs(): number {
    return Math.max(0, this.#probeAtMs - Date.now());
  }

  /** Why the circuit is open, or undefined when it is not. */
  get cause(): unknown {
    if (this.#policy.state === CircuitState.Closed) return undefined;
    return this.#lastOutage;
  }

  execute<T>(request: ApiRequest, send: () => Promise<T>, signal: AbortSignal): Promise<T> {
    return this.#policy.execute(async () => {
      try {
        return await send();
      } catch (error) {
        this.#note(request, error);
        throw error;
      }
    }, signal);
  }

  /** Any answer, a refusal too, proves that the API is alive; a failure does not. */
  #note(request: ApiRequest, error: unknown): void {
    if (isOutage(error)) {
      this.#streak.failed(request);
      if (!wasCutShort(error)) this.#lastOutage = error;
    } else if (!(error instanceof CancelledError)) this.#streak.success();
  }

  /** A cancelled probe has proved nothing: the circuit stays open. */
  #isFailure(error: unknown): boolean {
    return (
      isOutage(error) || (error instanceof CancelledError && this.#policy.state === CircuitState.HalfOpen)
    );
  }
}

function isOutage(error: unknown): boolean {
  const kind = failureKind(error);
  return kind === "outage" || kind === "unsent";
}
