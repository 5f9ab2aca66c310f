import { type JsonObject, toPlain } from "../../../../provider/core/json";
import { CH, IS, RL, sidOf } from "./samples";

const HOOK = "https://example.com/hook";
const EVENTS = ["onMessageAdded", "onMessageRemoved"];

const DECLARATIONS: Readonly<Record<string, JsonObject>> = {
  Participant: {
    conversationSid: CH,
    identity: "alice",
    messagingBinding: {
      address: "+14155550123",
      proxyAddress: "+14155550100",
      projectedAddress: "+14155550111",
    },
    attributes: { team: "support" },
    roleSid: RL,
    dateCreated: "2026-01-02T03:04:05Z",
    dateUpdated: "2026-01-02T03:04:05Z",
    lastReadMessageIndex: 3,
    lastReadTimestamp: "2026-01-02T03:04:05Z",
    groupMms: true,
    webhookEnabled: true,
    serviceSid: IS,
    account: "eu",
    adopt: "always",
  },
  Conversation: {
    friendlyName: "EU support",
    uniqueName: "eu-support",
    attributes: { region: "eu" },
    messagingServiceSid: sidOf("MG"),
    state: "active",
    timers: { inactive: "PT30M", closed: "P1D" },
    bindings: { email: { address: "eu@example.com", name: "EU" } },
    dateCreated: "2026-01-02T03:04:05Z",
    dateUpdated: "2026-01-02T03:04:05Z",
    onClosed: "fail",
    autoName: "project-stack-eu",
    webhookEnabled: true,
    serviceSid: IS,
    account: "eu",
    adopt: "always",
  },
  ConversationWebhook: {
    conversationSid: CH,
    target: "webhook",
    configuration: {
      url: HOOK,
      method: "post",
      filters: EVENTS,
      triggers: ["help", "agent"],
      flowSid: sidOf("FW"),
      replayAfter: 7,
    },
    serviceSid: IS,
    account: "eu",
    adopt: "always",
  },
  AddressConfiguration: {
    type: "sms",
    address: "+14155550100",
    addressCountry: "GB",
    friendlyName: "support",
    autoCreation: {
      enabled: true,
      type: "webhook",
      conversationServiceSid: IS,
      webhookUrl: HOOK,
      webhookMethod: "post",
      webhookFilters: EVENTS,
      studioFlowSid: sidOf("FW"),
      studioRetryCount: 2,
    },
    account: "eu",
    adopt: "always",
  },
  Credential: {
    type: "apn",
    friendlyName: "phones",
    certificate: "-----BEGIN CERTIFICATE-----",
    privateKey: "-----BEGIN RSA PRIVATE KEY-----",
    sandbox: true,
    apiKey: "an API key",
    secret: "a server key",
    account: "eu",
    adopt: "always",
  },
  Message: {
    conversationSid: CH,
    author: "support",
    body: "We are here from 9 to 17.",
    attributes: { kind: "notice" },
    subject: "Opening hours",
    dateCreated: "2026-01-02T03:04:05Z",
    dateUpdated: "2026-01-02T03:04:05Z",
    mediaSid: sidOf("ME"),
    contentSid: sidOf("HX"),
    contentVariables: '{"1":"Alice"}',
    resend: true,
    webhookEnabled: true,
    serviceSid: IS,
    account: "eu",
    adopt: "always",
  },
  Role: {
    friendlyName: "agent",
    type: "conversation",
    permissions: ["sendMessage", "leaveConversation"],
    serviceSid: IS,
    account: "eu",
    adopt: "always",
  },
  Service: { friendlyName: "production", account: "eu", adopt: "always" },
  ServiceConfiguration: {
    defaultConversationCreatorRoleSid: RL,
    defaultConversationRoleSid: RL,
    defaultChatServiceRoleSid: RL,
    reachabilityEnabled: true,
    serviceSid: IS,
    account: "eu",
  },
  UserConversation: {
    userSid: "alice",
    conversationSid: CH,
    notificationLevel: "muted",
    lastReadMessageIndex: 3,
    lastReadTimestamp: "2026-01-02T03:04:05Z",
    serviceSid: IS,
    account: "eu",
  },
  ServiceNotifications: {
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
    serviceSid: IS,
    account: "eu",
  },
  ServiceWebhooks: {
    preWebhookUrl: "https://example.com/pre",
    postWebhookUrl: "https://example.com/post",
    filters: ["onMessageAdd", "onMessageAdded"],
    method: "POST",
    serviceSid: IS,
    account: "eu",
  },
  Configuration: {
    defaultChatServiceSid: IS,
    defaultMessagingServiceSid: sidOf("MG"),
    defaultInactiveTimer: "PT30M",
    defaultClosedTimer: "P1D",
    account: "eu",
  },
  Webhooks: {
    preWebhookUrl: "https://example.com/pre",
    postWebhookUrl: "https://example.com/post",
    filters: ["onMessageAdd", "onMessageAdded"],
    method: "POST",
    target: "flex",
    account: "eu",
  },
  User: {
    identity: "alice",
    friendlyName: "Alice",
    attributes: { team: "support" },
    roleSid: RL,
    webhookEnabled: true,
    serviceSid: IS,
    account: "eu",
    adopt: "always",
  },
};

/** What is otherwise where not all fields of a type can stand together: in some declaration each can. */
const ALTERNATIVES: Readonly<Record<string, JsonObject[]>> = {
  Participant: [
    { messagingBinding: undefined },
    { identity: undefined, messagingBinding: { address: "+14155550123", proxyAddress: "+14155550100" } },
  ],
  Message: [
    { contentSid: undefined, contentVariables: undefined },
    { body: undefined, mediaSid: undefined },
  ],
  Credential: [
    { apiKey: undefined, secret: undefined },
    { type: "gcm", certificate: undefined, privateKey: undefined, sandbox: undefined, secret: undefined },
    { type: "fcm", certificate: undefined, privateKey: undefined, sandbox: undefined, apiKey: undefined },
  ],
  ConversationWebhook: [
    { configuration: { url: HOOK, method: "post", filters: EVENTS, replayAfter: 7 } },
    { target: "trigger", configuration: { url: HOOK, method: "post", triggers: ["help"], replayAfter: 7 } },
    { target: "studio", configuration: { flowSid: sidOf("FW"), replayAfter: 7 } },
  ],
  AddressConfiguration: [
    {
      autoCreation: {
        enabled: true,
        type: "webhook",
        conversationServiceSid: IS,
        webhookUrl: HOOK,
        webhookMethod: "post",
        webhookFilters: EVENTS,
      },
    },
    { autoCreation: { enabled: true, type: "studio", studioFlowSid: sidOf("FW"), studioRetryCount: 2 } },
  ],
};

/** Inputs that declare every field of a type once, as its users write them. */
export function everyField(type: string): JsonObject {
  const inputs = DECLARATIONS[type];
  if (inputs === undefined) throw new Error(`no declaration of every field of ${type}`);
  return structuredClone(inputs);
}

/** Declarations of a type that a check accepts, with as many fields as can stand together. */
export function acceptedDeclarations(type: string): JsonObject[] {
  return (ALTERNATIVES[type] ?? [{}]).map(
    (alternative) => toPlain({ ...everyField(type), ...alternative }) as JsonObject,
  );
}
