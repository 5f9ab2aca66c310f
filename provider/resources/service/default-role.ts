import { requireText } from "../../core/api/request";
import type { FieldDefault } from "../../core/definition/define";
import { TwilioError } from "../../http/errors";
import { serviceConfiguration } from "./service-configuration";
import { stockRoles } from "./stock-roles";

/** Twilio's codes for a role that is missing or of the wrong type. */
const MISSING_ROLE_CODES = [50100, 50101, 50102, 50103, 50109] as const;

/** Twilio's keys for the default roles of a service. */
const KEYS = {
  defaultConversationRoleSid: "default_conversation_role_sid",
  defaultChatServiceRoleSid: "default_chat_service_role_sid",
} as const;

/** The role that the service assigns to those who are added without one. */
export function defaultRole(field: keyof typeof KEYS): FieldDefault {
  const key = KEYS[field];
  return {
    missingCodes: MISSING_ROLE_CODES,
    permission: "Services/Configuration: read",
    value: async (twilio, state) => {
      const serviceSid = requireText("chatServiceSid", state["chatServiceSid"]);
      const { [key]: role } = await twilio.serviceConfiguration(serviceSid);
      if (typeof role === "string") return role;
      throw new TwilioError(
        `service ${serviceSid} has no default role to assign (${key}). Declare roleSid, or set the default.`,
      );
    },
    isStock: async (twilio, state, value) => {
      const role = await twilio.role(requireText("chatServiceSid", state["chatServiceSid"]), String(value));
      const stock = stockRoles.find(({ defaultOf }) => defaultOf === field);
      return role["friendly_name"] === stock?.friendlyName;
    },
    isSetBy: (declarationsOf, { chatServiceSid }) =>
      declarationsOf(serviceConfiguration).some(
        (declared) => declared["serviceSid"] === chatServiceSid && declared[field] !== undefined,
      ),
  };
}
