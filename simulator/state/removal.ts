import type { AccountState } from "./account-state";
import type { ConversationRow, CredentialRow, MessageRow, ParticipantRow, ServiceRow } from "./rows";

/** Deletes with all dependents; callers have checked the rules. */
export function removeService(state: AccountState, service: ServiceRow): void {
  for (const conversation of [...state.conversations.inGroup(service.sid)].reverse()) {
    removeConversation(state, conversation);
  }
  for (const table of [state.users, state.roles, state.bindings]) table.removeGroup(service.sid);
  for (const map of [state.serviceConfigurations, state.serviceWebhooks, state.notifications]) {
    map.delete(service.sid);
  }
  state.services.remove(service);
}

export function removeConversation(state: AccountState, conversation: ConversationRow): void {
  state.participants.removeGroup(conversation.sid);
  for (const message of [...state.messages.inGroup(conversation.sid)].reverse())
    removeMessage(state, message);
  state.scopedWebhooks.removeGroup(conversation.sid);
  state.timed.delete(conversation);
  state.conversations.remove(conversation);
}

export function removeMessage(state: AccountState, message: MessageRow): void {
  state.receipts.removeGroup(message.sid);
  state.messages.remove(message);
}

export function removeCredential(state: AccountState, credential: CredentialRow): void {
  state.secrets.delete(credential.sid);
  state.credentials.remove(credential);
}

export function removeParticipant(state: AccountState, participant: ParticipantRow): void {
  state.participants.remove(participant);
}
