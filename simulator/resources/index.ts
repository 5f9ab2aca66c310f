import { addressConfigurationRoutes } from "./address-configuration";
import { bindingRoutes } from "./binding";
import { configurationRoutes, serviceConfigurationRoutes } from "./configuration";
import { conversationRoutes } from "./conversation/conversation";
import { conversationWithParticipantsRoutes } from "./conversation/conversation-with-participants";
import { messageRoutes } from "./conversation/message";
import { participantRoutes } from "./conversation/participant";
import { participantConversationRoutes } from "./conversation/participant-conversation";
import { receiptRoutes } from "./conversation/receipt";
import { scopedWebhookRoutes } from "./conversation/scoped-webhook";
import { userConversationRoutes } from "./conversation/user-conversation";
import { credentialRoutes } from "./credential";
import { notificationRoutes } from "./notification";
import { roleRoutes } from "./role";
import type { Route } from "./route";
import { serviceRoutes } from "./service";
import { userRoutes } from "./user";
import { accountWebhookRoutes, serviceWebhookRoutes } from "./webhook-configuration";

/** Every operation of the simulator. */
export const routes: readonly Route[] = [
  ...addressConfigurationRoutes,
  ...bindingRoutes,
  ...configurationRoutes,
  ...conversationRoutes,
  ...conversationWithParticipantsRoutes,
  ...credentialRoutes,
  ...messageRoutes,
  ...notificationRoutes,
  ...participantRoutes,
  ...participantConversationRoutes,
  ...receiptRoutes,
  ...roleRoutes,
  ...scopedWebhookRoutes,
  ...serviceRoutes,
  ...serviceConfigurationRoutes,
  ...userRoutes,
  ...userConversationRoutes,
  ...accountWebhookRoutes,
  ...serviceWebhookRoutes,
];
