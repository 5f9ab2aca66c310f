import { addressConfiguration } from "./account/address-configuration";
import { configuration } from "./account/configuration";
import { credential } from "./account/credential";
import { webhooks } from "./account/webhooks";
import { conversation } from "./conversation/conversation";
import { conversationWebhook } from "./conversation/conversation-webhook";
import { message } from "./conversation/message";
import { participant } from "./conversation/participant";
import { userConversation } from "./conversation/user-conversation";
import { role } from "./service/role";
import { service } from "./service/service";
import { serviceConfiguration } from "./service/service-configuration";
import { serviceNotifications } from "./service/service-notifications";
import { serviceWebhooks } from "./service/service-webhooks";
import { user } from "./service/user";

export * from "./account/address-configuration";
export * from "./account/configuration";
export * from "./account/credential";
export * from "./account/webhooks";
export * from "./conversation/conversation";
export * from "./conversation/conversation-webhook";
export { isGroupMms, memberKey } from "./conversation/membership";
export * from "./conversation/message";
export * from "./conversation/participant";
export * from "./conversation/roster";
export * from "./conversation/user-conversation";
export * from "./service/role";
export * from "./service/service";
export * from "./service/service-configuration";
export * from "./service/service-notifications";
export * from "./service/service-webhooks";
export { type DefaultRoleField, type StockRole, stockRoles } from "./service/stock-roles";
export * from "./service/user";

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
