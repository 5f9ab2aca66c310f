import type { Hints } from "./hints";

/** Where the account answers for itself. */
export const ACCOUNT_PATH = "/v1/Configuration";

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
  advice?: Hints;
}

/** What came back. */
export interface ApiResponse {
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
