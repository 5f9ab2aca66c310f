import type { Definition } from "../../core/definition/define";
import { isObject, type JsonObject, objectIn, pick, without } from "../../core/json";
import { sharedFields } from "../../core/roster/definition";
import { foundIn, writtenIn } from "../../core/roster/state";
import { memberKey, participant, roster } from "../../resources";
import { filledText } from "../terminal/text";
import { definitionOf, isHidden } from "./fate";
import type { Differing, Times } from "./leaf";
import type { Observation } from "./observation";
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
  readonly was?: string;
  readonly is?: string;
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
  const { type, name, stored, live, outside, program } = observation;
  const times = timesOf(observation);
  const some = times.willBe ?? times.is ?? times.was ?? {};
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
      ...rolesOf(stored?.outputs, live?.outputs, observation.defaultRole),
      ...(observation.isSucceeding && keptRole(live?.outputs)),
    },
    ...(definition !== undefined && live !== undefined && { held: { definition, state: live.outputs } }),
    ...(isReplaced && { isReplaced }),
    ...(isReleased && { isReleased }),
    ...(isSwept && { isSwept }),
    ...(stored === undefined && live !== undefined && { isTakenOver: true }),
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
  stored: JsonObject | undefined,
  live: JsonObject | undefined,
  byDefault: string | undefined,
): RolesInEffect {
  const assigned = filledText(objectIn(live ?? stored ?? {}, "assigned")["roleSid"]);
  return {
    ...pickRole("was", stored),
    ...pickRole("is", live),
    ...(assigned !== undefined && { assigned }),
    ...(byDefault !== undefined && { byDefault }),
  };
}

/** Declared values at the three times, in the spelling known first. */
function timesOf(observation: Observation): Times<JsonObject> {
  const { stored, live, wanted, isReplaced } = observation;
  const [was, is, willBe] = [stored?.inputs, live?.inputs, wanted?.inputs];
  const definition = definitionOf(observation);
  if (definition === undefined || live === undefined || is === undefined) return { was, is, willBe };
  const found = was === undefined ? is : aligned(definition, was, is, live.outputs);
  const after = willBe && aligned(definition, found, willBe, live.outputs);
  const isPreExisting = live.outputs["before"] !== undefined && isReplaced !== true;
  return { was, is: found, willBe: after && isPreExisting ? givenBack(definition, found, after) : after };
}

/** An adopted member keeps its live role where the program declares none, whoever assigned it. */
function keptRole(outputs: JsonObject | undefined) {
  const role = filledText(outputs?.["roleSid"]);
  return role === undefined ? {} : { assigned: role };
}

function pickRole(time: "was" | "is", outputs: JsonObject | undefined) {
  const role = filledText(outputs?.["roleSid"]);
  return role === undefined ? {} : { [time]: role };
}

/** A roster's own fields; its members have subjects of their own. */
function rosterItself(whole: Subject): Subject {
  const rest = (values: JsonObject | undefined) => values && without(values, ["members"]);
  return { ...whole, was: rest(whole.was), is: rest(whole.is), willBe: rest(whole.willBe) };
}

function membersOf(observation: Observation, whole: Subject): Subject[] {
  const { stored, live, wanted, takenOver, handedOver, defaultRole, isReleased } = observation;
  // Members of a released roster stay with it.
  if (wanted === undefined && isReleased === true) return [];
  const found = foundIn(live?.outputs ?? {});
  const recorded = writtenIn(stored?.outputs ?? {});
  const times = { was: members(stored?.inputs), is: members(live?.inputs), willBe: members(wanted?.inputs) };
  const shared = pick(live?.outputs ?? {}, sharedFields(roster));
  const { isReleased: _released, held: _held, isTakenOver: _taken, ...rest } = whole;
  return pairsOf(times).flatMap(({ before, after }) => {
    if (before !== undefined && handedOver?.has(before)) return [];
    const taken = before === undefined && after !== undefined ? takenOver?.get(after) : undefined;
    const own = {
      was: taken?.was?.inputs ?? entry(times.was, before),
      is: taken?.is.inputs ?? entry(times.is, before),
      willBe: entry(times.willBe, after),
    };
    const who = own.willBe ?? own.is ?? own.was ?? {};
    const state = taken?.is.outputs ?? entry(found, before);
    const isThere = own.is !== undefined && state !== undefined;
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
        ...rolesOf(taken?.was?.outputs ?? entry(recorded, before), state, defaultRole),
        ...(taken && keptRole(state)),
      },
      ...(isThere && { held: { definition: participant, state: { ...shared, ...state } } }),
      ...(isThere && own.was === undefined && { isTakenOver: true }),
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
export function pairsOf({ was, is, willBe }: Record<keyof Times, JsonObject>): Labels[] {
  const before = [...new Set([...Object.keys(was), ...Object.keys(is)])];
  const after = Object.keys(willBe);
  const old = (label: string) => keyOf(entry(is, label) ?? entry(was, label));
  const byKey = new Map(before.map((label) => [old(label), label]));
  const partner = new Map<string, string>();
  const taken = new Set<string>();
  const pair = (label: string, other: string | undefined) => {
    if (other === undefined || taken.has(other)) return;
    taken.add(other);
    partner.set(label, other);
  };
  for (const label of after) {
    const key = keyOf(entry(willBe, label));
    if (key !== undefined) pair(label, byKey.get(key));
  }
  for (const label of after) {
    const isHiddenPair = keyOf(entry(willBe, label)) === undefined || old(label) === undefined;
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

function members(inputs: JsonObject | undefined): JsonObject {
  return objectIn(inputs ?? {}, "members");
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
