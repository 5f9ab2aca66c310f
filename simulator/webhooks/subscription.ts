import type { AccountState } from "../state/account-state";
import type { ScopedWebhookRow, WebhookConfigurationRow } from "../state/rows";

export interface Target {
  url: string;
  method: "GET" | "POST";
}

/** The pre-webhook for an event: the service's own, else the account's. */
export function askedTarget(account: AccountState, serviceSid: string, event: string): Target | undefined {
  const configuration = configurationOf(account, serviceSid);
  return target(configuration, configuration.pre_webhook_url, event);
}

/** The receivers of an event: the post-webhook of service or account, and the conversation's webhooks. */
export function toldTargets(
  account: AccountState,
  serviceSid: string,
  scopedWebhooks: readonly ScopedWebhookRow[],
  event: string,
  fields: Readonly<Record<string, string>>,
): Target[] {
  const configuration = configurationOf(account, serviceSid);
  const shared = target(configuration, configuration.post_webhook_url, event);
  const scoped = scopedWebhooks
    .filter((webhook) => isInterested(webhook, event, fields))
    .map(({ configuration: own }): Target => {
      return { url: String(own["url"]), method: own["method"] === "get" ? "GET" : "POST" };
    });
  return shared ? [shared, ...scoped] : scoped;
}

/** A service with a webhook of its own does not use the account's. */
function configurationOf(account: AccountState, serviceSid: string): WebhookConfigurationRow {
  const own = account.serviceWebhooks.get(serviceSid);
  return own && (own.pre_webhook_url !== null || own.post_webhook_url !== null) ? own : account.webhooks;
}

function target(
  { filters, method }: WebhookConfigurationRow,
  url: string | null,
  event: string,
): Target | undefined {
  if (url === null || !filters?.includes(event)) return undefined;
  return { url, method: method === "GET" ? "GET" : "POST" };
}

/** Studio flows run at Twilio; the simulator does not imitate them. */
function isInterested(
  { target: kind, configuration }: ScopedWebhookRow,
  event: string,
  fields: Readonly<Record<string, string>>,
): boolean {
  const words = (key: string): string[] => (configuration[key] as string[] | undefined) ?? [];
  if (kind === "webhook") return words("filters").includes(event);
  if (kind !== "trigger" || event !== "onMessageAdded") return false;
  const body = (fields["Body"] ?? "").toLowerCase();
  return words("triggers").some((trigger) => body.includes(trigger.toLowerCase()));
}
