import { STATUS_CODES } from "node:http";
import { ApiError, RateLimitError, type Refusal, UnreadableAnswerError } from "./errors";
import { addressOf } from "./hints";
import { printable, printableLine } from "./redaction/printable";
import { maskPhoneNumbers, privateFormValues, privateNames, redact, shownSids } from "./redaction/redaction";
import type { ApiRequest, ApiResponse } from "./request";
import { retryAfterMs } from "./retry/retry";
import { isDeeper, isWireObject, type WireObject } from "./wire-object";

/** Twilio's objects have a few levels, and attributes are text. Deeper JSON would overflow the stack. */
const MAX_LEVELS = 200;
/** Twilio's messages are sentences. Searching a longer one for secrets takes seconds. */
const LONGEST_MESSAGE = 10_000;

/** The raw response, before it is interpreted. */
export interface RawAnswer {
  status: number;
  headers: { get(name: string): string | null };
  /** Undefined when the body was cut off. */
  text: string | undefined;
  receivedAtMs: number;
}

/** Returns the response, or throws the refusal as an error. The `secrets` never appear in its message. */
export function toAnswer(request: ApiRequest, raw: RawAnswer, secrets: readonly string[]): ApiResponse {
  const { status } = raw;
  if (isRefusalCutShort(raw)) throw new UnreadableAnswerError(request, status, unreadable(raw));
  if (status < 200 || status >= 300) throw toError(request, raw, secrets);
  const body = status === 204 ? {} : parseObject(raw.text);
  if (body === undefined) throw new UnreadableAnswerError(request, status, unreadable(raw));
  if (isDeeper(body, MAX_LEVELS))
    throw new UnreadableAnswerError(request, status, `JSON that is nested deeper than ${MAX_LEVELS} levels`);
  return { status, body, serverNowMs: serverNowMs(raw), requestId: requestId(raw) };
}

/** A refusal whose body was cut off has no known reason; only a few statuses say enough by themselves. */
function isRefusalCutShort({ status, text }: RawAnswer): boolean {
  return text === undefined && status >= 400 && status < 500 && status !== 401 && status !== 429;
}

function toError(request: ApiRequest, raw: RawAnswer, secrets: readonly string[]): ApiError {
  const { status } = raw;
  const body = parseObject(raw.text) ?? {};
  const { form, path, query } = request;
  const hidden = [...secrets, ...privateFormValues(form), ...privateNames(path, query)];
  const said = typeof body["message"] === "string" ? body["message"] : (STATUS_CODES[status] ?? "");
  const message = said.length > LONGEST_MESSAGE ? `a message of ${said.length} characters` : said;
  const refusal: Refusal = {
    status,
    twilioCode: typeof body["code"] === "number" ? body["code"] : undefined,
    twilioMessage: printable(maskPhoneNumbers(redact(message, hidden, shownSids(path)))),
    requestId: requestId(raw),
    retryAfterMs: retryAfterMs(raw.headers.get("retry-after"), serverNowMs(raw)),
  };
  if (status === 429) return new RateLimitError(request, refusal);
  if (status < 400) return new ApiError(request, refusal, redirectCure(request, raw.headers.get("location")));
  return new ApiError(request, refusal);
}

/** Shows only the target's host: the rest of the URL may be private. */
function redirectCure(request: ApiRequest, location: string | null): string {
  const target = location === null ? undefined : URL.parse(location)?.host;
  const where = target ? ` to ${target}` : "";
  return `The redirect${where} was not followed, because the credentials belong to one host only: check ${addressOf(request)} and the proxy.`;
}

function parseObject(text: string | undefined): WireObject | undefined {
  try {
    const value: unknown = JSON.parse(text ?? "");
    return isWireObject(value) ? value : undefined;
  } catch {
    return undefined;
  }
}

function unreadable({ text, headers }: RawAnswer): string {
  if (text === undefined) return "a body that broke off";
  if (text === "") return "an empty body";
  const type = headers.get("content-type")?.split(";")[0];
  return type === undefined || type === "application/json"
    ? "a body that is not a JSON object"
    : `a body of type ${type}`;
}

function serverNowMs({ headers, receivedAtMs }: RawAnswer): number {
  const dateMs = Date.parse(headers.get("date") ?? "");
  return Number.isNaN(dateMs) ? receivedAtMs : dateMs;
}

function requestId({ headers }: RawAnswer): string | undefined {
  const id = headers.get("twilio-request-id");
  return id === null ? undefined : printableLine(id);
}
