import type { JsonObject } from "../../engine/json";
import { allRows } from "../../engine/listing";
import { requestFor } from "../../engine/request";
import type { Session } from "../../engine/session";
import { TwilioError } from "../../http/errors";
import { conversation, participant, role } from "../../resources";
import type { Observation } from "./observation";
import { isToBeAsked, type WatchedConversation } from "./stranger";

/** The members of a conversation as its list has them: none where it is gone. Reads alone. */
export async function membersOf(
  session: Session,
  { place, state }: WatchedConversation,
): Promise<JsonObject[]> {
  const connection = session.connection(place);
  connection.refuseOtherPlace(state);
  return (await allRows({ definition: participant, connection, signal: session.deadline() }, place)) ?? [];
}

/** The names of the roles where this conversation lives, by their SIDs. */
export async function roleNames(session: Session, place: JsonObject): Promise<[string, string][]> {
  const connection = session.connection(place);
  const roles = await allRows({ definition: role, connection, signal: session.deadline() }, place);
  return (roles ?? []).map(({ sid, friendlyName }) => [String(sid), String(friendlyName)]);
}

/** What the unique names mean that a program comes to give its members' conversations. */
export async function meaningsOf(
  session: Session,
  observations: readonly Observation[],
): Promise<[Observation, string | undefined][]> {
  const declared = new Map(
    observations
      .filter(({ type, wanted }) => type === "Conversation" && wanted !== undefined)
      .map(({ wanted, live }) => [nameKey(wanted?.inputs ?? {}, "uniqueName"), live?.id]),
  );
  const meanings: [Observation, string | undefined][] = [];
  for (const observation of observations.filter(isToBeAsked)) {
    const inputs = observation.wanted?.inputs ?? {};
    const key = nameKey(inputs, "conversationSid");
    // Each name once; what the program says of it counts before what is.
    if (!declared.has(key)) declared.set(key, await sidNamed(session, inputs));
    meanings.push([observation, declared.get(key)]);
  }
  return meanings;
}

function nameKey({ account, serviceSid, ...inputs }: JsonObject, field: string): string {
  return JSON.stringify([account ?? null, serviceSid ?? null, inputs[field] ?? null]);
}

/** Who cannot be told apart is shown. */
async function sidNamed(session: Session, { conversationSid, ...place }: JsonObject) {
  try {
    const request = requestFor(conversation, "read", place, String(conversationSid));
    const { body } = await session.connection(place).request(request, session.deadline());
    return String(body["sid"]);
  } catch (error) {
    if (error instanceof TwilioError) return undefined;
    throw error;
  }
}
