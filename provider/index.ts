export {
  StandingConversation,
  type StandingConversationArgs,
  type StandingMemberArgs,
  type StandingWebhookArgs,
} from "./components/standing-conversation";
export type { Json } from "./engine/json";
export * from "./functions";
export type { FileMember } from "./members/member-fields";
export { type FileProblem, MembersFileError } from "./members/members-file-error";
export { type MembersFromFileOptions, membersFromFile } from "./members/members-from-file";
export {
  AddressConfiguration,
  type AddressConfigurationArgs,
  type AutoCreationSettings,
  Configuration,
  type ConfigurationArgs,
  Conversation,
  type ConversationArgs,
  ConversationWebhook,
  type ConversationWebhookArgs,
  type ConversationWebhookConfiguration,
  Credential,
  type CredentialArgs,
  type Delivery,
  Message,
  type MessageArgs,
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
  UserConversation,
  type UserConversationArgs,
  Webhooks,
  type WebhooksArgs,
} from "./resources";
