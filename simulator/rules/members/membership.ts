import { memberKey } from "../../state/account-state";
import type { ConversationRow, ParticipantRow } from "../../state/rows";
import { isOpen } from "../conversations";
import { CodedError } from "../errors";
import type { Call } from "../world";
import { checkIdentity } from "./identities";

/**
 * Refuses an invalid identity, an existing member, or an identity in too many conversations. Members by address are
 * refused in messaging-binding.ts, those of a group MMS in group-mms.ts.
 */
export function refuseMemberByIdentity(
  call: Call,
  conversation: ConversationRow,
  members: readonly ParticipantRow[],
  identity: string,
): void {
  checkIdentity(call, identity);
  if (members.some((member) => member.identity === identity)) throw new CodedError(50433);
  const { account, limits } = call;
  const key = memberKey(conversation.chat_service_sid, identity) ?? "";
  const memberships = account.participants.having("identity", key);
  if (memberships.length < limits.openConversationsPerIdentity) return;
  const open = memberships.filter((member) => isOpen(account.conversations.get(member.conversation_sid)));
  if (open.length >= limits.openConversationsPerIdentity) throw new CodedError(50214);
}

/** Refuses a member beyond the conversation's limits. */
export function refuseFull(call: Call, members: readonly ParticipantRow[], identity: string | null): void {
  const { participants, nonChatParticipants } = call.limits;
  if (members.length >= participants) throw new CodedError(50417, `${participants}`);
  if (identity !== null || members.length < nonChatParticipants) return;
  const nonChat = members.filter((member) => member.identity === null).length;
  if (nonChat >= nonChatParticipants) throw new CodedError(50422, `${nonChatParticipants}`);
}

/** Identity and addresses in a create. An empty text counts as not sent. */
export interface Membership {
  identity?: string;
  address?: string;
  proxyAddress?: string;
  proxyAddressFallback?: string;
  projectedAddress?: string;
  type?: string;
  level?: string;
  name?: string;
}
