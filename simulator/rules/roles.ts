import type { RoleType } from "../state/rows";
import type { ErrorCode } from "./error-codes";
import { CodedError } from "./errors";
import type { Call } from "./world";

/** Refuses a SID that is no role of the service, or a role of the wrong type. */
export function checkRole(
  call: Call,
  serviceSid: string,
  roleSid: string,
  type: RoleType,
  codes: { missing: ErrorCode; wrongType: ErrorCode },
): string {
  const role = call.account.roles.get(roleSid);
  if (!role || role.chat_service_sid !== serviceSid) throw new CodedError(codes.missing);
  if (role.type !== type) throw new CodedError(codes.wrongType);
  return roleSid;
}

const conversationWords = [
  "sendMessage",
  "sendMediaMessage",
  "leaveConversation",
  "editOwnMessage",
  "editAnyMessage",
  "editOwnMessageAttributes",
  "editAnyMessageAttributes",
  "deleteOwnMessage",
  "deleteAnyMessage",
  "addParticipant",
  "addNonChatParticipant",
  "removeParticipant",
  "editConversationName",
  "editConversationAttributes",
  "editOwnParticipantAttributes",
  "editAnyParticipantAttributes",
  "deleteConversation",
  "editNotificationLevel",
];
const serviceWords = [
  "addParticipant",
  "createConversation",
  "deleteAnyMessage",
  "deleteConversation",
  "editAnyMessage",
  "editAnyMessageAttributes",
  "editAnyUserInfo",
  "editConversationAttributes",
  "editConversationName",
  "editOwnMessage",
  "editOwnMessageAttributes",
  "editOwnUserInfo",
  "joinConversation",
  "removeParticipant",
];

/**
 * The published lists are complete for neither type (some words in use are in none), so a known word is valid for both.
 */
export const permissionWords: ReadonlySet<string> = new Set([...conversationWords, ...serviceWords]);

const userWords = [
  "sendMessage",
  "sendMediaMessage",
  "leaveConversation",
  "editOwnMessage",
  "editOwnMessageAttributes",
  "deleteOwnMessage",
  "editNotificationLevel",
];

/** The four roles of every new service; its configuration names some of them as defaults. */
export const defaultRoles: readonly {
  friendlyName: string;
  type: RoleType;
  permissions: readonly string[];
}[] = [
  { friendlyName: "service admin", type: "service", permissions: serviceWords },
  {
    friendlyName: "service user",
    type: "service",
    permissions: ["createConversation", "joinConversation", "editOwnUserInfo"],
  },
  { friendlyName: "channel admin", type: "conversation", permissions: conversationWords },
  { friendlyName: "channel user", type: "conversation", permissions: userWords },
];
