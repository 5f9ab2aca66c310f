import { Conversation, UserConversation } from "../../../provider";
import { userConversation } from "../../../provider/resources/conversation/user-conversation";
import type { ValueSpecimen } from "../specimen";

/** The members are the kind's to make: whoever a declaration names is one already. */
export const userConversationSpecimen: ValueSpecimen = {
  definition: userConversation,
  resource: UserConversation,
  prepare: async ({ account, servicePath }) => {
    const otherService = await account.service("another");
    return {
      otherService,
      home: await account.conversation("home", servicePath),
      away: await account.conversation("away", servicePath),
      abroad: await account.conversation("abroad", `/Services/${otherService.sid}`),
    };
  },
  declare: (userSid, { rows }) => ({
    userSid,
    conversationSid: rows["home"]?.["unique_name"],
    notificationLevel: "muted",
    lastReadMessageIndex: 1,
    lastReadTimestamp: "2026-01-01T00:00:00Z",
  }),
  updates: {
    notificationLevel: () => ({ value: "default", form: { NotificationLevel: "default" } }),
    lastReadMessageIndex: () => ({ value: 7, form: { LastReadMessageIndex: "7" } }),
    lastReadTimestamp: () => ({
      value: "2026-02-01T00:00:00Z",
      form: { LastReadTimestamp: "2026-02-01T00:00:00Z" },
    }),
  },
  replacements: {
    serviceSid: (_label, { rows }) => ({
      with: { serviceSid: rows["otherService"]?.sid, conversationSid: rows["abroad"]?.sid },
    }),
    userSid: (label) => `${label} again`,
    conversationSid: (_label, { rows }) => rows["away"]?.sid,
  },
  drifts: {
    notificationLevel: () => ({ fields: { notification_level: "default" }, keys: ["notificationLevel"] }),
  },
  withUnknowns:
    ({ place }) =>
    (declare) => {
      const { id: parent } = declare(Conversation, "parent", place);
      declare(UserConversation, "child", { ...place, userSid: parent, conversationSid: parent });
    },
};
