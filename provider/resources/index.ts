import { conversation } from "./conversation";
import { participant } from "./participant";
import { role } from "./role";

export { Conversation, type ConversationArgs } from "./conversation";
export { type MessagingBinding, Participant, type ParticipantArgs } from "./participant";
export { Role, type RoleArgs } from "./role";

/** Every resource of the package. */
export const definitions = [conversation, participant, role] as const;
