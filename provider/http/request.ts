import type { Advice } from "./advice";
import { RequestError, TwilioError } from "./errors";
import { shownPath } from "./redaction";

/** Where the account answers for itself. */
export const ACCOUNT_PATH = "/v1/Configuration";

const EMPTY_SEGMENT = /\/(\/|$)/;

/** One request of the Conversations API. */
export interface ApiRequest {
  method: "GET" | "POST" | "DELETE";
  /** Starts with /v1/; its segments are percent-encoded already. */
  path: string;
  query?: Record<string, string | number>;
  form?: [string, string][];
  /** Whether the write fires webhooks; undefined sends no header. */
  webhookEnabled?: boolean;
  /** True when repeating it changes nothing: GET, DELETE, an update. False: a create. */
  repeatable: boolean;
  /** For messages, like "create participant". */
  attempting: string;
  /** Where the API's address was set, where it was: a variable, or a key of the config. The client adds it. */
  addressName?: string;
  /** What to do about error codes that mean something else in this request than in others. */
  advice?: Advice;
}

/** What came back. */
export interface ApiAnswer {
  status: number;
  /** The parsed JSON object; empty when Twilio sent no content. */
  body: Record<string, unknown>;
  /** Twilio's own clock, in milliseconds. */
  serverNowMs: number;
  requestId?: string;
}

/** Whether a text is made of whole characters, as UTF-8 demands: without half of a surrogate pair. */
export function isWellFormed(text: string): boolean {
  return !/\p{Surrogate}/u.test(text);
}

/** The text with U+FFFD in place of each half of a character. */
export function wellFormed(text: string): string {
  return text.replaceAll(/\p{Surrogate}/gu, "\ufffd");
}

/** The header that tells Twilio whether a write fires webhooks. */
export function webhookHeader({
  webhookEnabled,
}: Pick<ApiRequest, "webhookEnabled">): Record<string, string> {
  return webhookEnabled === undefined ? {} : { "X-Twilio-Webhook-Enabled": String(webhookEnabled) };
}

/** A name as one segment of a path. */
export function pathSegment(name: string): string {
  if (isWellFormed(name)) return encodeURIComponent(name);
  throw new TwilioError(
    "A SID, name or identity holds half of a character (a lone surrogate), which no path can say. Nothing was sent.",
  );
}

/**
 * The URL of a request at this origin. Refuses a path that a URL parser would rewrite (`..` as an identity, a `?`
 * that was not encoded), because it would reach another route than the one meant.
 */
export function requestUrl(origin: string, { attempting, path, query }: ApiRequest): URL {
  const url = new URL(origin);
  url.pathname = path;
  if (!path.startsWith("/v1/") || url.pathname !== path || EMPTY_SEGMENT.test(path)) {
    throw new RequestError(
      `${attempting}: ${shownPath(path)}`,
      "is not a path of the API",
      "A SID, unique name or identity cannot be `.` or `..`, and no part of a path can be empty.",
    );
  }
  for (const [name, value] of Object.entries(query ?? {})) url.searchParams.set(name, String(value));
  return url;
}
