import { pairKey } from "../../state/account-state";
import type { ConversationRow, MessagingBinding, ParticipantRow } from "../../state/rows";
import { isOpen } from "../conversations";
import { ApiError, CodedError } from "../errors";
import { characters } from "../fields";
import type { Call } from "../world";
import { refuseAddress, refuseProxy, typeOf } from "./addresses";
import { groupMmsBinding, refuseSender } from "./group-mms";
import type { Membership } from "./membership";

/** Checks the combination of identity and addresses, and returns the resulting binding. */
export function bindingOf(
  call: Call,
  conversation: ConversationRow,
  members: readonly ParticipantRow[],
  member: Membership,
): MessagingBinding | null {
  const { identity, address, proxyAddress, projectedAddress } = member;
  if (identity && (address || proxyAddress)) throw new CodedError(50211);
  if (projectedAddress && (address || proxyAddress)) throw new CodedError(50443);
  if (!identity && !address && !proxyAddress && !projectedAddress) throw new CodedError(50204);
  if (!address && proxyAddress) throw new CodedError(50411);
  refuseLong(call, member);
  if (address && typeOf(address) === "email") return emailBinding(member, address);
  if (member.type || member.level || member.name) throw new CodedError(50420);
  if (address && proxyAddress) return pairBinding(call, conversation, members, address, proxyAddress, member);
  if (address && typeOf(address) !== "sms") throw new CodedError(50412);
  return groupMmsBinding(call, conversation, members, { identity, address, projectedAddress });
}

function refuseLong(call: Call, member: Membership): void {
  const max = call.limits.addressChars;
  if (characters(member.address ?? "") > max) throw new CodedError(50407, `longer than ${max} characters`);
  if (characters(member.proxyAddress ?? "") > max)
    throw new CodedError(50408, `longer than ${max} characters`);
}

function pairBinding(
  call: Call,
  conversation: ConversationRow,
  members: readonly ParticipantRow[],
  address: string,
  proxyAddress: string,
  member: Membership,
): MessagingBinding {
  const [type, proxyType] = [typeOf(address), typeOf(proxyAddress)];
  refuseAddress(address, 50407);
  refuseProxy(proxyAddress, 50408);
  if (address === proxyAddress) throw new CodedError(50409);
  if (type !== proxyType) throw new CodedError(50414);
  refuseSender(call, proxyAddress, type === "whatsapp" ? 50415 : 50413);
  if (conversation.messaging_service_sid === null) throw new CodedError(50373);
  const fallback = member.proxyAddressFallback;
  const binding: MessagingBinding = fallback
    ? { type: typeOf(fallback), address: withoutPrefix(address), proxy_address: fallback }
    : { type, address, proxy_address: proxyAddress };
  refuseTakenPair(call, conversation, members, binding);
  return binding;
}

/** Clients parse the conversation's SID out of this message, so its wording is Twilio's own. */
function refuseTakenPair(
  call: Call,
  conversation: ConversationRow,
  members: readonly ParticipantRow[],
  binding: MessagingBinding,
): void {
  const { conversations, participants } = call.account;
  const pairOf = (bound: MessagingBinding | null): string | null =>
    pairKey(bound?.address, bound?.proxy_address);
  const pair = pairOf(binding) ?? "";
  const isMember = members.some((member) => pairOf(member.messaging_binding) === pair);
  const holders = participants.having("pair", pair).map((holder) => holder.conversation_sid);
  const sid = isMember ? conversation.sid : holders.find((holder) => isOpen(conversations.get(holder)));
  if (sid === undefined) return;
  throw new ApiError(
    50416,
    `A binding for this participant and proxy address already exists in Conversation ${sid}`,
    409,
  );
}

function emailBinding(member: Membership, address: string): MessagingBinding {
  if (member.proxyAddress) throw new CodedError(50453);
  refuseAddress(address, 50407);
  const binding: MessagingBinding = { type: "email", address };
  if (member.level) binding.level = member.level;
  if (member.name) binding.name = member.name;
  return binding;
}

function withoutPrefix(address: string): string {
  return address.slice(address.indexOf(":") + 1);
}
