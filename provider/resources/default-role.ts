import type { Connection } from "../engine/connection";
import type { JsonObject } from "../engine/json";
import { located } from "../engine/request";
import { TwilioError } from "../http/errors";

/** Twilio's codes for a role that is not there or is of the wrong kind. */
export const MISSING_ROLE_CODES = [50100, 50101, 50102, 50103, 50109] as const;

type DefaultRole = "default_conversation_role_sid" | "default_chat_service_role_sid";

/** The role that the service gives to those who are added without one. */
export function defaultRole(key: DefaultRole) {
  return async (connection: Connection, state: JsonObject): Promise<string> => {
    const serviceSid = located("chatServiceSid", state["chatServiceSid"]);
    const { [key]: role } = await connection.serviceConfiguration(serviceSid);
    if (typeof role === "string") return role;
    throw new TwilioError(
      `service ${serviceSid} has no default role to give back (${key}). Declare roleSid, or set the default.`,
    );
  };
}
