export {
  StandingConversation,
  type StandingConversationArgs,
  type StandingMemberArgs,
} from "./components/standing-conversation";
export type { Json } from "./engine/json";
export {
  Conversation,
  type ConversationArgs,
  type MessagingBinding,
  Participant,
  type ParticipantArgs,
  Role,
  type RoleArgs,
  Service,
  type ServiceArgs,
  ServiceConfiguration,
  type ServiceConfigurationArgs,
  User,
  type UserArgs,
} from "./resources";
