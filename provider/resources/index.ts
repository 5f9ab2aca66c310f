import { configuration } from "./configuration";
import { conversation } from "./conversation";
import { credential } from "./credential";
import { participant } from "./participant";
import { role } from "./role";
import { service } from "./service";
import { serviceConfiguration } from "./service-configuration";
import { serviceNotifications } from "./service-notifications";
import { serviceWebhooks } from "./service-webhooks";
import { user } from "./user";
import { userConversation } from "./user-conversation";
import { webhooks } from "./webhooks";

export { Configuration, type ConfigurationArgs } from "./configuration";
export { Conversation, type ConversationArgs } from "./conversation";
export { Credential, type CredentialArgs } from "./credential";
export { type MessagingBinding, Participant, type ParticipantArgs } from "./participant";
export { Role, type RoleArgs } from "./role";
export { Service, type ServiceArgs } from "./service";
export { ServiceConfiguration, type ServiceConfigurationArgs } from "./service-configuration";
export { ServiceNotifications, type ServiceNotificationsArgs } from "./service-notifications";
export { ServiceWebhooks, type ServiceWebhooksArgs } from "./service-webhooks";
export { User, type UserArgs } from "./user";
export { UserConversation, type UserConversationArgs } from "./user-conversation";
export { Webhooks, type WebhooksArgs } from "./webhooks";

/** Every resource of the package. */
export const definitions = [
  configuration,
  conversation,
  credential,
  participant,
  role,
  service,
  serviceConfiguration,
  serviceNotifications,
  serviceWebhooks,
  user,
  userConversation,
  webhooks,
] as const;
