import { isObject, type JsonObject, objectIn, without } from "../../engine/json";
import { foundIn, writtenIn } from "../../engine/roster/roster-state";
import { memberKey } from "../../resources";
import { filledText } from "../filled-text";
import type { Differing, Times } from "./leaf";
import type { Observation } from "./observation";

/** What rows are about: a resource, or one member of a roster. */
export interface Subject extends Times<JsonObject>, Differing {
  readonly resource: string;
  readonly conversation?: string;
  readonly member?: string;
  /** The member's role as recorded and as found, declared or not; and the one that Twilio assigned in the beginning. */
  readonly roles: RolesInEffect;
}

export interface RolesInEffect {
  readonly was?: string;
  readonly is?: string;
  readonly assigned?: string;
}

/** How a conversation is called, by what a program says of it or by its SID. */
export type NameOf = (conversation: string) => string;

export const MEMBER_TYPES = new Set(["Participant", "Roster"]);

export function subjectsOf(observation: Observation, nameOf: NameOf): Subject[] {
  const whole = subjectOf(observation, nameOf);
  return observation.type === "Roster" ? [rosterItself(whole), ...membersOf(observation, whole)] : [whole];
}

function subjectOf(observation: Observation, nameOf: NameOf): Subject {
  const { type, name, stored, live, wanted, outside, program } = observation;
  const times = { was: stored?.inputs, is: live?.inputs, willBe: wanted?.inputs };
  const some = times.willBe ?? times.is ?? times.was ?? {};
  const { conversationSid: conversation } = some;
  return {
    resource: `${type} ${name}`,
    ...times,
    outside,
    program,
    ...(type === "Conversation" && { conversation: conversationName(some) ?? name }),
    ...(typeof conversation === "string" && { conversation: nameOf(conversation) }),
    ...(type === "Participant" && { member: memberName(some) ?? name }),
    roles: rolesOf(stored?.outputs, live?.outputs),
  };
}

export function conversationName({ uniqueName, friendlyName }: JsonObject): string | undefined {
  return filledText(uniqueName) ?? filledText(friendlyName);
}

/** Who a member is to people. */
export function memberName({ identity, messagingBinding: binding }: JsonObject): string | undefined {
  const ends = isObject(binding) ? binding : {};
  return filledText(identity) ?? filledText(ends["address"]) ?? filledText(ends["projectedAddress"]);
}

function rolesOf(stored: JsonObject | undefined, live: JsonObject | undefined): RolesInEffect {
  const assigned = filledText(objectIn(live ?? stored ?? {}, "assigned")["roleSid"]);
  return {
    ...pickRole("was", stored),
    ...pickRole("is", live),
    ...(assigned !== undefined && { assigned }),
  };
}

function pickRole(time: "was" | "is", outputs: JsonObject | undefined) {
  const role = filledText(outputs?.["roleSid"]);
  return role === undefined ? {} : { [time]: role };
}

/** A roster that is there is changed by its members. */
function rosterItself(whole: Subject): Subject {
  const rest = (values: JsonObject | undefined) => values && without(values, ["members"]);
  return { ...whole, was: rest(whole.was), is: rest(whole.is), willBe: rest(whole.willBe) };
}

function membersOf({ stored, live, wanted }: Observation, whole: Subject): Subject[] {
  const found = foundIn(live?.outputs ?? {});
  const recorded = writtenIn(stored?.outputs ?? {});
  const times = { was: members(stored?.inputs), is: members(live?.inputs), willBe: members(wanted?.inputs) };
  return pairs(times).map(({ before, after }) => {
    const own = {
      was: entry(times.was, before),
      is: entry(times.is, before),
      willBe: entry(times.willBe, after),
    };
    const who = own.willBe ?? own.is ?? own.was ?? {};
    return {
      ...whole,
      ...own,
      member: memberName(who) ?? after ?? before ?? "",
      outside: pathsOf(before, whole.outside),
      program: [
        ...pathsOf(before, whole.program),
        ...(after === before ? [] : pathsOf(after, whole.program)),
      ],
      roles: rolesOf(entry(recorded, before), entry(found, before)),
    };
  });
}

interface Labels {
  readonly before?: string;
  readonly after?: string;
}

/** Under another label it is the same member. */
function pairs({ was, is, willBe }: Record<keyof Times, JsonObject>): Labels[] {
  const before = [...new Set([...Object.keys(was), ...Object.keys(is)])];
  const left = before.filter((label) => !Object.hasOwn(willBe, label));
  const fresh = Object.keys(willBe).filter((label) => !before.includes(label));
  const keyOf = (member: JsonObject | undefined) => member && memberKey(member);
  const renamed = new Map<string, string>();
  for (const label of fresh) {
    const key = keyOf(entry(willBe, label));
    const old = left.find((other) => keyOf(entry(is, other) ?? entry(was, other)) === key);
    if (key !== undefined && old !== undefined) renamed.set(old, label);
  }
  const labelAfter = (label: string) => (Object.hasOwn(willBe, label) ? label : renamed.get(label));
  const taken = new Set(renamed.values());
  return [
    ...before.map((label) => ({ before: label, after: labelAfter(label) })),
    ...fresh.filter((label) => !taken.has(label)).map((label) => ({ after: label })),
  ];
}

function members(inputs: JsonObject | undefined): JsonObject {
  return objectIn(inputs ?? {}, "members");
}

function entry(values: JsonObject | undefined, label: string | undefined): JsonObject | undefined {
  if (values === undefined || label === undefined || !Object.hasOwn(values, label)) return undefined;
  const member = values[label];
  return isObject(member) ? member : undefined;
}

/** The paths below one member; the whole of it where all members are named as one. */
function pathsOf(label: string | undefined, paths: readonly string[][]): string[][] {
  return paths
    .filter(([field, of]) => field === "members" && (of === undefined || of === label))
    .map((path) => path.slice(2));
}
