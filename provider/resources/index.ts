import { addressConfiguration } from "./address-configuration";
import { configuration } from "./configuration";
import { conversation } from "./conversation";
import { conversationWebhook } from "./conversation-webhook";
import { credential, credentialVariants } from "./credential";
import { message } from "./message";
import { participant } from "./participant";
import { role } from "./role";
import { roster } from "./roster";
import { service } from "./service";
import { serviceConfiguration } from "./service-configuration";
import { serviceNotifications } from "./service-notifications";
import { serviceWebhooks } from "./service-webhooks";
import { user } from "./user";
import { userConversation } from "./user-conversation";
import { webhooks } from "./webhooks";

export {
  AddressConfiguration,
  type AddressConfigurationArgs,
  type AutoCreationSettings,
} from "./address-configuration";
export { Configuration, type ConfigurationArgs } from "./configuration";
export { Conversation, type ConversationArgs } from "./conversation";
export {
  ConversationWebhook,
  type ConversationWebhookArgs,
  type ConversationWebhookConfiguration,
} from "./conversation-webhook";
export { Credential, type CredentialArgs } from "./credential";
export { isGroupMms, memberKey } from "./membership";
export { type Delivery, Message, type MessageArgs } from "./message";
export { type MessagingBinding, Participant, type ParticipantArgs } from "./participant";
export { Role, type RoleArgs } from "./role";
export { Roster, type RosterArgs, type RosterMember, type RosterMemberArgs } from "./roster";
export { Service, type ServiceArgs } from "./service";
export { ServiceConfiguration, type ServiceConfigurationArgs } from "./service-configuration";
export { ServiceNotifications, type ServiceNotificationsArgs } from "./service-notifications";
export { ServiceWebhooks, type ServiceWebhooksArgs } from "./service-webhooks";
export { type DefaultRoleField, type StockRole, stockRoles } from "./stock-roles";
export { User, type UserArgs } from "./user";
export { UserConversation, type UserConversationArgs } from "./user-conversation";
export { Webhooks, type WebhooksArgs } from "./webhooks";
/** For the look-ups and the command line, which are over them. */
export {
  addressConfiguration,
  configuration,
  conversation,
  conversationWebhook,
  credential,
  credentialVariants,
  participant,
  role,
  roster,
  service,
  serviceConfiguration,
  serviceNotifications,
  serviceWebhooks,
  user,
  userConversation,
  webhooks,
};

/** Every resource that is one object or one setting. */
export const definitions = [
  addressConfiguration,
  configuration,
  conversation,
  conversationWebhook,
  credential,
  message,
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
