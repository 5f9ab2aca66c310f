import { isSid } from "../sid";
import { memberKey } from "../state/account-state";
import type { ConversationRow } from "../state/rows";
import { CodedError, NotFoundError } from "./errors";
import type { Call } from "./world";

/** The conversation with this SID or unique name in the called service. */
export function findConversation(call: Call, id: string): ConversationRow | undefined {
  const { account, service } = call;
  if (isSid(id, "CH")) {
    const row = account.conversations.get(id);
    return row?.chat_service_sid === service.sid ? row : undefined;
  }
  return account.conversations.having("uniqueName", memberKey(service.sid, id) ?? "")[0];
}

/** The conversation in the path of a child. */
export function parentConversation(call: Call): ConversationRow {
  const id = call.parameters["ConversationSid"] ?? "";
  const isNameRefused = !isSid(id, "CH") && !call.switches.uniqueNameInChildPath;
  const row = isNameRefused ? undefined : findConversation(call, id);
  if (!row) throw new NotFoundError(call.shownPath);
  return row;
}

export function refuseUneditable(conversation: ConversationRow): void {
  if (conversation.state === "closed") throw new CodedError(50377);
  if (conversation.state === "initializing") throw new CodedError(50386);
}

/** Refuses a change of a conversation's child when the conversation is closed or initializing. */
export function refuseUneditableParent(call: Call, child: { conversation_sid: string }): void {
  const conversation = call.account.conversations.get(child.conversation_sid);
  if (conversation) refuseUneditable(conversation);
}

export function isOpen(conversation: ConversationRow | undefined): boolean {
  return conversation !== undefined && conversation.state !== "closed";
}
