import { addressConfiguration } from "./account/address-configuration";
import { configuration } from "./account/configuration";
import { credential, credentialVariants } from "./account/credential";
import { webhooks } from "./account/webhooks";
import { conversation } from "./conversation/conversation";
import { conversationWebhook } from "./conversation/conversation-webhook";
import { message } from "./conversation/message";
import { participant } from "./conversation/participant";
import { roster } from "./conversation/roster";
import { userConversation } from "./conversation/user-conversation";
import { role } from "./service/role";
import { service } from "./service/service";
import { serviceConfiguration } from "./service/service-configuration";
import { serviceNotifications } from "./service/service-notifications";
import { serviceWebhooks } from "./service/service-webhooks";
import { user } from "./service/user";

export {
  AddressConfiguration,
  type AddressConfigurationArgs,
  type AutoCreationSettings,
} from "./account/address-configuration";
export { Configuration, type ConfigurationArgs } from "./account/configuration";
export { Credential, type CredentialArgs } from "./account/credential";
export { Webhooks, type WebhooksArgs } from "./account/webhooks";
export { Conversation, type ConversationArgs } from "./conversation/conversation";
export {
  ConversationWebhook,
  type ConversationWebhookArgs,
  type ConversationWebhookConfiguration,
} from "./conversation/conversation-webhook";
export { isGroupMms, memberKey } from "./conversation/membership";
export { type Delivery, Message, type MessageArgs } from "./conversation/message";
export { type MessagingBinding, Participant, type ParticipantArgs } from "./conversation/participant";
export { Roster, type RosterArgs, type RosterMember, type RosterMemberArgs } from "./conversation/roster";
export { UserConversation, type UserConversationArgs } from "./conversation/user-conversation";
export { Role, type RoleArgs } from "./service/role";
export { Service, type ServiceArgs } from "./service/service";
export { ServiceConfiguration, type ServiceConfigurationArgs } from "./service/service-configuration";
export { ServiceNotifications, type ServiceNotificationsArgs } from "./service/service-notifications";
export { ServiceWebhooks, type ServiceWebhooksArgs } from "./service/service-webhooks";
export { type DefaultRoleField, type StockRole, stockRoles } from "./service/stock-roles";
export { User, type UserArgs } from "./service/user";
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
