import { isObject, type JsonObject, objectIn, pick, without } from "../../core/json";
import { sharedFields } from "../../core/roster/definition";
import { foundIn, writtenIn } from "../../core/roster/state";
import type { Session } from "../../core/run/session";
import { TwilioError } from "../../http/errors";
import { participant, roster } from "../../resources";
import { adoptable, adoptionsIn, type Holder, type Holders, type PlannedAdoption } from "./adoption";
import type { Observation, Snapshot, TakenOver } from "./observation";
import { entry, membersAt, pairsOf } from "./subject";
import type { Meanings } from "./unmanaged";

/**
 * Joins observations of one stack that concern the same object: one resource releases it and another adopts it, or a
 * new resource adopts an unmanaged object.
 */
export async function withSuccessions(
  session: Session,
  observations: readonly Observation[],
  meanings: Meanings,
): Promise<Observation[]> {
  const holders = holdersOf(observations);
  const adoptions = await adoptionsIn(session, observations, holders, meanings);
  const intoRosters = await intoRostersOf(session, observations, holders, meanings);
  const heirs = new Set([
    ...[...adoptions.values()].map(({ sid }) => sid),
    ...[...intoRosters.values()].flatMap((members) => [...members.values()].map(({ sid }) => sid)),
  ]);
  return observations.map((observation) => {
    const taken = adoptions.get(observation);
    const members = intoRosters.get(observation);
    if (taken !== undefined) return takenOver(observation, taken, holders.get(taken.sid));
    if (observation.type === "Roster")
      return {
        ...observation,
        ...(members !== undefined && { takenOver: members }),
        handedOver: handedOver(observation, heirs),
      };
    const isHandedOver = observation.op === "delete" && heirs.has(observation.live?.id ?? "");
    return isHandedOver ? { ...observation, isHandedOver } : observation;
  });
}

/**
 * Which resource holds each SID by the state, and whether it releases it. Rosters and singletons are identified by
 * other objects' SIDs.
 */
function holdersOf(observations: readonly Observation[]): Holders {
  const holders = new Map<string, Holder>();
  for (const observation of observations) {
    const { type, live, planned, isReplaced } = observation;
    if (live === undefined) continue;
    if (type === "Roster") {
      const staying = new Set(
        pairsOf(membersAt(observation)).flatMap(({ before, after }) => (before && after ? [before] : [])),
      );
      for (const [label, sid] of Object.entries(objectIn(live.outputs, "sids")))
        holders.set(String(sid), { observation, label, isLettingGo: !staying.has(label) });
    } else {
      const isLettingGo = planned === undefined && isReplaced !== true;
      holders.set(live.id, { observation, isLettingGo });
    }
  }
  return holders;
}

/** The labels of members that other resources adopt. */
function handedOver(observation: Observation, heirs: ReadonlySet<string>): ReadonlySet<string> {
  const leaving = pairsOf(membersAt(observation)).flatMap(({ before, after }) =>
    before && !after ? [before] : [],
  );
  const sids = objectIn(observation.live?.outputs ?? {}, "sids");
  return new Set(leaving.filter((label) => heirs.has(String(sids[label]))));
}

/** An adopted object keeps the recorded values of the resource that releases it. */
function takenOver(
  observation: Observation,
  { live }: PlannedAdoption,
  holder: Holder | undefined,
): Observation {
  if (holder === undefined) return { ...observation, live };
  const { label, observation: held } = holder;
  const succeeding = { ...observation, isSucceeding: true };
  if (label === undefined)
    return { ...succeeding, recorded: held.recorded, live: held.live, outside: held.outside };
  const recorded = memberIn(held.recorded, label, writtenIn);
  return { ...succeeding, recorded, live: memberIn(held.live, label, foundIn) ?? live };
}

/** A roster's member as a resource of its own. */
function memberIn(
  snapshot: Snapshot | undefined,
  label: string,
  statesIn: (state: JsonObject) => JsonObject,
): Snapshot | undefined {
  const inputs = entry(objectIn(snapshot?.inputs ?? {}, "members"), label);
  if (snapshot === undefined || inputs === undefined) return undefined;
  const shared = sharedFields(roster);
  const id = String(objectIn(snapshot.outputs, "sids")[label] ?? "");
  const outputs = { ...pick(snapshot.outputs, shared), ...entry(statesIn(snapshot.outputs), label) };
  return { id, inputs: { ...pick(snapshot.inputs, shared), ...inputs }, outputs };
}

/** Members that a roster declares anew and that are in its conversation already. */
async function intoRostersOf(
  session: Session,
  observations: readonly Observation[],
  holders: Holders,
  meanings: Meanings,
): Promise<Map<Observation, ReadonlyMap<string, TakenOver>>> {
  const found = new Map<Observation, ReadonlyMap<string, TakenOver>>();
  for (const observation of observations) {
    if (observation.type !== "Roster" || observation.planned === undefined || observation.isReplaced)
      continue;
    const members = await intoRoster(session, observation, holders, meanings.get(observation));
    if (members.size > 0) found.set(observation, members);
  }
  return found;
}

async function intoRoster(
  session: Session,
  observation: Observation,
  holders: Holders,
  meant: string | undefined,
): Promise<Map<string, TakenOver>> {
  const planned = observation.planned?.inputs ?? {};
  const conversationSid = meant ?? observation.live?.id ?? planned["conversationSid"];
  const shared = { ...pick(planned, sharedFields(roster)), conversationSid };
  const taken = new Map<string, TakenOver>();
  const coming = pairsOf(membersAt(observation)).filter(({ before }) => before === undefined);
  if (coming.length === 0 || typeof conversationSid !== "string" || !conversationSid.startsWith("CH"))
    return taken;
  for (const { after = "" } of coming) {
    const member = entry(objectIn(planned, "members"), after);
    const [first] = isObject(member) ? await membersLike(session, { ...shared, ...member }, holders) : [];
    if (first === undefined) continue;
    const holder = holders.get(first.sid)?.observation;
    const past = holder?.type === "Participant" ? holder.recorded : undefined;
    const present = holder?.type === "Participant" ? holder.live : undefined;
    taken.set(after, {
      sid: first.sid,
      live: ownPart(present ?? first.live),
      ...(past && { recorded: ownPart(past) }),
    });
  }
  return taken;
}

/** The member's own fields, without those that its roster declares for all. */
function ownPart(snapshot: Snapshot): Snapshot {
  return { ...snapshot, inputs: without(snapshot.inputs, [...sharedFields(roster), "adopt"]) };
}

async function membersLike(
  session: Session,
  inputs: JsonObject,
  holders: Holders,
): Promise<PlannedAdoption[]> {
  try {
    const connection = session.connection(inputs);
    const search = { definition: participant, session, connection, signal: session.deadline(), inputs };
    return await adoptable(search, holders);
  } catch (error) {
    if (error instanceof TwilioError) return [];
    throw error;
  }
}
