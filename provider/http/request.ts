import type { Hints } from "./hints";

/** The path where the account answers for itself. */
export const ACCOUNT_PATH = "/v1/Configuration";

/** One request of the Conversations API. */
export interface ApiRequest {
  method: "GET" | "POST" | "DELETE";
  /** Starts with /v1/; segments are percent-encoded. */
  path: string;
  query?: Record<string, string | number>;
  form?: [string, string][];
  /** Whether the write fires webhooks; undefined sends no header. */
  webhookEnabled?: boolean;
  /** True for a GET, DELETE or update, which can be repeated; false for a create. */
  repeatable: boolean;
  /** For messages, like "create participant". */
  attempting: string;
  /** Name of the variable or config key that set the API's address, if one did; the client adds it. */
  addressName?: string;
  /** Hints for error codes that mean something else in this request than elsewhere. */
  advice?: Hints;
}

/** Twilio's response. */
export interface ApiResponse {
  status: number;
  /** The parsed JSON object; empty when Twilio sent no content. */
  body: Record<string, unknown>;
  /** Twilio's clock, in milliseconds. */
  serverNowMs: number;
  requestId?: string;
}

/** Whether the text has no lone surrogates, as UTF-8 demands. */
export function isWellFormed(text: string): boolean {
  return !/\p{Surrogate}/u.test(text);
}

/** Replaces each lone surrogate with U+FFFD. */
export function wellFormed(text: string): string {
  return text.replaceAll(/\p{Surrogate}/gu, "\ufffd");
}

/** The header that tells Twilio whether a write fires webhooks. */
export function webhookHeader({
  webhookEnabled,
}: Pick<ApiRequest, "webhookEnabled">): Record<string, string> {
  return webhookEnabled === undefined ? {} : { "X-Twilio-Webhook-Enabled": String(webhookEnabled) };
}
