import { addressConfigurationSpecimen } from "./specimens/address-configuration";
import { conversationWebhookSpecimen } from "./specimens/conversation-webhook";
import { credentialSpecimen } from "./specimens/credential";
import { messageSpecimen } from "./specimens/message";
import { serviceSpecimen } from "./specimens/service";
import { describeLifecycle } from "./suite";

describeLifecycle("Service, Credential, Message, ConversationWebhook and AddressConfiguration", [
  serviceSpecimen,
  credentialSpecimen,
  messageSpecimen,
  conversationWebhookSpecimen,
  addressConfigurationSpecimen,
]);
