import { callApi, type LiveObject } from "../../core/api/call";
import type { Adoption } from "../../core/definition/common-fields";
import { compared, fieldsOf, isSingleton, type ObjectDefinition } from "../../core/definition/define";
import { isSame, restrict } from "../../core/definition/field";
import type { JsonObject } from "../../core/json";
import { adoptionFor, reasonAgainst } from "../../core/lifecycle/adopt";
import { type Search, surveyExisting } from "../../core/lifecycle/find-existing";
import type { Session } from "../../core/run/session";
import { hasNaturalKey, hasSameKey } from "../../core/state/adoption-rules";
import { projectToDeclared } from "../../core/state/nested";
import { TwilioError } from "../../http/errors";
import { definitionOf, isHidden, isTold } from "./fate";
import { currentMembers } from "./membership";
import type { Observation, Snapshot } from "./observation";
import type { Meanings } from "./unmanaged";

/** An existing object that a create will adopt. */
export interface PlannedAdoption {
  readonly sid: string;
  readonly live: Snapshot;
}

/** The resource that holds an object by the state, and whether it releases it. */
export interface Holder {
  readonly observation: Observation;
  /** Of a roster: the label of the member. */
  readonly label?: string;
  readonly isLettingGo: boolean;
}

export type Holders = ReadonlyMap<string, Holder>;

/**
 * The objects that a stack's creates will adopt, by the provider's own rules: an equal object that an interrupted run
 * left, or any existing one if `adopt` allows it. A singleton always exists.
 */
export async function adoptionsIn(
  session: Session,
  observations: readonly Observation[],
  holders: Holders,
  meanings: Meanings,
): Promise<Map<Observation, PlannedAdoption>> {
  const created = observations.filter(({ op, recorded, live }) => op === "create" && !recorded && !live);
  const found = await Promise.all(
    created.map(async (one) => [one, await standingFor(session, one, holders, meanings)] as const),
  );
  const adoptions = new Map<Observation, PlannedAdoption>();
  const taken = new Set<string>();
  for (const [observation, candidates] of found) {
    const free = candidates.find(({ sid }) => !taken.has(sid));
    if (free === undefined) continue;
    taken.add(free.sid);
    adoptions.set(observation, free);
  }
  return adoptions;
}

async function standingFor(
  session: Session,
  observation: Observation,
  holders: Holders,
  meanings: Meanings,
): Promise<PlannedAdoption[]> {
  const definition = definitionOf(observation);
  const declared = observation.planned?.inputs ?? {};
  const meant = meanings.get(observation);
  const inputs = meant === undefined ? declared : { ...declared, conversationSid: meant };
  if (definition === undefined || observation.type === "Roster" || !isPlaceKnown(observation, inputs))
    return [];
  if (!isTold(definition, inputs)) return [];
  try {
    const connection = session.connection(inputs);
    const context = { connection, signal: session.deadline() };
    if (isSingleton(definition)) {
      const { live, id } = await callApi({ ...context, definition }, "read", inputs);
      return [adoptionOf(definition, id, live, inputs)];
    }
    const found = await adoptable({ ...context, definition, session, inputs }, holders);
    // Keep the program's own words for the location.
    return found.map(({ sid, live }) => ({
      sid,
      live: { ...live, inputs: placedAs(declared, live.inputs) },
    }));
  } catch (error) {
    // An object that cannot be read counts as absent, as in Pulumi's engine.
    if (error instanceof TwilioError) return [];
    throw error;
  }
}

function placedAs({ conversationSid }: JsonObject, inputs: JsonObject): JsonObject {
  return conversationSid === undefined ? inputs : { ...inputs, conversationSid };
}

function isPlaceKnown(observation: Observation, inputs: JsonObject): boolean {
  const definition = definitionOf(observation);
  const parameters =
    definition === undefined ? [] : fieldsOf(definition).filter(({ policy }) => policy.pathParameter);
  return !isHidden(inputs["account"]) && !parameters.some(({ name }) => isHidden(inputs[name]));
}

/** The objects that may be adopted for such a declaration. */
export async function adoptable(search: Search, holders: Holders): Promise<PlannedAdoption[]> {
  const { definition, inputs } = search;
  if (!hasNaturalKey(definition, inputs)) return [];
  const adoptions: PlannedAdoption[] = [];
  for (const existing of await existingOf(search)) {
    const sid = String(existing.live["sid"]);
    const holder = holders.get(sid);
    if (holder !== undefined && !holder.isLettingGo) continue;
    // A roster releases members that another resource declares.
    const isHanded = holder?.label !== undefined;
    const adoption: Adoption = isHanded ? "always" : adoptionFor(search);
    if ((await reasonAgainst(search, existing, adoption)) !== undefined) continue;
    adoptions.push(adoptionOf(definition, sid, existing.live, inputs));
  }
  return adoptions;
}

/** A conversation's members come from one list; other objects are searched for as in a create. */
async function existingOf(search: Search): Promise<readonly LiveObject[]> {
  const { definition, session, inputs, connection } = search;
  if (definition.type !== "Participant") return surveyExisting(search);
  const members = (await currentMembers(session, inputs)) ?? [];
  return members
    .filter((live) => hasSameKey(definition, inputs, live))
    .map((live) => ({ live, id: String(live["sid"]), nowMs: connection.serverNowMs }));
}

/** The live values of declared fields; a value that means the same counts as equal. */
function adoptionOf(
  definition: Pick<ObjectDefinition, "schema" | "compare"> & Parameters<typeof fieldsOf>[0],
  sid: string,
  live: JsonObject,
  declared: JsonObject,
): PlannedAdoption {
  const shown = compared(definition, live, declared);
  const inputs = fieldsOf(definition).map((entry) => {
    const wanted = declared[entry.name];
    const isObserved = entry.policy.change === "update" || entry.policy.change === "replace";
    if (wanted === undefined || entry.policy.pathParameter || !isObserved)
      return [entry.name, wanted] as const;
    const found = projectToDeclared(entry, wanted, restrict(entry, shown[entry.name]));
    return [entry.name, isSame(entry, restrict(entry, wanted), found, live) ? wanted : found] as const;
  });
  const told = Object.fromEntries(inputs.filter(([, value]) => value !== undefined));
  return { sid, live: { id: sid, inputs: told, outputs: shown } };
}
