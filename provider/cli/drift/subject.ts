import type { Definition } from "../../core/definition/define";
import { isObject, type JsonObject, objectIn, pick, without } from "../../core/json";
import { sharedFields } from "../../core/roster/definition";
import { foundIn, writtenIn } from "../../core/roster/state";
import { memberKey, participant, roster } from "../../resources";
import { filledText } from "../terminal/text";
import { definitionOf, isHidden } from "./fate";
import type { Differing, Times } from "./leaf";
import type { Observation, Snapshot } from "./observation";
import { aligned, givenBack, type Held } from "./outcome";

/** What rows describe: a resource, or one member of a roster. */
export interface Subject extends Times<JsonObject>, Differing {
  readonly resource: string;
  /** Of a type of this package. */
  readonly definition?: Definition;
  readonly conversation?: string;
  readonly member?: string;
  /** The member's role as recorded and as live, declared or not, and the one that Twilio assigned at first. */
  readonly roles: RolesInEffect;
  /** Its live values besides the declared ones, where it exists. */
  readonly held?: Held;
  readonly isReplaced?: boolean;
  readonly isReleased?: boolean;
  /** It is deleted although Pulumi's engine plans nothing for it. */
  readonly isSwept?: boolean;
  /** It exists, and the stack does not record it yet. */
  readonly isTakenOver?: boolean;
}

export interface RolesInEffect {
  readonly recorded?: string;
  readonly live?: string;
  readonly assigned?: string;
  /** The role that Twilio assigns once the program declares none. */
  readonly byDefault?: string;
}

/** The display name of a conversation: from the program, or its SID. */
export type NameOf = (conversation: string) => string;

export const MEMBER_TYPES = new Set(["Participant", "Roster"]);

export function subjectsOf(observation: Observation, nameOf: NameOf): Subject[] {
  if (observation.isHandedOver === true) return [];
  const whole = subjectOf(observation, nameOf);
  return observation.type === "Roster" ? [rosterItself(whole), ...membersOf(observation, whole)] : [whole];
}

function subjectOf(observation: Observation, nameOf: NameOf): Subject {
  const { type, name, recorded, live, outside, program } = observation;
  const times = timesOf(observation);
  const some = times.planned ?? times.live ?? times.recorded ?? {};
  const { conversationSid: conversation } = some;
  const definition = definitionOf(observation);
  const { isReplaced, isReleased, isSwept } = observation;
  return {
    resource: `${type} ${name}`,
    ...(definition !== undefined && { definition }),
    ...times,
    outside,
    program,
    ...(type === "Conversation" && { conversation: conversationName(some) ?? name }),
    ...(typeof conversation === "string" && { conversation: nameOf(conversation) }),
    ...(type === "Participant" && { member: memberName(some) ?? name }),
    roles: {
      ...rolesOf(recorded?.outputs, live?.outputs, observation.defaultRole),
      ...(observation.isSucceeding && keptRole(live?.outputs)),
    },
    ...(definition !== undefined && live !== undefined && { held: { definition, state: live.outputs } }),
    ...(isReplaced && { isReplaced }),
    ...(isReleased && { isReleased }),
    ...(isSwept && { isSwept }),
    ...(recorded === undefined && live !== undefined && { isTakenOver: true }),
  };
}

export function conversationName({ uniqueName, friendlyName }: JsonObject): string | undefined {
  return filledText(uniqueName) ?? filledText(friendlyName);
}

/** A member's display name. */
export function memberName({ identity, messagingBinding: binding }: JsonObject): string | undefined {
  const ends = isObject(binding) ? binding : {};
  return filledText(identity) ?? filledText(ends["address"]) ?? filledText(ends["projectedAddress"]);
}

function rolesOf(
  recorded: JsonObject | undefined,
  live: JsonObject | undefined,
  byDefault: string | undefined,
): RolesInEffect {
  const assigned = filledText(objectIn(live ?? recorded ?? {}, "assigned")["roleSid"]);
  return {
    ...pickRole("recorded", recorded),
    ...pickRole("live", live),
    ...(assigned !== undefined && { assigned }),
    ...(byDefault !== undefined && { byDefault }),
  };
}

/** Declared values at the three times, in the spelling known first. */
function timesOf(observation: Observation): Times<JsonObject> {
  const { isReplaced } = observation;
  const times = inputsAt(observation);
  const definition = definitionOf(observation);
  const outputs = observation.live?.outputs;
  if (definition === undefined || times.live === undefined || outputs === undefined) return times;
  const { recorded } = times;
  const live = recorded === undefined ? times.live : aligned(definition, recorded, times.live, outputs);
  const planned = times.planned && aligned(definition, live, times.planned, outputs);
  const isPreExisting = outputs["before"] !== undefined && isReplaced !== true;
  return {
    recorded,
    live,
    planned: planned && isPreExisting ? givenBack(definition, live, planned) : planned,
  };
}

function inputsAt({ recorded, live, planned }: Observation): Times<JsonObject> {
  return { recorded: recorded?.inputs, live: live?.inputs, planned: planned?.inputs };
}

/** An adopted member keeps its live role where the program declares none, whoever assigned it. */
function keptRole(outputs: JsonObject | undefined) {
  const role = filledText(outputs?.["roleSid"]);
  return role === undefined ? {} : { assigned: role };
}

function pickRole(time: "recorded" | "live", outputs: JsonObject | undefined) {
  const role = filledText(outputs?.["roleSid"]);
  return role === undefined ? {} : { [time]: role };
}

/** A roster's own fields; its members have subjects of their own. */
function rosterItself(whole: Subject): Subject {
  const rest = (values: JsonObject | undefined) => values && without(values, ["members"]);
  return { ...whole, recorded: rest(whole.recorded), live: rest(whole.live), planned: rest(whole.planned) };
}

function membersOf(observation: Observation, whole: Subject): Subject[] {
  const { takenOver, handedOver, defaultRole, isReleased } = observation;
  // Members of a released roster stay with it.
  if (observation.planned === undefined && isReleased === true) return [];
  const outputs = observation.live?.outputs ?? {};
  const found = foundIn(outputs);
  const written = writtenIn(observation.recorded?.outputs ?? {});
  const times = membersAt(observation);
  const shared = pick(outputs, sharedFields(roster));
  const { isReleased: _released, held: _held, isTakenOver: _taken, ...rest } = whole;
  return pairsOf(times).flatMap(({ before, after }) => {
    if (before !== undefined && handedOver?.has(before)) return [];
    const taken = before === undefined && after !== undefined ? takenOver?.get(after) : undefined;
    const own = {
      recorded: taken?.recorded?.inputs ?? entry(times.recorded, before),
      live: taken?.live.inputs ?? entry(times.live, before),
      planned: entry(times.planned, after),
    };
    const who = own.planned ?? own.live ?? own.recorded ?? {};
    const state = taken?.live.outputs ?? entry(found, before);
    const isThere = own.live !== undefined && state !== undefined;
    return {
      ...rest,
      ...own,
      definition: participant,
      member: memberName(who) ?? after ?? before ?? "",
      outside: pathsOf(before, whole.outside),
      program: [
        ...pathsOf(before, whole.program),
        ...(after === before ? [] : pathsOf(after, whole.program)),
      ],
      roles: {
        ...rolesOf(taken?.recorded?.outputs ?? entry(written, before), state, defaultRole),
        ...(taken && keptRole(state)),
      },
      ...(isThere && { held: { definition: participant, state: { ...shared, ...state } } }),
      ...(isThere && own.recorded === undefined && { isTakenOver: true }),
    };
  });
}

interface Labels {
  readonly before?: string;
  readonly after?: string;
}

/**
 * Pairs the members before and after by Twilio's natural key, not by label, since the labels of a list shift. Falls
 * back to labels only where the key is hidden.
 */
export function pairsOf({ recorded, live, planned }: Record<keyof Times, JsonObject>): Labels[] {
  const before = [...new Set([...Object.keys(recorded), ...Object.keys(live)])];
  const after = Object.keys(planned);
  const old = (label: string) => keyOf(entry(live, label) ?? entry(recorded, label));
  const byKey = new Map(before.map((label) => [old(label), label]));
  const partner = new Map<string, string>();
  const taken = new Set<string>();
  const pair = (label: string, other: string | undefined) => {
    if (other === undefined || taken.has(other)) return;
    taken.add(other);
    partner.set(label, other);
  };
  for (const label of after) {
    const key = keyOf(entry(planned, label));
    if (key !== undefined) pair(label, byKey.get(key));
  }
  for (const label of after) {
    const isHiddenPair = keyOf(entry(planned, label)) === undefined || old(label) === undefined;
    if (!partner.has(label) && before.includes(label) && isHiddenPair) pair(label, label);
  }
  const labelAfter = new Map([...partner].map(([label, other]) => [other, label]));
  return [
    ...before.map((label) => ({ before: label, after: labelAfter.get(label) })),
    ...after.filter((label) => !partner.has(label)).map((label) => ({ after: label })),
  ];
}

/** The natural key of a member; undefined where it is hidden. */
function keyOf(member: JsonObject | undefined): string | undefined {
  if (member === undefined || isHidden(member["identity"]) || isHidden(member["messagingBinding"]))
    return undefined;
  return memberKey(member);
}

/** The declared members of a roster at the three times. */
export function membersAt(observation: Pick<Observation, "recorded" | "live" | "planned">) {
  const members = (snapshot: Snapshot | undefined) => objectIn(snapshot?.inputs ?? {}, "members");
  const { recorded, live, planned } = observation;
  return { recorded: members(recorded), live: members(live), planned: members(planned) };
}

export function entry(values: JsonObject | undefined, label: string | undefined): JsonObject | undefined {
  if (values === undefined || label === undefined || !Object.hasOwn(values, label)) return undefined;
  const member = values[label];
  return isObject(member) ? member : undefined;
}

/** The paths below one member; the whole member where a path names all members. */
function pathsOf(label: string | undefined, paths: readonly string[][]): string[][] {
  return paths
    .filter(([field, of]) => field === "members" && (of === undefined || of === label))
    .map((path) => path.slice(2));
}
