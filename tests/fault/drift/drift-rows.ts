import type { Json } from "../../../provider/core/json";
import { driftInConversations } from "./drift-in-conversations";
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

/** The truth table: of every type, declarations that together declare each field which Twilio tells of. */
export function driftTable(world: World): Record<string, Declaration[]> {
  return { ...driftInConversations(world), ...ofServices(world), ...ofAccounts(world) };
}

function ofServices({ home, service, agent, lead, clerk, manager }: World): Record<string, Declaration[]> {
  const serviceSid = service;
  const permissions = ["sendMessage", "leaveConversation"];
  const text = { template: ["changed", ""], sound: ["changed", ""] };
  const group = (name: string, rows: Record<string, readonly Json[]>) =>
    Object.fromEntries(Object.entries(rows).map(([member, values]) => [`${name}.${member}`, values]));
  return {
    Service: [{ inputs: { friendlyName: "production" }, drifts: { friendlyName: ["changed"] } }],
    Role: [
      {
        inputs: { friendlyName: "a role", type: "conversation", permissions },
        drifts: {
          friendlyName: ["changed"],
          type: ["service"],
          permissions: [["sendMessage"], [...permissions, "addParticipant"], ["addParticipant"]],
        },
      },
    ],
    User: [
      {
        inputs: { identity: "dave", friendlyName: "Dave", attributes, roleSid: clerk },
        drifts: {
          identity: ["changed"],
          friendlyName: ["changed", null],
          attributes: otherAttributes,
          roleSid: [manager],
        },
      },
      { inputs: { identity: "erin" }, drifts: { roleSid: [manager] } },
    ],
    ServiceConfiguration: [
      {
        inputs: {
          serviceSid: home,
          defaultConversationCreatorRoleSid: agent,
          defaultConversationRoleSid: agent,
          defaultChatServiceRoleSid: clerk,
          reachabilityEnabled: true,
        },
        drifts: {
          defaultConversationCreatorRoleSid: [lead],
          defaultConversationRoleSid: [lead],
          defaultChatServiceRoleSid: [manager],
          reachabilityEnabled: [false],
        },
      },
    ],
    ServiceNotifications: [
      {
        inputs: {
          serviceSid,
          logEnabled: true,
          newMessage: {
            enabled: true,
            template: "a message",
            sound: "ring",
            badgeCountEnabled: true,
            withMedia: { enabled: true, template: "a picture" },
          },
          addedToConversation: { enabled: true, template: "welcome", sound: "ring" },
          removedFromConversation: { enabled: true, template: "goodbye", sound: "ring" },
        },
        drifts: {
          logEnabled: [false],
          ...group("newMessage", { ...text, enabled: [false], badgeCountEnabled: [false] }),
          ...group("newMessage.withMedia", { enabled: [false], template: ["changed", ""] }),
          ...group("addedToConversation", { ...text, enabled: [false] }),
          ...group("removedFromConversation", { ...text, enabled: [false] }),
        },
      },
    ],
    ServiceWebhooks: [{ inputs: { serviceSid, ...webhookSettings, method: "post" }, drifts: webhookDrifts }],
  };
}

const webhookSettings = { preWebhookUrl: HOOK, postWebhookUrl: HOOK, filters };
const webhookDrifts = {
  preWebhookUrl: [CHANGED_HOOK, null],
  postWebhookUrl: [CHANGED_HOOK, null],
  filters: [...otherFilters, null],
  method: ["GET", null],
};

function ofAccounts({ home, service, laterService }: World): Record<string, Declaration[]> {
  const secrets = { certificate: "a certificate", privateKey: "a key" };
  const inbox = { enabled: true, conversationServiceSid: service };
  return {
    Configuration: [
      {
        inputs: {
          defaultChatServiceSid: home,
          defaultMessagingServiceSid: sid("MG", 1),
          defaultInactiveTimer: "PT60M",
          defaultClosedTimer: "P1D",
        },
        drifts: {
          defaultChatServiceSid: [laterService],
          defaultMessagingServiceSid: [sid("MG", 2)],
          defaultInactiveTimer: ["PT2H", null],
          defaultClosedTimer: ["PT30H", null],
        },
      },
    ],
    Webhooks: [
      {
        inputs: { ...webhookSettings, method: "POST", target: "flex" },
        drifts: { ...webhookDrifts, target: ["webhook"] },
      },
    ],
    Credential: [
      {
        inputs: { type: "apn", friendlyName: "phones", sandbox: true, ...secrets },
        drifts: { type: ["gcm"], friendlyName: ["changed", null], sandbox: ["False"] },
      },
    ],
    AddressConfiguration: [
      {
        inputs: {
          type: "EMAIL",
          address: "support@example.com",
          addressCountry: "GB",
          friendlyName: "Support",
          autoCreation: {
            ...inbox,
            type: "webhook",
            webhookUrl: HOOK,
            webhookMethod: "post",
            webhookFilters: filters,
          },
        },
        drifts: {
          type: ["chat"],
          address: ["changed@example.com"],
          addressCountry: ["US", null],
          friendlyName: ["changed", null],
          "autoCreation.enabled": [false],
          "autoCreation.type": ["default"],
          "autoCreation.conversationServiceSid": [laterService],
          "autoCreation.webhookUrl": [CHANGED_HOOK],
          "autoCreation.webhookMethod": ["GET"],
          "autoCreation.webhookFilters": otherFilters,
        },
      },
      {
        inputs: {
          type: "chat",
          address: "desk",
          autoCreation: { ...inbox, type: "studio", studioFlowSid: FLOW, studioRetryCount: 2 },
        },
        drifts: {
          "autoCreation.studioFlowSid": [sid("FW", 2)],
          "autoCreation.studioRetryCount": [3, 0],
        },
      },
    ],
  };
}
