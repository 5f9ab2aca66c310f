export {
  StandingConversation,
  type StandingConversationArgs,
  type StandingMemberArgs,
} from "./components/standing-conversation";
export type { Json } from "./engine/json";
export {
  Configuration,
  type ConfigurationArgs,
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
  ServiceNotifications,
  type ServiceNotificationsArgs,
  ServiceWebhooks,
  type ServiceWebhooksArgs,
  User,
  type UserArgs,
  Webhooks,
  type WebhooksArgs,
} from "./resources";
