import * as pulumi from "@pulumi/pulumi";
import { Configuration, Webhooks } from "pulumi-twilio-conversations";

const eventsUrl = new pulumi.Config().get("eventsUrl") ?? "https://example.com/events";

// For conversations that have no timers of their own.
new Configuration("account", {
  defaultInactiveTimer: "PT12H",
  defaultClosedTimer: "P30D",
});

// For services that have no webhooks of their own.
new Webhooks("account", {
  postWebhookUrl: eventsUrl,
  method: "POST",
  filters: ["onConversationAdded", "onConversationStateUpdated", "onMessageAdded"],
});
