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
}

/** The roles that Twilio makes with every service, each service its own. */
export const stockRoles: readonly StockRole[] = [
  { friendlyName: "channel admin", type: "conversation", defaultOf: "defaultConversationCreatorRoleSid" },
  { friendlyName: "channel user", type: "conversation", defaultOf: "defaultConversationRoleSid" },
  { friendlyName: "service admin", type: "service" },
  { friendlyName: "service user", type: "service", defaultOf: "defaultChatServiceRoleSid" },
];
