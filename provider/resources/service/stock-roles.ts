/** What a service's configuration names a role for. */
export type DefaultRoleField =
  | "defaultConversationCreatorRoleSid"
  | "defaultConversationRoleSid"
  | "defaultChatServiceRoleSid";

/** A role that Twilio makes with every service. */
export interface StockRole {
  readonly friendlyName: string;
  readonly type: "conversation" | "service";
  /** What a new service's configuration names it for. */
  readonly defaultOf?: DefaultRoleField;
  /** What Twilio is known to give it: as published, and as seen in accounts of 2025. */
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

/** The roles that Twilio makes with every service, each service its own. */
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
