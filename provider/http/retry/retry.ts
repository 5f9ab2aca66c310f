import { ApiError, CancelledError, NetworkError, UnreadableAnswerError } from "../errors";

/** How waits grow: `random × min(capMs, baseMs × 2ⁿ)`. */
export interface Backoff {
  baseMs: number;
  capMs: number;
}

export const defaultBackoff: Backoff = { baseMs: 250, capMs: 20_000 };

/** How long nobody may be there before that is taken for a mistake in the settings. */
export const defaultMaxAbsentMs = 10_000;

/** How often something that passes within seconds, or never, is tried in all. */
const maxPassing = 7;

/**
 * Why an attempt failed, as far as retrying goes. `throttled`: refused for now, nothing done. `unsent`: never arrived.
 * `absent`: never arrived, since nobody is there: back within seconds, or a mistake in the settings. `outage`: the API is ill, and what was sent may have been done. `passing`: over within seconds or never, such as a
 * broken handshake. `contended`: refused because somebody else is writing, nothing done. `final`: no retry can help.
 */
export type FailureKind = "throttled" | "unsent" | "absent" | "outage" | "passing" | "contended" | "final";

/** Twilio's codes for "somebody else is changing this right now", and for parents still being made or deleted. */
const CONFLICTS = new Set([50002, 50213, 50334, 50349, 50386, 50391, 50419, 50449]);

/** Nothing listens there, or the name does not exist. */
const ABSENT_REASONS = new Set(["ECONNREFUSED", "ENOTFOUND"]);

/** The request never left, or was never taken: the name or the address did not answer. */
const UNSENT_REASONS = new Set([...ABSENT_REASONS, "EAI_AGAIN"]);

/** A certificate that we refused, before anything was sent; waiting does not mend it. */
const CERTIFICATE_REASONS = /^(CERT_|UNABLE_TO_|DEPTH_ZERO_|SELF_SIGNED_|ERR_TLS_CERT_|HOSTNAME_MISMATCH)/;

/** TLS failed: for good when the other end speaks none, or this once, and then perhaps after something was sent. */
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

/** Whether a failed request may be sent again: a create only when nothing can have come of it. */
export function isRetryable(kind: FailureKind, repeatable: boolean, failures: number): boolean {
  if (kind === "throttled" || kind === "unsent" || kind === "absent") return true;
  if (kind === "contended") return failures < maxPassing;
  if (kind === "passing") return repeatable && failures < maxPassing;
  return kind === "outage" && repeatable;
}

/** Whether nothing can have arrived, by the system's name of the failure and of the call that failed. */
export function isUnsentReason(reason: string, systemCall?: string): boolean {
  return UNSENT_REASONS.has(reason) || systemCall === "connect" || isCertificateReason(reason);
}

export function isCertificateReason(reason: string): boolean {
  return CERTIFICATE_REASONS.test(reason);
}

/**
 * The wait before the next attempt, in milliseconds: exactly what the server asked for, else full jitter. `failures` counts what failed so far, from 1.
 */
export function retryDelayMs(
  failures: number,
  retryAfterMs: number | undefined,
  { baseMs, capMs }: Backoff,
  random: () => number,
): number {
  // "Retry-After: 0" would be a licence to hammer.
  if (retryAfterMs !== undefined && retryAfterMs > 0) return retryAfterMs;
  return random() * Math.min(capMs, baseMs * 2 ** (failures - 1));
}

/**
 * How long the circuit stays open before the next probe, in milliseconds; `opening` counts from 1. Grows from twice
 * the base to half as much again as the cap, never beyond a quarter of the deadline, so that no request goes by
 * without a chance to be the probe.
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
 * The wait that a `Retry-After` header asks for, in milliseconds, or undefined when it is absent or unreadable.
 * A date is measured against the server's own clock, because the local one may be minutes off.
 */
export function retryAfterMs(header: string | null | undefined, serverNowMs: number): number | undefined {
  const value = header?.trim();
  if (!value) return undefined;
  if (/^\d+(\.\d+)?$/.test(value)) return Math.round(Number(value) * 1000);
  // A bare number with a sign would be read as a year by Date.parse.
  const atMs = /[a-z]/i.test(value) ? Date.parse(value) : Number.NaN;
  return Number.isNaN(atMs) ? undefined : Math.max(0, atMs - serverNowMs);
}
