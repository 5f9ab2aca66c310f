import type { Connection } from "../engine/connection";
import type { JsonObject } from "../engine/json";
import { located } from "../engine/request";
import { TwilioError } from "../http/errors";

/** Twilio's codes for a role that is not there or is of the wrong kind. */
export const MISSING_ROLE_CODES = [50100, 50101, 50103, 50109] as const;

/** The role that the service gives to those who are added without one. */
export async function defaultRole(
  connection: Connection,
  state: JsonObject,
  signal: AbortSignal,
): Promise<string> {
  const serviceSid = located("chatServiceSid", state["chatServiceSid"]);
  const { default_conversation_role_sid: role } = await connection.serviceConfiguration(serviceSid, signal);
  if (typeof role === "string") return role;
  throw new TwilioError(
    `service ${serviceSid} has no default conversation role to give back. Declare roleSid, or set the default.`,
  );
}
