import type { JsonObject } from "../../engine/json";
import { allRows } from "../../engine/listing";
import type { Session } from "../../engine/session";
import { participant, role } from "../../resources";
import type { WatchedConversation } from "./stranger";

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
