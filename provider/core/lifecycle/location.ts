import { shownPath } from "../../http/redaction/redaction";
import type { Account, Connection } from "../api/connection";
import { requireText } from "../api/request";
import { type Definition, isInService } from "../definition/define";
import { type Json, type JsonObject, textOf } from "../json";
import type { Location } from "../state/field-state";

/** The declared service, else the account's default. */
export function serviceOf(
  definition: Definition,
  { serviceSid }: JsonObject,
  { defaultServiceSid }: Account,
): Json | undefined {
  return isInService(definition) ? (serviceSid ?? defaultServiceSid) : undefined;
}

/** The object's location in the form that the state records. */
export function locationOf(
  definition: Definition,
  { settings, credentials }: Connection,
  live: JsonObject,
  service: Json | undefined,
): Location {
  // Twilio's response for a service configuration names no account.
  const accountSid = textOf(live["accountSid"]) ?? credentials.accountSid;
  const location = { accountSid, region: settings.region, origin: settings.apiOrigin };
  if (!isInService(definition)) return location;
  return { ...location, chatServiceSid: requireText("chatServiceSid", live["chatServiceSid"] ?? service) };
}

/** The location of a search, for messages. */
export function describeWhere({ accountSid }: Account, service: Json | undefined): string {
  return `account ${accountSid}${service === undefined ? "" : `, service ${shownPath(String(service))}`}`;
}

/** Adds a newly declared service to the state: it reaches the object whatever the default service is. */
export function named(state: JsonObject, { serviceSid }: JsonObject): JsonObject {
  return serviceSid === state["chatServiceSid"] ? { ...state, serviceSid } : state;
}
