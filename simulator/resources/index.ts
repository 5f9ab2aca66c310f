import { configurationRoutes, serviceConfigurationRoutes } from "./configuration";
import { conversationRoutes } from "./conversation";
import { participantRoutes } from "./participant";
import { roleRoutes } from "./role";
import type { Route } from "./route";
import { serviceRoutes } from "./service";
import { userRoutes } from "./user";

/** Every operation that the simulator answers. */
export const routes: readonly Route[] = [
  ...configurationRoutes,
  ...conversationRoutes,
  ...participantRoutes,
  ...roleRoutes,
  ...serviceConfigurationRoutes,
  ...serviceRoutes,
  ...userRoutes,
];
