import { parentConversation, refuseUneditable } from "../../rules/conversations";
import { CodedError } from "../../rules/errors";
import { attributes, choice, dateTime, sidText, text, type Values } from "../../rules/fields";
import { isGroupMms } from "../../rules/members/group-mms";
import { startTimers } from "../../rules/timers";
import type { Call, Plan, View } from "../../rules/world";
import { removeMessage } from "../../state/removal";
import type { ConversationRow, Delivery, JsonObject, MessageRow, ParticipantRow } from "../../state/rows";
import { messageSubject } from "../../webhooks/subject";
import { collection, listing, write } from "../collection";
import { newReceipt } from "./receipt";

const updateFields = {
  Author: text(),
  Body: text(),
  Attributes: attributes,
  Subject: text(() => 256),
  DateCreated: dateTime(50308),
  DateUpdated: dateTime(50309),
};
const createFields = {
  ...updateFields,
  MediaSid: sidText("ME"),
  ContentSid: sidText("HX"),
  ContentVariables: text(),
};

function planCreate(call: Call, values: Values<typeof createFields>, conversation: ConversationRow): Plan {
  refuseUneditable(conversation);
  const { account } = call;
  const { Body, MediaSid, ContentSid } = values;
  if (!Body && MediaSid === undefined && ContentSid === undefined) throw new CodedError(50503);
  refuseLong(call, Body);
  const author = values.Author || "system";
  const members = account.participants.inGroup(conversation.sid);
  const sender = members.find((member) => isAuthor(member, author));
  if (!sender && members.some(isGroupMms)) throw new CodedError(50513);
  const receivers = members.filter((member) => member !== sender && member.messaging_binding !== null);
  const now = call.clock.nowText();
  const row: MessageRow = {
    sid: call.newSid("IM"),
    order: 0,
    account_sid: conversation.account_sid,
    chat_service_sid: conversation.chat_service_sid,
    conversation_sid: conversation.sid,
    index: conversation.next_message_index,
    author,
    body: Body ?? null,
    media: MediaSid === undefined ? null : [mediaOf(MediaSid)],
    attributes: values.Attributes ?? "{}",
    participant_sid: sender?.sid ?? null,
    delivery: receivers.length > 0 ? deliveryTo(receivers.length) : null,
    content_sid: ContentSid ?? null,
    subject: values.Subject ?? null,
    date_created: values.DateCreated ?? now,
    date_updated: values.DateUpdated ?? values.DateCreated ?? now,
  };
  return {
    row,
    commit: () => {
      account.messages.insert(row);
      for (const receiver of receivers) account.receipts.insert(newReceipt(call, row, receiver));
      const state = conversation.state === "inactive" ? "active" : conversation.state;
      account.conversations.patch(conversation, { next_message_index: row.index + 1, state });
      startTimers(account, conversation, call.clock.nowMs());
    },
  };
}

function isAuthor(member: ParticipantRow, author: string): boolean {
  const binding = member.messaging_binding;
  return [member.identity, binding?.address, binding?.projected_address].includes(author);
}

function refuseLong(call: Call, body: string | undefined): void {
  if (body !== undefined && Buffer.byteLength(body) > call.limits.messageBodyBytes)
    throw new CodedError(50504);
}

/** Only the SID of media is known: programs upload them to another host. */
function mediaOf(sid: string): JsonObject {
  return { sid, size: 0, content_type: "application/octet-stream", filename: null };
}

function deliveryTo(total: number): Delivery {
  return { total, sent: "all", delivered: "none", read: "none", failed: "none", undelivered: "none" };
}

function planUpdate(call: Call, values: Values<typeof updateFields>, row: MessageRow): Plan {
  const { account } = call;
  const conversation = account.conversations.get(row.conversation_sid);
  if (conversation) refuseUneditable(conversation);
  refuseLong(call, values.Body);
  const fields: Partial<MessageRow> = {};
  if (values.Author !== undefined) fields.author = values.Author || "system";
  if (values.Body !== undefined) fields.body = values.Body;
  if (values.Attributes !== undefined) fields.attributes = values.Attributes;
  if (values.Subject !== undefined) fields.subject = values.Subject;
  if (values.DateCreated !== undefined) fields.date_created = values.DateCreated;
  fields.date_updated = values.DateUpdated ?? call.clock.nowText();
  return { row, commit: () => account.messages.patch(row, fields) };
}

export function renderMessage(row: MessageRow, view: View): JsonObject {
  const url = `${view.base}/Conversations/${row.conversation_sid}/Messages/${row.sid}`;
  return {
    sid: row.sid,
    account_sid: row.account_sid,
    ...(view.scoped ? { chat_service_sid: row.chat_service_sid } : {}),
    conversation_sid: row.conversation_sid,
    body: row.body,
    media: row.media,
    author: row.author,
    participant_sid: row.participant_sid,
    attributes: row.attributes,
    date_created: row.date_created,
    date_updated: row.date_updated,
    index: row.index,
    delivery: row.delivery,
    content_sid: row.content_sid,
    url,
    links: { delivery_receipts: `${url}/Receipts`, channel_metadata: `${url}/ChannelMetadata` },
  };
}

const listFilters = { Order: choice(["asc", "desc"]) };

export const messageRoutes = collection<ConversationRow, MessageRow>({
  name: "Message",
  scope: "both",
  path: "/Conversations/{ConversationSid}/Messages",
  key: "messages",
  pageSize: { default: 50, max: 100 },
  parent: parentConversation,
  find: (call, conversation, id) => {
    const row = call.account.messages.get(id);
    return row?.conversation_sid === conversation.sid ? row : undefined;
  },
  list: listing(listFilters, (call, { Order }, conversation: ConversationRow) => {
    const rows = call.account.messages.inGroup(conversation.sid);
    const isDescending = Order === "desc";
    return isDescending ? { rows: [...rows].reverse(), direction: "desc" } : { rows };
  }),
  create: write(createFields, planCreate),
  update: write(updateFields, planUpdate),
  remove: (call, row) => {
    const conversation = call.account.conversations.get(row.conversation_sid);
    if (conversation) refuseUneditable(conversation);
    return { row, commit: () => removeMessage(call.account, row) };
  },
  render: renderMessage,
  subject: messageSubject,
});
