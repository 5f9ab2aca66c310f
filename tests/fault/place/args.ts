import type { JsonObject } from "../../../provider/core/json";

/** What each resource in a conversation says besides. */
export const ARGS: Record<string, JsonObject> = {
  Participant: { identity: "bob" },
  Message: { body: "hello" },
  ConversationWebhook: {
    target: "webhook",
    configuration: { url: "https://example.com/hook", filters: ["onMessageAdded"] },
  },
  UserConversation: { userSid: "alice", notificationLevel: "muted" },
  Roster: { members: { carol: { identity: "carol" } } },
};
