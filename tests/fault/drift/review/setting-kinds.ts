import type { Kind } from "./kinds";

const HOOK = "https://example.com/hook";
const [ONE, OTHER] = [1, 2].map((digit) => `MG${String(digit).repeat(32)}`);
const hooks = { preWebhookUrl: HOOK, postWebhookUrl: HOOK, filters: ["onMessageAdded"], method: "POST" };

/** What is there before any program, and is given back. */
export const settingKinds: readonly Kind[] = [
  {
    name: "UserConversation",
    type: "UserConversation",
    prepare: async ({ label, account, sids }) => {
      for (const conversation of [sids["desk"], sids["room"]])
        await account.post(`/Conversations/${conversation}/Participants`, { Identity: label });
    },
    args: ({ label, sids }) => ({
      conversationSid: sids["desk"],
      userSid: label,
      notificationLevel: "muted",
    }),
    updated: () => ({ notificationLevel: "default" }),
    dropped: () => ({ notificationLevel: undefined }),
    drift: () => ({ notification_level: "default" }),
    followed: () => ({ notificationLevel: "default" }),
    driftOf: ({ outputs }) => String(outputs["participantSid"]),
    replaced: ({ sids }) => ({ conversationSid: sids["room"] }),
  },
  {
    name: "ServiceConfiguration",
    type: "ServiceConfiguration",
    needs: "service",
    args: ({ sids }) => ({
      serviceSid: sids["service"],
      defaultConversationRoleSid: sids["agent"],
      reachabilityEnabled: true,
    }),
    updated: () => ({ reachabilityEnabled: false }),
    dropped: () => ({ reachabilityEnabled: undefined }),
    drift: ({ sids }) => ({ default_conversation_role_sid: sids["lead"] }),
    followed: ({ sids }) => ({ defaultConversationRoleSid: sids["lead"] }),
    driftOf: (_row, { sids }) => String(sids["service"]),
    replaced: ({ sids }) => ({
      serviceSid: sids["elsewhere"],
      defaultConversationRoleSid: sids["foreigner"],
    }),
  },
  {
    name: "ServiceNotifications",
    type: "ServiceNotifications",
    needs: "service",
    args: ({ sids }) => ({
      serviceSid: sids["service"],
      logEnabled: true,
      newMessage: { enabled: true, template: "first", sound: "ring" },
    }),
    updated: () => ({ newMessage: { enabled: true, template: "second", sound: "ring" } }),
    dropped: () => ({ newMessage: { enabled: true, template: "first" } }),
    drift: () => ({
      new_message: {
        enabled: true,
        template: "third",
        sound: "ring",
        badge_count_enabled: true,
        with_media: { enabled: false, template: "" },
      },
    }),
    followed: () => ({ newMessage: { enabled: true, template: "third", sound: "ring" } }),
    driftOf: (_row, { sids }) => String(sids["service"]),
    replaced: ({ sids }) => ({ serviceSid: sids["elsewhere"] }),
  },
  {
    name: "ServiceWebhooks",
    type: "ServiceWebhooks",
    needs: "service",
    args: ({ sids }) => ({ serviceSid: sids["service"], ...hooks }),
    updated: () => ({ preWebhookUrl: `${HOOK}/second` }),
    dropped: () => ({ preWebhookUrl: undefined }),
    drift: () => ({ post_webhook_url: `${HOOK}/third`, filters: ["onMessageAdded", "onUserAdded"] }),
    followed: () => ({ postWebhookUrl: `${HOOK}/third`, filters: ["onMessageAdded", "onUserAdded"] }),
    driftOf: (_row, { sids }) => String(sids["service"]),
    replaced: ({ sids }) => ({ serviceSid: sids["elsewhere"] }),
  },
  {
    name: "Configuration",
    type: "Configuration",
    needs: "account",
    args: ({ accounts }) => ({
      account: accounts[0],
      defaultMessagingServiceSid: ONE,
      defaultInactiveTimer: "PT60M",
    }),
    updated: () => ({ defaultMessagingServiceSid: OTHER }),
    dropped: () => ({ defaultInactiveTimer: undefined }),
    drift: () => ({ default_inactive_timer: "PT2H" }),
    followed: () => ({ defaultInactiveTimer: "PT2H" }),
    driftOf: (_row, { account }) => account.account.accountSid,
    replaced: ({ accounts }) => ({ account: accounts[1] }),
  },
  {
    name: "Webhooks",
    type: "Webhooks",
    needs: "account",
    args: ({ accounts }) => ({ account: accounts[0], ...hooks, target: "webhook" }),
    updated: () => ({ preWebhookUrl: `${HOOK}/second` }),
    dropped: () => ({ postWebhookUrl: undefined }),
    drift: () => ({ post_webhook_url: `${HOOK}/third` }),
    followed: () => ({ postWebhookUrl: `${HOOK}/third` }),
    driftOf: (_row, { account }) => account.account.accountSid,
    replaced: ({ accounts }) => ({ account: accounts[1] }),
  },
];
