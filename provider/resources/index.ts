import { conversation } from "./conversation";
import { participant } from "./participant";
import { role } from "./role";
import { service } from "./service";
import { serviceConfiguration } from "./service-configuration";
import { user } from "./user";

export { Conversation, type ConversationArgs } from "./conversation";
export { type MessagingBinding, Participant, type ParticipantArgs } from "./participant";
export { Role, type RoleArgs } from "./role";
export { Service, type ServiceArgs } from "./service";
export { ServiceConfiguration, type ServiceConfigurationArgs } from "./service-configuration";
export { User, type UserArgs } from "./user";

/** Every resource of the package. */
export const definitions = [conversation, participant, role, service, serviceConfiguration, user] as const;
