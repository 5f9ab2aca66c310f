import type { Call } from "../rules/world";
import type { JsonObject } from "../state/rows";
import type { WebhookEvent } from "../webhooks/subject";

export type Operation = "create" | "list" | "fetch" | "update" | "delete";
/** Where a resource's paths are: account-wide, under `/Services/{IS}`, or under both. */
export type Scope = "account" | "service" | "both";

/** One operation of the API; of HTTP it knows only method and status. */
export interface Route {
  readonly resource: string;
  readonly operation: Operation;
  readonly method: "GET" | "POST" | "DELETE";
  /** As in the OpenAPI document: `/v1/Conversations/{ConversationSid}/Participants`. */
  readonly template: string;
  readonly isScoped: boolean;
  /** Whether it belongs to no service, not even the default one. */
  readonly isAccountWide: boolean;
  /** The form fields that it reads. */
  readonly fields: readonly string[];
  /** Checks everything and changes nothing; `commit` then does the work, and `body` shows the result. */
  prepare(call: Call): Prepared;
}

export interface Prepared {
  readonly status: number;
  body(): JsonObject | undefined;
  commit?(): void;
  /** What webhooks learn about this write, if any. */
  readonly event?: WebhookEvent;
}

const serviceSegment = "/Services/{ChatServiceSid}";

/** The paths of a resource, each with its scope. */
export function templates(
  scope: Scope,
  path: string,
): Pick<Route, "template" | "isScoped" | "isAccountWide">[] {
  const isAccountWide = scope === "account";
  const short = { template: `/v1${path}`, isScoped: false, isAccountWide };
  const scoped = { template: `/v1${serviceSegment}${path}`, isScoped: true, isAccountWide };
  if (scope === "account") return [short];
  return scope === "service" ? [scoped] : [short, scoped];
}
