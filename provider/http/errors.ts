import { addressOf, adviceFor } from "./hints";
import { printable } from "./redaction/printable";
import { shownPath } from "./redaction/redaction";
import type { ApiRequest } from "./request";

/** Base of every error of this package that a user can act on. Catch by class, never by message text. */
export class TwilioError extends Error {
  override name = "TwilioError";

  /** Escapes control characters of outside text, so that a message cannot steer the terminal. */
  constructor(message?: string, options?: { readonly cause?: unknown }) {
    super(message === undefined ? undefined : printable(message), options);
  }
}

/** A request failed. The message states the attempt, the outcome and a hint. */
export class RequestError extends TwilioError {
  override name = "RequestError";
  /** The outcome in a few words, for use inside another message. */
  readonly outcome: string;
  /** The hint. */
  readonly hint: string | undefined;
  /** The message without the hint. */
  readonly brief: string;
  /** The message when another request's error has reported the cause in full. */
  readonly sameCause: string;
  /** Whether Twilio may have executed an attempt of this request, whatever the last attempt returned. */
  mayHaveArrived = false;

  constructor(attempted: string, outcome: string, hint?: string, cause?: unknown, trace?: string) {
    const brief = printable(`${attempted} ${outcome}.`);
    super([brief, hint, trace].filter(Boolean).join(" "), cause === undefined ? undefined : { cause });
    this.outcome = printable(outcome);
    this.hint = hint && printable(hint);
    this.brief = brief;
    this.sameCause = printable(
      `${attempted} failed for the reason that another resource of this run reports.`,
    );
  }
}

/** Twilio's error response, without secrets and form values. */
export interface Refusal {
  status: number;
  twilioCode: number | undefined;
  twilioMessage: string;
  requestId: string | undefined;
  retryAfterMs: number | undefined;
}

/** Twilio refused the request. */
export class ApiError extends RequestError {
  override name = "ApiError";
  readonly status: number;
  /** Twilio's own error code; not called `code`, which gRPC would take for its own. */
  readonly twilioCode: number | undefined;
  readonly method: string;
  /** With the names in it hidden. */
  readonly path: string;
  readonly requestId: string | undefined;
  readonly twilioMessage: string;
  /** The wait that Twilio asked for. */
  readonly retryAfterMs: number | undefined;

  constructor(
    request: ApiRequest,
    refusal: Refusal,
    hint = adviceFor(refusal.status, refusal.twilioCode, request),
  ) {
    const trace = refusal.requestId ? `(request id ${refusal.requestId})` : undefined;
    super(attempted(request), refusalText(refusal), hint, undefined, trace);
    this.status = refusal.status;
    this.twilioCode = refusal.twilioCode;
    this.method = request.method;
    this.path = shownPath(request.path);
    this.requestId = refusal.requestId;
    this.twilioMessage = refusal.twilioMessage;
    this.retryAfterMs = refusal.retryAfterMs;
  }
}

/** Twilio throttled the request before it did anything, so even a create may be retried. */
export class RateLimitError extends ApiError {
  override name = "RateLimitError";
}

/** How a request ended without a response. */
export interface Failure {
  sent: boolean;
  reason: string;
  outcome: string;
  hint?: string;
  cause?: unknown;
}

/** No response came. */
export class NetworkError extends RequestError {
  override name = "NetworkError";
  /** False when the request certainly never arrived. */
  readonly sent: boolean;
  /** The system's error code, like ECONNRESET. */
  readonly reason: string;

  constructor(request: ApiRequest, failure: Failure) {
    super(attempted(request), failure.outcome, failure.hint, failure.cause ?? new Error(failure.reason));
    this.sent = failure.sent;
    this.reason = failure.reason;
  }
}

/** No response came in time. Applies to one attempt, or to the operation with its retries and waits. */
export class TimeoutError extends NetworkError {
  override name = "TimeoutError";
}

/** Whether the request's own deadline ended it in flight; that says nothing about the API. */
export function wasCutShort(error: unknown): boolean {
  return error instanceof TimeoutError && error.reason === "deadline";
}

/** The caller cancelled the request. */
export class CancelledError extends NetworkError {
  override name = "CancelledError";
}

/** Twilio answered with success, but the body is no JSON object or is cut off. */
export class UnreadableAnswerError extends RequestError {
  override name = "UnreadableAnswerError";
  readonly status: number;

  constructor(request: ApiRequest, status: number, what: string) {
    super(
      attempted(request),
      `answered ${status} with ${what}`,
      `Check ${addressOf(request)} and the proxy if this persists.`,
    );
    this.status = status;
  }
}

/** Whether Twilio refused with one of these error codes. */
export function hasTwilioCode(error: unknown, codes: readonly number[]): error is ApiError {
  return error instanceof ApiError && codes.includes(error.twilioCode ?? 0);
}

/**
 * Whether Twilio knows the credentials but they lack this permission; a restricted API key may still do other things.
 */
export function lacksPermission(error: unknown): error is ApiError {
  return hasTwilioCode(error, [70051]);
}

/**
 * Whether Twilio knows the credentials but forbids this request. A 403 without a Twilio code came from a proxy or the
 * like.
 */
export function isForbidden(error: unknown): error is ApiError {
  const isRefused = error instanceof ApiError && error.status === 403 && error.twilioCode !== undefined;
  return isRefused || lacksPermission(error);
}

/** Whether every other request would fail the same way: no response, rejected credentials, or a failing API. */
export function concernsEveryRequest(error: RequestError): boolean {
  if (error instanceof ApiError)
    return (error.status === 401 && !lacksPermission(error)) || error.status >= 500;
  return error instanceof NetworkError;
}

/** Whether Twilio may have executed a write that failed like this. */
export function isOutcomeUnknown(error: unknown): boolean {
  if (error instanceof RequestError && error.mayHaveArrived) return true;
  if (error instanceof ApiError) return error.status >= 500 || error.status === 408;
  if (error instanceof NetworkError) return error.sent;
  return error instanceof UnreadableAnswerError;
}

/**
 * Whether Twilio said that the object does not exist. A 404 without a Twilio code proves nothing: a proxy may have sent
 * it.
 */
export function isMissing(error: unknown): boolean {
  return error instanceof ApiError && error.status === 404 && error.twilioCode !== undefined;
}

/** The result of a request; undefined if Twilio says that its object does not exist. */
export async function unlessMissing<Result>(request: () => Promise<Result>): Promise<Result | undefined> {
  try {
    return await request();
  } catch (error) {
    if (!isMissing(error)) throw error;
    return undefined;
  }
}

/** How every message starts: the attempt and its path. */
export function attempted({ attempting, method, path }: ApiRequest): string {
  return `${attempting}: ${method} ${shownPath(path)}`;
}

function refusalText({ status, twilioCode, twilioMessage, retryAfterMs }: Refusal): string {
  const code = twilioCode === undefined ? "" : `Twilio error ${twilioCode}`;
  const detail = [code, twilioMessage.replace(/\.$/, "")].filter(Boolean).join(": ");
  const wait = retryAfterMs ? `, and asks to wait ${Math.ceil(retryAfterMs / 1000)} s` : "";
  return `answered ${status}${detail ? ` (${detail})` : ""}${wait}`;
}
