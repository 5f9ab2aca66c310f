import { CHANGED_HOOK, filters, HOOK, otherFilters } from "./drifted";
import { type Args, url } from "./in-estate";

/** What the webhooks of the account and those of a service have alike. */
export const webhookSettings = { preWebhookUrl: HOOK, postWebhookUrl: HOOK, filters };
export const webhookDrifts = {
  preWebhookUrl: [CHANGED_HOOK, null],
  postWebhookUrl: [CHANGED_HOOK, null],
  filters: [...otherFilters, null],
  method: ["GET", null],
};

export function settingsInEstate(name: string): Args {
  return { postWebhookUrl: url(name), method: "POST", filters: ["onMessageAdded"] };
}
