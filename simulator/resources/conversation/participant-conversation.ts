import { CodedError } from "../../rules/errors";
import { text } from "../../rules/fields";
import type { View } from "../../rules/world";
import { memberKey } from "../../state/account-state";
import type { JsonObject, ParticipantRow, ServiceRow } from "../../state/rows";
import { collection, listing } from "../collection";

/** A participant with its conversation. */
function renderParticipantConversation(row: ParticipantRow, view: View): JsonObject {
  const conversation = view.account.conversations.get(row.conversation_sid);
  const key = memberKey(row.chat_service_sid, row.identity) ?? "";
  const binding = row.messaging_binding;
  const conversationUrl = `${view.base}/Conversations/${row.conversation_sid}`;
  return {
    account_sid: row.account_sid,
    chat_service_sid: row.chat_service_sid,
    conversation_sid: row.conversation_sid,
    participant_sid: row.sid,
    conversation_friendly_name: conversation?.friendly_name ?? null,
    conversation_state: conversation?.state ?? null,
    conversation_timers: { ...conversation?.timers },
    conversation_attributes: conversation?.attributes ?? "{}",
    conversation_date_created: conversation?.date_created ?? null,
    conversation_date_updated: conversation?.date_updated ?? null,
    conversation_created_by: conversation?.created_by ?? null,
    conversation_unique_name: conversation?.unique_name ?? null,
    participant_user_sid: view.account.users.having("identity", key)[0]?.sid ?? null,
    participant_identity: row.identity,
    participant_messaging_binding: binding && {
      address: binding.address ?? null,
      proxy_address: binding.proxy_address ?? null,
      type: binding.type,
      level: binding.level ?? null,
      name: binding.name ?? null,
      projected_address: binding.projected_address ?? null,
    },
    links: { participant: `${conversationUrl}/Participants/${row.sid}`, conversation: conversationUrl },
  };
}

const listFilters = { Identity: text(), Address: text() };

export const participantConversationRoutes = collection<ServiceRow, ParticipantRow>({
  name: "ParticipantConversation",
  scope: "both",
  path: "/ParticipantConversations",
  key: "conversations",
  pageSize: { default: 50, max: 50 },
  parent: (call) => call.service,
  list: listing(listFilters, (call, { Identity, Address }, service: ServiceRow) => {
    if (Identity && Address) throw new CodedError(50451);
    const { participants } = call.account;
    if (Identity) return { rows: participants.having("identity", memberKey(service.sid, Identity) ?? "") };
    if (!Address) throw new CodedError(20001, "Identity or Address is needed");
    return {
      rows: participants.having("address", Address).filter((row) => row.chat_service_sid === service.sid),
    };
  }),
  render: renderParticipantConversation,
});
