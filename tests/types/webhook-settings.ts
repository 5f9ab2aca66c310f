import { CHANGED_HOOK, filters, HOOK, otherFilters } from "./drifted";

/** What the webhooks of the account and those of a service have alike. */
export const webhookSettings = { preWebhookUrl: HOOK, postWebhookUrl: HOOK, filters };
export const webhookDrifts = {
  preWebhookUrl: [CHANGED_HOOK, null],
  postWebhookUrl: [CHANGED_HOOK, null],
  filters: [...otherFilters, null],
  method: ["GET", null],
};
