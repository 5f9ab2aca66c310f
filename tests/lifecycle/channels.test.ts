import { addressConfigurationSpecimen } from "./specimens/address-configuration";
import { conversationWebhookSpecimen } from "./specimens/conversation-webhook";
import { describeLifecycle } from "./suite";

describeLifecycle("ConversationWebhook and AddressConfiguration", [
  conversationWebhookSpecimen,
  addressConfigurationSpecimen,
]);
