export {
  type GetAddressConfigurationArgs,
  type GetAddressConfigurationOutputArgs,
  type GetAddressConfigurationResult,
  type GetAddressConfigurationsArgs,
  type GetAddressConfigurationsOutputArgs,
  getAddressConfiguration,
  getAddressConfigurationOutput,
  getAddressConfigurations,
  getAddressConfigurationsOutput,
} from "./address-configuration";
export { LookupError } from "./call/lookup-error";
export {
  type GetConfigurationArgs,
  type GetConfigurationOutputArgs,
  type GetConfigurationResult,
  getConfiguration,
  getConfigurationOutput,
} from "./configuration";
export {
  type GetConversationArgs,
  type GetConversationOutputArgs,
  type GetConversationResult,
  type GetConversationsArgs,
  type GetConversationsOutputArgs,
  getConversation,
  getConversationOutput,
  getConversations,
  getConversationsOutput,
} from "./conversation";
export {
  type GetConversationWebhookArgs,
  type GetConversationWebhookOutputArgs,
  type GetConversationWebhookResult,
  type GetConversationWebhooksArgs,
  type GetConversationWebhooksOutputArgs,
  getConversationWebhook,
  getConversationWebhookOutput,
  getConversationWebhooks,
  getConversationWebhooksOutput,
} from "./conversation-webhook";
export {
  type GetParticipantArgs,
  type GetParticipantOutputArgs,
  type GetParticipantResult,
  type GetParticipantsArgs,
  type GetParticipantsOutputArgs,
  getParticipant,
  getParticipantOutput,
  getParticipants,
  getParticipantsOutput,
} from "./participant";
export {
  type GetRoleArgs,
  type GetRoleOutputArgs,
  type GetRoleResult,
  type GetRolesArgs,
  type GetRolesOutputArgs,
  getRole,
  getRoleOutput,
  getRoles,
  getRolesOutput,
} from "./role";
export {
  type GetServiceArgs,
  type GetServiceOutputArgs,
  type GetServiceResult,
  type GetServicesArgs,
  type GetServicesOutputArgs,
  getService,
  getServiceOutput,
  getServices,
  getServicesOutput,
} from "./service";
export {
  type GetUserArgs,
  type GetUserOutputArgs,
  type GetUserResult,
  type GetUsersArgs,
  type GetUsersOutputArgs,
  getUser,
  getUserOutput,
  getUsers,
  getUsersOutput,
} from "./user";
