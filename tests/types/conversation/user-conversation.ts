import { Conversation, UserConversation } from "../../../provider";
import { userConversation } from "../../../provider/resources/conversation/user-conversation";
import { threeConversations } from "../conversations";
import { CH, IS } from "../sids";
import type { ValueSpecimen } from "../specimen";
import type { TypeTable } from "../type-table";

/** The members are the kind's to make: whoever a declaration names is one already. */
const specimen: ValueSpecimen = {
  definition: userConversation,
  resource: UserConversation,
  prepare: threeConversations,
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

export const userConversationTable: TypeTable = {
  lifecycle: { stack: "user conversations", specimen },
  everyField: {
    userSid: "alice",
    conversationSid: CH,
    notificationLevel: "muted",
    lastReadMessageIndex: 3,
    lastReadTimestamp: "2026-01-02T03:04:05Z",
    serviceSid: IS,
    account: "eu",
  },
  drifted: ({ desk }) => [
    {
      inputs: {
        conversationSid: desk,
        userSid: "standing",
        notificationLevel: "muted",
        lastReadMessageIndex: 1,
      },
      drifts: { notificationLevel: ["default"] },
    },
  ],
  reviewed: [
    {
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
  ],
  inConversation: { userSid: "alice", notificationLevel: "muted" },
  inEstate: {
    room: ({ name, place, guest }) => ({
      [`${name}-muted`]: {
        ...place,
        // The member's, so that this waits until the guest has joined.
        conversationSid: { $of: guest, output: "conversationSid" },
        userSid: guest,
        notificationLevel: "muted",
      },
    }),
  },
  writeLimit: "service",
  hasLookUp: false,
  path: `Services/${IS}/Users/alice/Conversations/${CH}`,
};
