/** The fields of a service's configuration that name a default role. */
export type DefaultRoleField =
  | "defaultConversationCreatorRoleSid"
  | "defaultConversationRoleSid"
  | "defaultChatServiceRoleSid";

/** A role that Twilio creates with every service. */
export interface StockRole {
  readonly friendlyName: string;
  readonly type: "conversation" | "service";
  /** The field of a new service's configuration that names this role. */
  readonly defaultOf?: DefaultRoleField;
  /** Its known sets of permissions: as published, and as seen in accounts of 2025. */
  readonly permissions: readonly (readonly string[])[];
}

const CHANNEL_ADMIN =
  "sendMessage sendMediaMessage leaveConversation editAnyMessage editAnyMessageAttributes deleteAnyMessage " +
  "addParticipant removeParticipant editConversationName editConversationAttributes editAnyParticipantAttributes " +
  "deleteConversation editNotificationLevel";
const CHANNEL_USER =
  "sendMessage sendMediaMessage leaveConversation editOwnMessage editOwnMessageAttributes deleteOwnMessage " +
  "editNotificationLevel";
const SERVICE_ADMIN =
  "addParticipant createConversation deleteAnyMessage deleteConversation editAnyMessage editAnyMessageAttributes " +
  "editAnyUserInfo editConversationAttributes editConversationName joinConversation removeParticipant";
const SERVICE_USER = "createConversation joinConversation editOwnUserInfo";

function sets(...texts: readonly string[]): string[][] {
  return texts.map((text) => text.split(" "));
}

/** The roles that Twilio creates with every service, separately for each. */
export const stockRoles: readonly StockRole[] = [
  {
    friendlyName: "channel admin",
    type: "conversation",
    defaultOf: "defaultConversationCreatorRoleSid",
    permissions: sets(
      `${CHANNEL_ADMIN} editOwnMessage editOwnMessageAttributes deleteOwnMessage addNonChatParticipant editOwnParticipantAttributes`,
      CHANNEL_ADMIN,
    ),
  },
  {
    friendlyName: "channel user",
    type: "conversation",
    defaultOf: "defaultConversationRoleSid",
    permissions: sets(CHANNEL_USER, `${CHANNEL_USER} editOwnParticipantAttributes`),
  },
  {
    friendlyName: "service admin",
    type: "service",
    permissions: sets(
      `${SERVICE_ADMIN} editOwnMessage editOwnMessageAttributes editOwnUserInfo`,
      `${SERVICE_ADMIN} editAnyParticipantAttributes`,
    ),
  },
  {
    friendlyName: "service user",
    type: "service",
    defaultOf: "defaultChatServiceRoleSid",
    permissions: sets(SERVICE_USER),
  },
];
