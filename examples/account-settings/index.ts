import * as pulumi from "@pulumi/pulumi";
import { Configuration, Webhooks } from "pulumi-twilio-conversations";

// No default: a wrong one would take the events away from whoever gets them now.
const eventsUrl = new pulumi.Config().require("eventsUrl");

// For conversations of every service that have no timer of their own. `inactive` passes with the next message.
// `defaultClosedTimer` is left out on purpose: it would close conversations all over the account, and closing is final.
new Configuration("account", { defaultInactiveTimer: "PT12H" });

// For services that have no webhooks of their own.
new Webhooks("account", {
  postWebhookUrl: eventsUrl,
  method: "POST",
  filters: ["onConversationAdded", "onConversationStateUpdated", "onMessageAdded"],
});
