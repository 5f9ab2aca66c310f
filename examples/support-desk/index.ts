import * as pulumi from "@pulumi/pulumi";
import { Conversation, Participant, Role } from "pulumi-twilio-conversations";

// Two phone numbers: one of your Twilio account, and one of a customer. Until you set your own with
// `pulumi config set`, these are numbers that Twilio keeps for tests.
const config = new pulumi.Config();
const supportNumber = config.get("supportNumber") ?? "+15005550001";
const customerNumber = config.get("customerNumber") ?? "+15005550006";

// What a member may do comes from its role.
const agent = new Role("agent", {
  friendlyName: "support agent",
  type: "conversation",
  permissions: ["sendMessage", "sendMediaMessage", "editOwnMessage", "leaveConversation"],
});

const lead = new Role("lead", {
  friendlyName: "support lead",
  type: "conversation",
  permissions: [
    "sendMessage",
    "sendMediaMessage",
    "editOwnMessage",
    "editAnyMessage",
    "addParticipant",
    "removeParticipant",
    "leaveConversation",
  ],
});

const conversation = new Conversation("eu-support", {
  friendlyName: "EU support",
  uniqueName: "eu-support",
  attributes: { region: "eu" },
});

// The members. `conversation.id` is the SID that Twilio gives the conversation.
const alice = new Participant("alice", {
  conversationSid: conversation.id,
  identity: "alice",
  roleSid: agent.id,
  attributes: { team: "support", languages: ["de", "en"] },
});

const bob = new Participant("bob", {
  conversationSid: conversation.id,
  identity: "bob",
  roleSid: agent.id,
  attributes: { team: "support", languages: ["fr"] },
});

const onCall = new Participant("on-call", {
  conversationSid: conversation.id,
  identity: "carol",
  roleSid: lead.id,
  attributes: { team: "support", escalation: true },
});

// Someone without the app: texts to the support number reach the conversation, and its messages reach them.
const customer = new Participant("customer", {
  conversationSid: conversation.id,
  messagingBinding: { address: customerNumber, proxyAddress: supportNumber },
  attributes: { tier: "gold" },
});

export const conversationSid = conversation.id;
export const roleSids = { agent: agent.id, lead: lead.id };
export const memberSids = {
  alice: alice.id,
  bob: bob.id,
  onCall: onCall.id,
  customer: customer.id,
};
