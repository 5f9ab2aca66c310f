import { parentConversation, refuseUneditable, refuseUneditableParent } from "../../rules/conversations";
import { CodedError } from "../../rules/errors";
import { attributes, dateTime, type Field, integer, text, type Values } from "../../rules/fields";
import { ensureUser } from "../../rules/members/identities";
import { refuseFull, refuseMemberByIdentity } from "../../rules/members/membership";
import { bindingOf } from "../../rules/members/messaging-binding";
import { checkRole } from "../../rules/roles";
import type { Call, Plan, View } from "../../rules/world";
import { isSid } from "../../sid";
import { memberKey } from "../../state/account-state";
import { removeParticipant } from "../../state/removal";
import type { ConversationRow, JsonObject, ParticipantRow } from "../../state/rows";
import { participantSubject } from "../../webhooks/subject";
import { collection, listing, write } from "../collection";
import { changedBinding } from "./participant-binding";

const roleSid: Field<string> = {
  many: false,
  read: ([sid = ""]) => {
    if (!isSid(sid, "RL")) throw new CodedError(50109);
    return sid;
  },
};

const createFields = {
  Identity: text(),
  Attributes: attributes,
  "MessagingBinding.Address": text(),
  "MessagingBinding.ProxyAddress": text(),
  "MessagingBinding.ProxyAddressFallback": text(),
  "MessagingBinding.ProjectedAddress": text(),
  "MessagingBinding.Type": text(),
  "MessagingBinding.Level": text(),
  "MessagingBinding.Name": text(),
  RoleSid: roleSid,
  DateCreated: dateTime(50308),
  DateUpdated: dateTime(50309),
};

const updateFields = {
  Attributes: createFields.Attributes,
  Identity: text(),
  "MessagingBinding.ProxyAddress": text(),
  "MessagingBinding.ProjectedAddress": text(),
  RoleSid: roleSid,
  LastReadMessageIndex: integer({ code: 50421, isNullable: true }),
  LastReadTimestamp: dateTime(50405),
  DateCreated: dateTime(50308),
  DateUpdated: dateTime(50309),
};

const roleCodes = { missing: 50109, wrongType: 50109 } as const;

/** Plans a new member, checked against the existing and planned ones. */
export function planParticipant(
  call: Call,
  values: Values<typeof createFields>,
  conversation: ConversationRow,
  members: readonly ParticipantRow[],
): Plan<ParticipantRow> {
  refuseUneditable(conversation);
  const { account } = call;
  const identity = values.Identity || null;
  const binding = bindingOf(call, conversation, members, {
    identity: values.Identity,
    address: values["MessagingBinding.Address"],
    proxyAddress: values["MessagingBinding.ProxyAddress"],
    proxyAddressFallback: values["MessagingBinding.ProxyAddressFallback"],
    projectedAddress: values["MessagingBinding.ProjectedAddress"],
    type: values["MessagingBinding.Type"],
    level: values["MessagingBinding.Level"],
    name: values["MessagingBinding.Name"],
  });
  if (identity !== null) refuseMemberByIdentity(call, conversation, members, identity);
  refuseFull(call, members, identity);
  const serviceSid = conversation.chat_service_sid;
  const now = call.clock.nowText();
  const row: ParticipantRow = {
    sid: call.newSid("MB"),
    order: 0,
    account_sid: conversation.account_sid,
    chat_service_sid: serviceSid,
    conversation_sid: conversation.sid,
    identity,
    attributes: values.Attributes ?? "{}",
    messaging_binding: binding,
    role_sid: values.RoleSid ? checkRole(call, serviceSid, values.RoleSid, "conversation", roleCodes) : null,
    last_read_message_index: null,
    last_read_timestamp: null,
    notification_level: "default",
    date_created: values.DateCreated ?? now,
    date_updated: values.DateUpdated ?? values.DateCreated ?? now,
  };
  // A native group-MMS member has no role in Twilio's own example; all others get the default.
  const isNative = binding?.type === "sms" && identity === null && binding.proxy_address === undefined;
  if (!isNative)
    row.role_sid ??= account.serviceConfigurations.get(serviceSid)?.default_conversation_role_sid ?? null;
  return {
    row,
    commit: () => {
      if (identity !== null) ensureUser(call, serviceSid, identity);
      account.participants.insert(row);
    },
  };
}

function planUpdate(call: Call, values: Values<typeof updateFields>, row: ParticipantRow): Plan {
  const { account } = call;
  refuseUneditableParent(call, row);
  const fields: Partial<ParticipantRow> = changedBinding(call, row, {
    identity: values.Identity,
    proxyAddress: values["MessagingBinding.ProxyAddress"],
    projectedAddress: values["MessagingBinding.ProjectedAddress"],
  });
  if (values.Attributes !== undefined) fields.attributes = values.Attributes;
  if (values.RoleSid !== undefined) {
    fields.role_sid = checkRole(call, row.chat_service_sid, values.RoleSid, "conversation", roleCodes);
  }
  if (values.LastReadMessageIndex !== undefined) fields.last_read_message_index = values.LastReadMessageIndex;
  if (values.LastReadTimestamp !== undefined) fields.last_read_timestamp = values.LastReadTimestamp;
  if (values.DateCreated !== undefined) fields.date_created = values.DateCreated;
  fields.date_updated = values.DateUpdated ?? call.clock.nowText();
  return {
    row,
    commit: () => {
      if (fields.identity) ensureUser(call, row.chat_service_sid, fields.identity);
      account.participants.patch(row, fields);
    },
  };
}

export function renderParticipant(row: ParticipantRow, view: View): JsonObject {
  return {
    account_sid: row.account_sid,
    ...(view.scoped ? { chat_service_sid: row.chat_service_sid } : {}),
    conversation_sid: row.conversation_sid,
    sid: row.sid,
    identity: row.identity,
    attributes: row.attributes,
    messaging_binding: row.messaging_binding && { ...row.messaging_binding },
    role_sid: row.role_sid,
    date_created: row.date_created,
    date_updated: row.date_updated,
    url: `${view.base}/Conversations/${row.conversation_sid}/Participants/${row.sid}`,
    last_read_message_index: row.last_read_message_index,
    last_read_timestamp: row.last_read_timestamp,
  };
}

/** The participant with this SID or, in its conversation, this identity. */
function findParticipant(call: Call, conversation: ConversationRow, id: string): ParticipantRow | undefined {
  const { account } = call;
  const row = account.participants.get(id);
  if (row) return row.conversation_sid === conversation.sid ? row : undefined;
  return account.participants.having("member", memberKey(conversation.sid, id) ?? "")[0];
}

export const participantCreate = write(createFields, (call, values, conversation: ConversationRow) =>
  planParticipant(call, values, conversation, call.account.participants.inGroup(conversation.sid)),
);

/** Plans one of the members created with a conversation; the others are not stored yet. */
export const plannedMember = write(
  createFields,
  (call, values, planned: { conversation: ConversationRow; members: readonly ParticipantRow[] }) =>
    planParticipant(call, values, planned.conversation, planned.members),
);

export const participantRoutes = collection<ConversationRow, ParticipantRow>({
  name: "Participant",
  scope: "both",
  path: "/Conversations/{ConversationSid}/Participants",
  key: "participants",
  pageSize: { default: 50, max: 100 },
  parent: parentConversation,
  find: findParticipant,
  list: listing({}, (call, _none, conversation: ConversationRow) => {
    const isHidden = conversation.state === "closed" && call.switches.closedParticipants === "hide";
    return { rows: isHidden ? [] : call.account.participants.inGroup(conversation.sid) };
  }),
  create: participantCreate,
  update: write(updateFields, planUpdate),
  remove: (call, row) => {
    if (call.switches.closedParticipantDelete === "refuse") refuseUneditableParent(call, row);
    return { row, commit: () => removeParticipant(call.account, row) };
  },
  render: renderParticipant,
  subject: participantSubject,
});
