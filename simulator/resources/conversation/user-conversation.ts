import { findConversation, refuseUneditableParent } from "../../rules/conversations";
import { NotFoundError } from "../../rules/errors";
import { choice, dateTime, integer, type Values } from "../../rules/fields";
import type { Call, Plan, View } from "../../rules/world";
import { memberKey } from "../../state/account-state";
import { removeParticipant } from "../../state/removal";
import type { JsonObject, ParticipantRow, UserRow } from "../../state/rows";
import { collection, listing, write } from "../collection";
import { findUser } from "../user";

const updateFields = {
  NotificationLevel: choice<"default" | "muted">(["default", "muted"], 50210),
  LastReadTimestamp: dateTime(50405),
  LastReadMessageIndex: integer({ code: 50421, isNullable: true }),
};

function planUpdate(call: Call, values: Values<typeof updateFields>, row: ParticipantRow): Plan {
  refuseUneditableParent(call, row);
  const fields: Partial<ParticipantRow> = { date_updated: call.clock.nowText() };
  if (values.NotificationLevel !== undefined) fields.notification_level = values.NotificationLevel;
  if (values.LastReadTimestamp !== undefined) fields.last_read_timestamp = values.LastReadTimestamp;
  if (values.LastReadMessageIndex !== undefined) fields.last_read_message_index = values.LastReadMessageIndex;
  return { row, commit: () => call.account.participants.patch(row, fields) };
}

/** A participant as seen from its user; both share one row. */
function renderUserConversation(row: ParticipantRow, view: View): JsonObject {
  const conversation = view.account.conversations.get(row.conversation_sid);
  const user = view.account.users.having("identity", memberKey(row.chat_service_sid, row.identity) ?? "")[0];
  const conversationUrl = `${view.base}/Conversations/${row.conversation_sid}`;
  const read = row.last_read_message_index;
  return {
    account_sid: row.account_sid,
    chat_service_sid: row.chat_service_sid,
    conversation_sid: row.conversation_sid,
    unread_messages_count:
      read === null ? null : Math.max(0, (conversation?.next_message_index ?? 0) - read - 1),
    last_read_message_index: read,
    participant_sid: row.sid,
    user_sid: user?.sid ?? null,
    friendly_name: conversation?.friendly_name ?? null,
    conversation_state: conversation?.state ?? null,
    timers: { ...conversation?.timers },
    attributes: conversation?.attributes ?? "{}",
    date_created: conversation?.date_created ?? null,
    date_updated: conversation?.date_updated ?? null,
    created_by: conversation?.created_by ?? null,
    notification_level: row.notification_level,
    unique_name: conversation?.unique_name ?? null,
    url: `${view.base}/Users/${user?.sid}/Conversations/${row.conversation_sid}`,
    links: { participant: `${conversationUrl}/Participants/${row.sid}`, conversation: conversationUrl },
  };
}

function parentUser(call: Call): UserRow {
  const user = findUser(call, call.service, call.parameters["UserSid"] ?? "");
  if (!user) throw new NotFoundError(call.shownPath);
  return user;
}

export const userConversationRoutes = collection<UserRow, ParticipantRow>({
  name: "UserConversation",
  scope: "both",
  path: "/Users/{UserSid}/Conversations",
  key: "conversations",
  idParameter: "ConversationSid",
  pageSize: { default: 50, max: 50 },
  parent: parentUser,
  find: (call, user, id) => {
    const conversation = findConversation(call, id);
    const key = conversation && memberKey(conversation.sid, user.identity);
    return key ? call.account.participants.having("member", key)[0] : undefined;
  },
  list: listing({}, (call, _none, user: UserRow) => {
    const key = memberKey(user.chat_service_sid, user.identity) ?? "";
    return { rows: call.account.participants.having("identity", key) };
  }),
  update: write(updateFields, planUpdate),
  remove: (call, row) => {
    if (call.switches.closedParticipantDelete === "refuse") refuseUneditableParent(call, row);
    return { row, commit: () => removeParticipant(call.account, row) };
  },
  render: renderUserConversation,
});
