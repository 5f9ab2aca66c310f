export type { Json } from "./engine/json";
export {
  Conversation,
  type ConversationArgs,
  type MessagingBinding,
  Participant,
  type ParticipantArgs,
  Role,
  type RoleArgs,
} from "./resources";
