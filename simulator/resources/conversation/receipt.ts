import { parentConversation } from "../../rules/conversations";
import { NotFoundError } from "../../rules/errors";
import type { Call, View } from "../../rules/world";
import type { JsonObject, MessageRow, ParticipantRow, ReceiptRow } from "../../state/rows";
import { collection, listing } from "../collection";

/** The simulator delivers nothing, so every receipt stays `sent`. */
export function newReceipt(call: Call, message: MessageRow, receiver: ParticipantRow): ReceiptRow {
  const now = call.clock.nowText();
  return {
    sid: call.newSid("DY"),
    order: 0,
    account_sid: message.account_sid,
    chat_service_sid: message.chat_service_sid,
    conversation_sid: message.conversation_sid,
    message_sid: message.sid,
    channel_message_sid: call.newSid("SM"),
    participant_sid: receiver.sid,
    status: "sent",
    error_code: 0,
    date_created: now,
    date_updated: now,
  };
}

function parentMessage(call: Call): MessageRow {
  const conversation = parentConversation(call);
  const message = call.account.messages.get(call.parameters["MessageSid"] ?? "");
  if (message?.conversation_sid !== conversation.sid) throw new NotFoundError(call.shownPath);
  return message;
}

export function renderReceipt(
  { order: _order, chat_service_sid, ...row }: ReceiptRow,
  view: View,
): JsonObject {
  return {
    ...row,
    ...(view.scoped ? { chat_service_sid } : {}),
    url: `${view.base}/Conversations/${row.conversation_sid}/Messages/${row.message_sid}/Receipts/${row.sid}`,
  };
}

export const receiptRoutes = collection<MessageRow, ReceiptRow>({
  name: "Receipt",
  scope: "both",
  path: "/Conversations/{ConversationSid}/Messages/{MessageSid}/Receipts",
  key: "delivery_receipts",
  pageSize: { default: 50, max: 50 },
  parent: parentMessage,
  find: (call, message, id) => {
    const row = call.account.receipts.get(id);
    return row?.message_sid === message.sid ? row : undefined;
  },
  list: listing({}, (call, _none, message: MessageRow) => ({
    rows: call.account.receipts.inGroup(message.sid),
  })),
  render: renderReceipt,
});
