import * as pulumi from "@pulumi/pulumi";
import {
  AddressConfiguration,
  Conversation,
  ConversationWebhook,
  Participant,
} from "pulumi-twilio-conversations";

// Until you set your own with `pulumi config set`, a flow that does not exist and numbers that nobody has.
const config = new pulumi.Config();
const flowSid = config.get("flowSid") ?? "FW00000000000000000000000000000001";
const supportNumber = config.get("supportNumber") ?? "+15005550001";
const customerNumber = config.get("customerNumber") ?? "+14155550102";

// Whoever texts the number and is in no conversation with it yet gets one of their own, and the flow takes over there.
const inbound = new AddressConfiguration("support-number", {
  type: "sms",
  address: supportNumber,
  friendlyName: "Support, by Studio",
  autoCreation: { enabled: true, type: "studio", studioFlowSid: flowSid, studioRetryCount: 3 },
});

// A customer with a conversation that stands gets no new one: the same flow is attached to theirs.
const conversation = new Conversation("gold-customer", {
  friendlyName: "Gold customer",
  uniqueName: "gold-customer",
});

const customer = new Participant("customer", {
  conversationSid: conversation.id,
  messagingBinding: { address: customerNumber, proxyAddress: supportNumber },
});

const bot = new ConversationWebhook("bot", {
  conversationSid: conversation.id,
  target: "studio",
  configuration: { flowSid },
});

export const addressSid = inbound.sid;
export const conversationSid = conversation.id;
export const customerSid = customer.sid;
export const botSid = bot.sid;
