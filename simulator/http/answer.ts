import { ApiError, CodedError } from "../rules/errors";
import type { JsonObject } from "../state/rows";

export interface Answer {
  status: number;
  headers: Record<string, string>;
  body: string | undefined;
}

export function jsonAnswer(status: number, body: JsonObject | undefined): Answer {
  return { status, headers: {}, body: body === undefined ? undefined : JSON.stringify(body) };
}

/** Turns any error into Twilio's body. A failure of the simulator itself is a 20500. */
export function errorAnswer(error: unknown): Answer {
  const known = error instanceof ApiError ? error : internalError(error);
  const { code, message, status } = known;
  const answer = jsonAnswer(status, {
    code,
    message,
    more_info: `https://www.twilio.com/docs/errors/${code}`,
    status,
  });
  answer.headers = { ...known.headers };
  if (status === 401) answer.headers["WWW-Authenticate"] = 'Basic realm="Twilio API"';
  return answer;
}

function internalError(error: unknown): ApiError {
  return new CodedError(20500, `the simulator failed: ${error instanceof Error ? error.message : "unknown"}`);
}

const codeOfStatus: Record<number, number> = { 429: 20429, 404: 20404, 401: 20003, 403: 20403, 503: 20503 };

/** The answer of a `status` fault. */
export function faultAnswer(fault: {
  status?: number;
  code?: number;
  message?: string;
  retryAfterSeconds?: number;
}): Answer {
  const status = fault.status ?? 503;
  const code = fault.code ?? codeOfStatus[status] ?? (status >= 500 ? 20500 : 20001);
  const error = new ApiError(code, fault.message ?? messageOf(status), status);
  if (fault.retryAfterSeconds !== undefined) error.headers["Retry-After"] = String(fault.retryAfterSeconds);
  return errorAnswer(error);
}

function messageOf(status: number): string {
  if (status === 429) return "Too Many Requests";
  if (status === 503) return "Service Unavailable";
  return status >= 500 ? "Internal Server Error" : "Request refused by a fault of the simulator";
}
