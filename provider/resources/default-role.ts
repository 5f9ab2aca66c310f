import type { Connection } from "../engine/connection";
import type { JsonObject } from "../engine/json";

/** Twilio's codes for a role that is not there or is of the wrong kind. */
export const MISSING_ROLE_CODES = [50100, 50101, 50103, 50109] as const;

/** The role that the service gives to those who are added without one. */
export async function defaultRole(
  connection: Connection,
  state: JsonObject,
  signal: AbortSignal,
): Promise<string> {
  const configuration = await connection.serviceConfiguration(String(state["chatServiceSid"]), signal);
  return String(configuration["default_conversation_role_sid"]);
}
