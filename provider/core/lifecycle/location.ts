import { shownPath } from "../../http/redaction/redaction";
import type { Account, Connection } from "../api/connection";
import { requireText } from "../api/request";
import { type Definition, isInService } from "../definition/define";
import { type Json, type JsonObject, textOf } from "../json";
import type { Location } from "../state/field-state";

/** The service that inputs name, or the one that they leave to the account. */
export function serviceOf(
  definition: Definition,
  { serviceSid }: JsonObject,
  { defaultServiceSid }: Account,
): Json | undefined {
  return isInService(definition) ? (serviceSid ?? defaultServiceSid) : undefined;
}

/** Where an object lives, as the state says it. */
export function locationOf(
  definition: Definition,
  { settings, credentials }: Connection,
  live: JsonObject,
  service: Json | undefined,
): Location {
  // Of a service's configuration Twilio does not say whose it is.
  const accountSid = textOf(live["accountSid"]) ?? credentials.accountSid;
  const location = { accountSid, region: settings.region, origin: settings.apiOrigin };
  if (!isInService(definition)) return location;
  return { ...location, chatServiceSid: requireText("chatServiceSid", live["chatServiceSid"] ?? service) };
}

/** Where something was looked for, for messages. */
export function describeWhere({ accountSid }: Account, service: Json | undefined): string {
  return `account ${accountSid}${service === undefined ? "" : `, service ${shownPath(String(service))}`}`;
}

/** The state with the service that the program comes to name, which reaches the object whatever the default is. */
export function named(state: JsonObject, { serviceSid }: JsonObject): JsonObject {
  return serviceSid === state["chatServiceSid"] ? { ...state, serviceSid } : state;
}
