import {
  attributes,
  CHANGED_HOOK,
  type Declaration,
  FLOW,
  filters,
  HOOK,
  otherAttributes,
  otherFilters,
  sid,
  type World,
} from "./drift-world";

/** The rows of what Twilio keeps in conversations. */
export function driftInConversations({ desk, agent, lead }: World): Record<string, Declaration[]> {
  const conversationSid = desk;
  const address = { address: "+15005550006", proxyAddress: "+15005550001" };
  return {
    Conversation: [
      {
        inputs: {
          uniqueName: "support",
          friendlyName: "Support",
          attributes,
          messagingServiceSid: sid("MG", 1),
          state: "active",
          timers: { inactive: "PT12H", closed: "P30D" },
          bindings: { email: { address: "support@example.com", name: "Support" } },
        },
        drifts: {
          uniqueName: ["changed", null],
          friendlyName: ["changed", null],
          attributes: otherAttributes,
          messagingServiceSid: [sid("MG", 2), null],
          "bindings.email.address": ["changed@example.com"],
          "bindings.email.name": ["changed"],
          state: ["closed"],
        },
      },
    ],
    Participant: [
      {
        inputs: { conversationSid, identity: "alice", attributes, roleSid: agent, lastReadMessageIndex: 1 },
        drifts: { identity: ["changed"], attributes: otherAttributes, roleSid: [lead] },
      },
      // The role that Twilio gave is watched, too.
      { inputs: { conversationSid, identity: "bob" }, drifts: { roleSid: [lead] } },
      {
        inputs: { conversationSid, messagingBinding: address },
        drifts: {
          "messagingBinding.address": ["+15005550009"],
          "messagingBinding.proxyAddress": ["+15005550002"],
        },
      },
      {
        inputs: {
          conversationSid,
          identity: "carol",
          messagingBinding: { projectedAddress: "+15005550003" },
        },
        drifts: { "messagingBinding.projectedAddress": ["+15005550004"] },
      },
    ],
    UserConversation: [
      {
        inputs: { conversationSid, userSid: "standing", notificationLevel: "muted", lastReadMessageIndex: 1 },
        drifts: { notificationLevel: ["default"] },
      },
    ],
    Message: [
      {
        inputs: { conversationSid, author: "support", body: "Hello", attributes, subject: "Hours" },
        drifts: { author: ["changed"], body: ["changed", null], attributes: otherAttributes },
      },
      // Without resend these are told, and no drift.
      {
        inputs: { conversationSid, mediaSid: sid("ME", 1), resend: true },
        drifts: { mediaSid: [[{ sid: sid("ME", 2) }], null] },
      },
      {
        inputs: { conversationSid, contentSid: sid("HX", 1), resend: true },
        drifts: { contentSid: [sid("HX", 2), null] },
      },
    ],
    ConversationWebhook: [
      {
        inputs: { conversationSid, target: "webhook", configuration: { url: HOOK, method: "POST", filters } },
        drifts: {
          target: ["trigger"],
          "configuration.url": [CHANGED_HOOK],
          "configuration.method": ["get"],
          "configuration.filters": otherFilters,
        },
      },
      {
        inputs: {
          conversationSid,
          target: "trigger",
          configuration: { url: HOOK, triggers: ["help", "agent"] },
        },
        drifts: { "configuration.triggers": [["help"], ["agent", "human"]] },
      },
      {
        inputs: { conversationSid, target: "studio", configuration: { flowSid: FLOW, replayAfter: 2 } },
        drifts: { "configuration.flowSid": [sid("FW", 2)] },
      },
    ],
  };
}
