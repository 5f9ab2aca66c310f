import { allRows } from "../../core/api/listing";
import { requestFor } from "../../core/api/request";
import type { Json, JsonObject } from "../../core/json";
import type { Session } from "../../core/run/session";
import { TwilioError } from "../../http/errors";
import { conversation, participant, role } from "../../resources";
import type { Observation } from "./observation";
import { isToBeAsked, type WatchedConversation } from "./unmanaged";

/** The listed members of a conversation; none where it is gone. Only reads. */
export async function membersOf(
  session: Session,
  { location, state }: WatchedConversation,
): Promise<JsonObject[]> {
  session.connection(location).assertSameLocation(state);
  return (await currentMembers(session, location)) ?? [];
}

/** The members of the conversation that these inputs name; undefined where it does not exist. */
export async function currentMembers(
  session: Session,
  location: JsonObject,
): Promise<JsonObject[] | undefined> {
  const connection = session.connection(location);
  return allRows({ definition: participant, connection, signal: session.deadline() }, location);
}

/** Role names by SID, for the service of this location. */
export async function roleNames(session: Session, location: JsonObject): Promise<[string, string][]> {
  const connection = session.connection(location);
  const roles = await allRows({ definition: role, connection, signal: session.deadline() }, location);
  return (roles ?? []).map(({ sid, friendlyName }) => [String(sid), String(friendlyName)]);
}

/** Resolves the unique names with which members name their conversations. */
export async function meaningsOf(
  session: Session,
  observations: readonly Observation[],
): Promise<[Observation, string | undefined][]> {
  const asked = observations.filter(isToBeAsked);
  if (asked.length === 0) return [];
  const declared = new Map<string, string | undefined>();
  for (const { type, live, planned } of observations) {
    const name = planned?.inputs["uniqueName"];
    if (type !== "Conversation" || name === undefined) continue;
    // The state knows the service of an existing conversation; for a new one the program's inputs name it.
    const location =
      live === undefined ? await placeNamed(session, planned?.inputs ?? {}) : placeHeld(live.outputs);
    declared.set(nameKey(location, name), live?.id);
  }
  const meanings: [Observation, string | undefined][] = [];
  for (const observation of asked) {
    const inputs = observation.planned?.inputs ?? {};
    const key = nameKey(await placeNamed(session, inputs), inputs["conversationSid"]);
    // Each name once; a conversation in the program takes precedence over one at Twilio.
    if (!declared.has(key)) declared.set(key, await sidNamed(session, inputs));
    meanings.push([observation, declared.get(key)]);
  }
  return meanings;
}

function nameKey(location: Json, name: Json | undefined): string {
  return JSON.stringify([location, name ?? null]);
}

function placeHeld({ accountSid, chatServiceSid }: JsonObject): Json {
  return [accountSid ?? null, chatServiceSid ?? null];
}

/** The account and the service of inputs, in whatever form they name them. */
async function placeNamed(session: Session, inputs: JsonObject): Promise<Json> {
  try {
    const { accountSid, defaultServiceSid } = await session.connection(inputs).verified();
    return [accountSid, inputs["serviceSid"] ?? defaultServiceSid];
  } catch (error) {
    if (!(error instanceof TwilioError)) throw error;
    return [inputs["account"] ?? null, inputs["serviceSid"] ?? null, "as spelled"];
  }
}

/** Undefined when Twilio does not resolve the name; the report then shows the members. */
async function sidNamed(session: Session, { conversationSid, ...location }: JsonObject) {
  try {
    const request = requestFor(conversation, "read", location, String(conversationSid));
    const { body } = await session.connection(location).request(request, session.deadline());
    return String(body["sid"]);
  } catch (error) {
    if (error instanceof TwilioError) return undefined;
    throw error;
  }
}
