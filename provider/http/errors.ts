import { addressOf, adviceFor } from "./hints";
import { printable } from "./redaction/printable";
import { shownPath } from "./redaction/redaction";
import type { ApiRequest } from "./request";

/** Base of every error of this package that a user can do something about. Catch by class, never by message text. */
export class TwilioError extends Error {
  override name = "TwilioError";

  /** What comes from outside into the message steers no terminal. */
  constructor(message?: string, options?: { readonly cause?: unknown }) {
    super(message === undefined ? undefined : printable(message), options);
  }
}

/** A request failed. The message says what was attempted, what came back, what to do. */
export class RequestError extends TwilioError {
  override name = "RequestError";
  /** What came back, in a few words, for use inside another message. */
  readonly outcome: string;
  /** What to do. */
  readonly cure: string | undefined;
  /** The message without what to do. */
  readonly brief: string;
  /** The message for when the cause has been told in full with another request. */
  readonly sameCause: string;
  /** Whether an attempt of the same request may have been done, whatever came back for the last one. */
  mayHaveArrived = false;

  constructor(attempted: string, outcome: string, cure?: string, cause?: unknown, trace?: string) {
    const brief = printable(`${attempted} ${outcome}.`);
    super([brief, cure, trace].filter(Boolean).join(" "), cause === undefined ? undefined : { cause });
    this.outcome = printable(outcome);
    this.cure = cure && printable(cure);
    this.brief = brief;
    this.sameCause = printable(`${attempted} failed: same cause as said of another resource of this run.`);
  }
}

/** What an answer of Twilio said, already free of secrets and form values. */
export interface Refusal {
  status: number;
  twilioCode: number | undefined;
  twilioMessage: string;
  requestId: string | undefined;
  retryAfterMs: number | undefined;
}

/** Twilio answered, and the answer was no. */
export class ApiError extends RequestError {
  override name = "ApiError";
  readonly status: number;
  /** Twilio's own error code; not called `code`, which gRPC would take for its own. */
  readonly twilioCode: number | undefined;
  readonly method: string;
  /** Without the names in it. */
  readonly path: string;
  readonly requestId: string | undefined;
  readonly twilioMessage: string;
  /** The wait that the answer asked for. */
  readonly retryAfterMs: number | undefined;

  constructor(
    request: ApiRequest,
    refusal: Refusal,
    cure = adviceFor(refusal.status, refusal.twilioCode, request),
  ) {
    const trace = refusal.requestId ? `(request id ${refusal.requestId})` : undefined;
    super(attempted(request), refusalText(refusal), cure, undefined, trace);
    this.status = refusal.status;
    this.twilioCode = refusal.twilioCode;
    this.method = request.method;
    this.path = shownPath(request.path);
    this.requestId = refusal.requestId;
    this.twilioMessage = refusal.twilioMessage;
    this.retryAfterMs = refusal.retryAfterMs;
  }
}

/** Too many requests: refused before anything was done, so that even a create may be sent again. */
export class RateLimitError extends ApiError {
  override name = "RateLimitError";
}

/** How a request ended without an answer. */
export interface Failure {
  sent: boolean;
  reason: string;
  outcome: string;
  cure?: string;
  cause?: unknown;
}

/** No answer came. */
export class NetworkError extends RequestError {
  override name = "NetworkError";
  /** False when the request surely never arrived. */
  readonly sent: boolean;
  /** The system's name of the failure, like ECONNRESET. */
  readonly reason: string;

  constructor(request: ApiRequest, failure: Failure) {
    super(attempted(request), failure.outcome, failure.cure, failure.cause ?? new Error(failure.reason));
    this.sent = failure.sent;
    this.reason = failure.reason;
  }
}

/** No answer came in time: one attempt, or the whole operation with its retries and waits. */
export class TimeoutError extends NetworkError {
  override name = "TimeoutError";
}

/** Whether a request ended in flight for want of its own time; that says nothing of the API. */
export function wasCutShort(error: unknown): boolean {
  return error instanceof TimeoutError && error.reason === "deadline";
}

/** The caller ended the request. */
export class CancelledError extends NetworkError {
  override name = "CancelledError";
}

/** Twilio said yes, but the body is not JSON or breaks off. */
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

/** Whether Twilio refused with one of these codes of its own. */
export function hasTwilioCode(error: unknown, codes: readonly number[]): error is ApiError {
  return error instanceof ApiError && codes.includes(error.twilioCode ?? 0);
}

/** Whether Twilio knows the login, but not as one that may do this: a restricted API key can do other things. */
export function lacksPermission(error: unknown): error is ApiError {
  return hasTwilioCode(error, [70051]);
}

/** Whether Twilio knows the login, and this request is not for it. A 403 without Twilio's code is somebody else's. */
export function isForbidden(error: unknown): error is ApiError {
  const isRefused = error instanceof ApiError && error.status === 403 && error.twilioCode !== undefined;
  return isRefused || lacksPermission(error);
}

/** Whether every other request would fail the same way: for want of an answer, of a login, or of Twilio's health. */
export function concernsEveryRequest(error: RequestError): boolean {
  if (error instanceof ApiError)
    return (error.status === 401 && !lacksPermission(error)) || error.status >= 500;
  return error instanceof NetworkError;
}

/** Whether a write that failed like this may have happened all the same. */
export function isOutcomeUnknown(error: unknown): boolean {
  if (error instanceof RequestError && error.mayHaveArrived) return true;
  if (error instanceof ApiError) return error.status >= 500 || error.status === 408;
  if (error instanceof NetworkError) return error.sent;
  return error instanceof UnreadableAnswerError;
}

/**
 * Whether Twilio said that the object does not exist. A 404 without Twilio's code is somebody else's, such as a
 * proxy's, and proves nothing.
 */
export function isMissing(error: unknown): boolean {
  return error instanceof ApiError && error.status === 404 && error.twilioCode !== undefined;
}

/** How every message starts: what was attempted. */
export function attempted({ attempting, method, path }: ApiRequest): string {
  return `${attempting}: ${method} ${shownPath(path)}`;
}

function refusalText({ status, twilioCode, twilioMessage, retryAfterMs }: Refusal): string {
  const code = twilioCode === undefined ? "" : `Twilio error ${twilioCode}`;
  const detail = [code, twilioMessage.replace(/\.$/, "")].filter(Boolean).join(": ");
  const wait = retryAfterMs ? `, and asks to wait ${Math.ceil(retryAfterMs / 1000)} s` : "";
  return `answered ${status}${detail ? ` (${detail})` : ""}${wait}`;
}
