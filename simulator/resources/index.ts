import { addressConfigurationRoutes } from "./address-configuration";
import { bindingRoutes } from "./binding";
import { configurationRoutes, serviceConfigurationRoutes } from "./configuration";
import { conversationRoutes } from "./conversation";
import { conversationWithParticipantsRoutes } from "./conversation-with-participants";
import { credentialRoutes } from "./credential";
import { messageRoutes } from "./message";
import { notificationRoutes } from "./notification";
import { participantRoutes } from "./participant";
import { participantConversationRoutes } from "./participant-conversation";
import { receiptRoutes } from "./receipt";
import { roleRoutes } from "./role";
import type { Route } from "./route";
import { scopedWebhookRoutes } from "./scoped-webhook";
import { serviceRoutes } from "./service";
import { userRoutes } from "./user";
import { userConversationRoutes } from "./user-conversation";
import { accountWebhookRoutes, serviceWebhookRoutes } from "./webhook-configuration";

/** Every operation that the simulator answers. */
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
