import * as pulumi from "@pulumi/pulumi";
import { Conversation, ConversationWebhook, Service, ServiceWebhooks } from "pulumi-twilio-conversations";

// Where your handler answers. Until you set your own with `pulumi config set`, a host that nobody has.
const config = new pulumi.Config();
const handlerUrl = config.get("handlerUrl") ?? "https://hooks.example.com";

// Everything of the help desk apart from what else is in the account. Deleting it deletes all of it, so it is protected.
const service = new Service("help-desk", { friendlyName: "help desk with webhooks" }, { protect: true });
const serviceSid = service.id;

// For all its conversations: the handler is asked before a message is added, may change or refuse it, and is told of
// everyone who comes and goes. Twilio sends the events in `filters` and no others.
new ServiceWebhooks("help-desk", {
  serviceSid,
  method: "POST",
  preWebhookUrl: `${handlerUrl}/check`,
  postWebhookUrl: `${handlerUrl}/audit`,
  filters: ["onMessageAdd", "onParticipantAdded", "onParticipantRemoved"],
});

const conversation = new Conversation("vip", {
  serviceSid,
  friendlyName: "VIP customers",
  uniqueName: "vip",
});
const here = { serviceSid, conversationSid: conversation.id };

// For this conversation alone: what was written goes to the archive. The order of filters does not matter.
const archive = new ConversationWebhook("archive", {
  ...here,
  target: "webhook",
  configuration: {
    url: `${handlerUrl}/archive`,
    method: "post",
    filters: ["onMessageAdded", "onMessageUpdated", "onMessageRemoved"],
  },
});

// What becomes of messages that leave by SMS or WhatsApp.
const deliveries = new ConversationWebhook("deliveries", {
  ...here,
  target: "webhook",
  configuration: { url: `${handlerUrl}/deliveries`, filters: ["onDeliveryUpdated"] },
});

// Called only when a message holds one of these words.
const escalation = new ConversationWebhook("escalation", {
  ...here,
  target: "trigger",
  configuration: { url: `${handlerUrl}/escalate`, triggers: ["urgent", "complaint", "refund"] },
});

export { serviceSid };
export const conversationSid = conversation.id;
export const webhookSids = { archive: archive.sid, deliveries: deliveries.sid, escalation: escalation.sid };
