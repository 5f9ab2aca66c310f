// Compiled like right.ts: where the text is empty, an editor offers the words that are known.
import {
  AddressConfiguration,
  Conversation,
  ConversationWebhook,
  Role,
  ServiceWebhooks,
  UserConversation,
} from "pulumi-twilio-conversations";

export const programs = [
  () => new Role("a", { friendlyName: "a", type: "service", permissions: ["" /* createConversation */] }),
  () => new Role("a", { friendlyName: "a", type: "" /* conversation */, permissions: [] }),
  () => new Conversation("a", { state: "" /* closed */ }),
  () => new ServiceWebhooks("a", { serviceSid: "IS", filters: ["" /* onMessageAdd */], method: "POST" }),
  () => new ServiceWebhooks("a", { serviceSid: "IS", method: "" /* GET */ }),
  () =>
    new ConversationWebhook("a", {
      conversationSid: "CH",
      target: "webhook",
      configuration: { url: "https://example.com", filters: ["" /* onParticipantAdded */] },
    }),
  () =>
    new UserConversation("a", { conversationSid: "CH", userSid: "US", notificationLevel: "" /* muted */ }),
  () => new AddressConfiguration("a", { type: "" /* whatsapp */, address: "+1" }),
];
