import type { AccountState } from "../../state/account-state";
import type { ConversationRow, MessagingBinding, ParticipantRow } from "../../state/rows";
import { isOpen } from "../conversations";
import type { ErrorCode } from "../error-codes";
import { ApiError, CodedError } from "../errors";
import type { Call } from "../world";
import type { Membership } from "./membership";

const longCode = /^\+1[2-9]\d{9}$/;
/** From this many bound members on, only one conversation may have the same roster. */
const activeMembers = 3;

/**
 * The binding of a member without a proxy address: group MMS, or plain chat by identity. `members` are the others of
 * its conversation.
 */
export function groupMmsBinding(
  call: Call,
  conversation: ConversationRow,
  members: readonly ParticipantRow[],
  member: Pick<Membership, "identity" | "address" | "projectedAddress">,
): MessagingBinding | null {
  const { identity, address, projectedAddress } = member;
  const own = address ?? projectedAddress;
  if (own === undefined || own === "") {
    if (members.some(isGroupMms)) throw new CodedError(50434);
    return null;
  }
  if (!call.switches.groupMms) {
    throw new CodedError(
      50452,
      address && !identity ? "an SMS participant needs a proxy address" : undefined,
    );
  }
  if (!longCode.test(own)) throw new CodedError(50407);
  if (projectedAddress) refuseSender(call, projectedAddress, 50439);
  if (members.some((other) => groupAddress(other) === own)) throw new CodedError(50437);
  if (members.length >= call.limits.groupMmsParticipants) throw new CodedError(50436);
  refuseSameRoster(call.account, conversation, [...members.map(groupAddress), own]);
  return address ? { type: "sms", address } : { type: "sms", projected_address: own };
}

/** Refuses an address that the account does not own, by the switch `ownedAddresses`. */
export function refuseSender(call: Call, address: string, code: ErrorCode): void {
  const owned = call.switches.ownedAddresses;
  if (owned && !owned.includes(address)) throw new CodedError(code);
}

export function isGroupMms(participant: ParticipantRow): boolean {
  const binding = participant.messaging_binding;
  if (binding?.type !== "sms") return false;
  return binding.projected_address !== undefined || binding.proxy_address === undefined;
}

function groupAddress(participant: ParticipantRow): string | undefined {
  return participant.messaging_binding?.projected_address ?? participant.messaging_binding?.address;
}

function refuseSameRoster(
  account: AccountState,
  conversation: ConversationRow,
  addresses: readonly (string | undefined)[],
): void {
  const roster = rosterKey(addresses);
  if (addresses.length < activeMembers) return;
  for (const other of account.conversations.all()) {
    if (other === conversation || !isOpen(other)) continue;
    const members = account.participants.inGroup(other.sid);
    if (!members.every(isGroupMms) || rosterKey(members.map(groupAddress)) !== roster) continue;
    const message = `Group MMS with given participant list already exists as Conversation ${other.sid}`;
    throw new ApiError(50438, message, 409);
  }
}

function rosterKey(addresses: readonly (string | undefined)[]): string {
  return [...addresses].sort().join(" ");
}
