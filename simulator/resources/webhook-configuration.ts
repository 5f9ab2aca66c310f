import { CodedError } from "../rules/errors";
import { choice, choiceOfAnyCase, type Values } from "../rules/fields";
import { eventWords, filterList, webhookUrl } from "../rules/webhook-fields";
import type { AccountWebhookRow, ServiceWebhookRow, WebhookConfigurationRow } from "../state/rows";
import { write } from "./collection";
import { singleton } from "./singleton";

const fields = {
  PreWebhookUrl: webhookUrl(50077),
  PostWebhookUrl: webhookUrl(50078),
  Filters: filterList(eventWords, 50054),
  Method: choiceOfAnyCase(["GET", "POST"], 50055),
};
const accountFields = { ...fields, Target: choice(["webhook", "flex"]) };

function changes(values: Values<typeof fields>): Partial<WebhookConfigurationRow> {
  const changed: Partial<WebhookConfigurationRow> = {};
  if (values.PreWebhookUrl !== undefined) changed.pre_webhook_url = values.PreWebhookUrl || null;
  if (values.PostWebhookUrl !== undefined) changed.post_webhook_url = values.PostWebhookUrl || null;
  if (values.Filters !== undefined) changed.filters = values.Filters.filter((word) => word !== "");
  if (values.Method !== undefined) changed.method = values.Method;
  return changed;
}

export const accountWebhookRoutes = singleton<AccountWebhookRow>({
  name: "AccountWebhooks",
  scope: "account",
  path: "/Configuration/Webhooks",
  find: (call) => call.account.webhooks,
  update: write(accountFields, (_call, values, row: AccountWebhookRow) => {
    const changed: Partial<AccountWebhookRow> = changes(values);
    if (values.Target !== undefined) changed.target = values.Target;
    return { row, commit: () => Object.assign(row, changed) };
  }),
  render: (row, view) => ({ ...row, url: `${view.base}/Configuration/Webhooks` }),
});

export const serviceWebhookRoutes = singleton<ServiceWebhookRow>({
  name: "ServiceWebhooks",
  scope: "service",
  path: "/Configuration/Webhooks",
  find: (call) => {
    const row = call.account.serviceWebhooks.get(call.service.sid);
    if (!row) throw new CodedError(50050);
    return row;
  },
  update: write(fields, (_call, values, row: ServiceWebhookRow) => {
    return { row, commit: () => Object.assign(row, changes(values)) };
  }),
  render: (row, view) => ({ ...row, url: `${view.base}/Configuration/Webhooks` }),
});
