import { ApiError, CancelledError, NetworkError, UnreadableAnswerError } from "../errors";

// Whether and when a failed request is sent again: pure rules. The loop that applies them is in ../client.ts, and
// attempts.ts keeps what one request has tried so far.

/** Exponential backoff with full jitter: `random × min(capMs, baseMs × 2ⁿ)`. */
export interface Backoff {
  baseMs: number;
  capMs: number;
}

export const defaultBackoff: Backoff = { baseMs: 250, capMs: 20_000 };

/** Give up on a refused or unknown host after this; the setting is probably wrong. */
export const defaultMaxAbsentMs = 10_000;

/** Total attempts for a failure that passes within seconds or never. */
const maxPassing = 7;

/**
 * Why an attempt failed, for the decision to retry.
 * `throttled`: refused for now, nothing done.
 * `unsent`: never arrived.
 * `absent`: never arrived, host refused or unknown: back within seconds, or a wrong setting.
 * `outage`: the API is failing and may have executed the request.
 * `passing`: over within seconds or never, such as a failed TLS handshake.
 * `contended`: refused because of a concurrent write, nothing done.
 * `final`: no retry can help.
 */
export type FailureKind = "throttled" | "unsent" | "absent" | "outage" | "passing" | "contended" | "final";

/** Twilio's codes for a concurrent write, and for parents still being created or deleted. */
const CONFLICTS = new Set([50002, 50213, 50334, 50349, 50386, 50391, 50419, 50449, 50514]);

/** Nothing listens there, or the name does not exist. */
const ABSENT_REASONS = new Set(["ECONNREFUSED", "ENOTFOUND"]);

/** The request never left, or no host took it. */
const UNSENT_REASONS = new Set([...ABSENT_REASONS, "EAI_AGAIN"]);

/** We refused the certificate before sending anything; waiting does not help. */
const CERTIFICATE_REASONS = /^(CERT_|UNABLE_TO_|DEPTH_ZERO_|SELF_SIGNED_|ERR_TLS_CERT_|HOSTNAME_MISMATCH)/;

/** TLS failed: for good when the other end has no TLS, or once, and then perhaps after something was sent. */
const TLS_REASONS = /^(EPROTO|ERR_SSL_)/;

export function failureKind(error: unknown): FailureKind {
  if (error instanceof CancelledError) return "final";
  if (error instanceof ApiError) return answerKind(error.status, error.twilioCode);
  if (error instanceof NetworkError) {
    if (isCertificateReason(error.reason)) return "final";
    if (TLS_REASONS.test(error.reason)) return "passing";
    if (ABSENT_REASONS.has(error.reason)) return "absent";
    return error.sent ? "outage" : "unsent";
  }
  return error instanceof UnreadableAnswerError ? "outage" : "final";
}

function answerKind(status: number, twilioCode: number | undefined): FailureKind {
  if (status === 429) return "throttled";
  if (status >= 500 || status === 408) return "outage";
  return CONFLICTS.has(twilioCode ?? 0) ? "contended" : "final";
}

/** Whether a failed request may be retried: a create only when Twilio cannot have executed it. */
export function isRetryable(kind: FailureKind, repeatable: boolean, failures: number): boolean {
  if (kind === "throttled" || kind === "unsent" || kind === "absent") return true;
  if (kind === "contended") return failures < maxPassing;
  if (kind === "passing") return repeatable && failures < maxPassing;
  return kind === "outage" && repeatable;
}

/** Whether nothing can have arrived, judged by the system's error code and the failed system call. */
export function isUnsentReason(reason: string, systemCall?: string): boolean {
  return UNSENT_REASONS.has(reason) || systemCall === "connect" || isCertificateReason(reason);
}

export function isCertificateReason(reason: string): boolean {
  return CERTIFICATE_REASONS.test(reason);
}

/**
 * The wait before the next attempt, in milliseconds: what Twilio asked for, else full jitter. `failures` counts from 1.
 */
export function retryDelayMs(
  failures: number,
  retryAfterMs: number | undefined,
  { baseMs, capMs }: Backoff,
  random: () => number,
): number {
  // Obeying "Retry-After: 0" would hammer Twilio.
  if (retryAfterMs !== undefined && retryAfterMs > 0) return retryAfterMs;
  return random() * Math.min(capMs, baseMs * 2 ** (failures - 1));
}

/**
 * How long the circuit stays open before the next probe, in milliseconds; `opening` counts from 1. Grows from twice the
 * base to 1.5 times the cap. Never exceeds a quarter of the deadline, so every request can become the probe.
 */
export function probeDelayMs(
  opening: number,
  { baseMs, capMs }: Backoff,
  deadlineMs: number,
  random: () => number,
): number {
  const longest = Math.min(1.5 * capMs, deadlineMs / 4);
  return Math.min(longest, baseMs * 2 ** opening) * (0.8 + 0.4 * random());
}

/**
 * The wait that a `Retry-After` header asks for, in milliseconds; undefined when absent or unreadable. A date is
 * compared with the server's clock, because the local one may be minutes off.
 */
export function retryAfterMs(header: string | null | undefined, serverNowMs: number): number | undefined {
  const value = header?.trim();
  if (!value) return undefined;
  if (/^\d+(\.\d+)?$/.test(value)) return Math.round(Number(value) * 1000);
  // Date.parse would read a signed bare number as a year.
  const atMs = /[a-z]/i.test(value) ? Date.parse(value) : Number.NaN;
  return Number.isNaN(atMs) ? undefined : Math.max(0, atMs - serverNowMs);
}
