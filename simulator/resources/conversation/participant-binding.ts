import { CodedError } from "../../rules/errors";
import { groupMmsBinding } from "../../rules/members/group-mms";
import { refuseMemberByIdentity } from "../../rules/members/membership";
import type { Call } from "../../rules/world";
import type { ParticipantRow } from "../../state/rows";

export interface BindingChange {
  identity?: string;
  proxyAddress?: string;
  projectedAddress?: string;
}

/** The literal text with which Twilio removes an address. */
const removed = "null";

/** Applies an update to identity and addresses: hardly anything may change outside group MMS. */
export function changedBinding(
  call: Call,
  row: ParticipantRow,
  change: BindingChange,
): Partial<ParticipantRow> {
  const fields: Partial<ParticipantRow> = {};
  if (change.proxyAddress !== undefined)
    throw new CodedError(change.proxyAddress === removed ? 50440 : 50441);
  if (change.identity !== undefined) fields.identity = addedIdentity(call, row, change.identity);
  if (change.projectedAddress !== undefined) {
    fields.messaging_binding = projectedBinding(call, row, change.projectedAddress);
  }
  return fields;
}

function addedIdentity(call: Call, row: ParticipantRow, identity: string): string {
  const isProjected = row.messaging_binding?.projected_address !== undefined;
  if (row.identity !== null || !isProjected) throw new CodedError(50444);
  const conversation = call.account.conversations.get(row.conversation_sid);
  if (conversation) {
    refuseMemberByIdentity(call, conversation, call.account.participants.inGroup(conversation.sid), identity);
  }
  return identity;
}

function projectedBinding(
  call: Call,
  row: ParticipantRow,
  projectedAddress: string,
): ParticipantRow["messaging_binding"] {
  const binding = row.messaging_binding;
  if (projectedAddress === removed) {
    if (binding?.projected_address === undefined || row.identity === null) throw new CodedError(50442);
    return null;
  }
  if (binding?.address !== undefined) throw new CodedError(50443);
  if (binding?.projected_address === projectedAddress) return binding;
  if (projectedAddress === "" && binding !== null) throw new CodedError(50434);
  const conversation = call.account.conversations.get(row.conversation_sid);
  if (!conversation) return binding;
  const others = call.account.participants.inGroup(conversation.sid).filter((member) => member !== row);
  return groupMmsBinding(call, conversation, others, { projectedAddress });
}
