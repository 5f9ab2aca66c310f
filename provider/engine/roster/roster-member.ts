import { fieldsOf } from "../define";
import { isObject, type Json, type JsonObject, objectIn, pick, sameJson, without } from "../json";
import { MEMBERS, ownFields, type RosterDefinition, sharedFields } from "./roster-definition";

/** A member that the state holds, as if it were a resource of its own. */
export interface Held {
  readonly label: string;
  readonly sid: string;
  readonly state: JsonObject;
}

/** A member that the program declares, as if it were a resource of its own. */
export interface Wanted {
  readonly label: string;
  readonly inputs: JsonObject;
}

/** What `exclusive` has found besides the declared members. */
const UNDECLARED = "undeclared:";
/** A member that is no longer declared, and could not be removed. */
const REMOVED = "removed:";

/** What the state says of where a resource lives, besides its inputs. */
const PLACE = ["resolvedConversationSid", "accountSid", "region", "origin", "chatServiceSid"];
/** What a refresh has found otherwise, beside what was written: members by their labels, and labels of those gone. */
const DRIFTED = "drifted";
const GONE = "gone";

/** What the state remembers of a member besides its fields. */
const MEMORY = ["assigned", "answered"];

export function undeclaredLabel(sid: string): string {
  return UNDECLARED + sid;
}

/** What stays in state of a member that was to go: the engine keeps none of its secrets under another label. */
export function leftOver(member: Held): Held {
  const { sid, state } = member;
  return { label: isUndeclared(member) ? member.label : REMOVED + sid, sid, state: whoIs(state) };
}

export function isUndeclared({ label }: Pick<Held, "label">): boolean {
  return label.startsWith(UNDECLARED);
}

/** Labels that a program may not use. Keys that begin with two underscores are the engine's own. */
export function isReserved(label: string): boolean {
  return ["__", UNDECLARED, REMOVED].some((prefix) => label.startsWith(prefix));
}

/** The members in state, as the last refresh has found them. */
export function heldIn(definition: RosterDefinition, state: JsonObject): Held[] {
  const [members, sids, drifted] = [
    objectIn(state, MEMBERS),
    objectIn(state, "sids"),
    objectIn(state, DRIFTED),
  ];
  const gone = Array.isArray(state[GONE]) ? state[GONE] : [];
  const place = pick(state, [...sharedFields(definition), ...PLACE]);
  const held = (label: string, sid: Json | undefined, member: Json | undefined) =>
    typeof sid === "string" && isObject(member) ? [{ label, sid, state: { ...place, ...member } }] : [];
  const strangers = Object.keys(drifted).filter((label) => isUndeclared({ label }));
  return [
    ...Object.entries(sids)
      .filter(([label]) => !gone.includes(label))
      .flatMap(([label, sid]) => held(label, sid, at(drifted, label) ?? at(members, label))),
    ...strangers.flatMap((label) => held(label, label.slice(UNDECLARED.length), at(drifted, label))),
  ];
}

/** The members in state, as if they had been created with what the program now says for all of them. */
export function heldFor(definition: RosterDefinition, state: JsonObject, inputs: JsonObject): Held[] {
  const shared = sharedFields(definition);
  return heldIn(definition, { ...without(state, shared), ...pick(inputs, shared) });
}

/** The members that the program declares. */
export function wantedIn(definition: RosterDefinition, inputs: JsonObject): Wanted[] {
  const shared = pick(inputs, sharedFields(definition));
  return Object.entries(objectIn(inputs, MEMBERS)).flatMap(([label, member]) =>
    isObject(member) ? [{ label, inputs: { ...shared, ...member } }] : [],
  );
}

/** What only this member has, of its inputs or of its state. */
export function ownPart(definition: RosterDefinition, values: JsonObject): JsonObject {
  return pick(values, [...ownFields(definition), ...MEMORY]);
}

/** The state of the roster with these members; `inputs` is what the program says besides. */
export function stateWith(
  definition: RosterDefinition,
  inputs: JsonObject,
  place: JsonObject,
  members: readonly Held[],
): JsonObject {
  const own = members.map(({ label, state }) => [label, ownPart(definition, state)] as const);
  return {
    ...inputs,
    ...pick(place, PLACE),
    [MEMBERS]: Object.fromEntries(own),
    sids: Object.fromEntries(members.map(({ label, sid }) => [label, sid])),
  };
}

/**
 * The state after a refresh. What was written stays as it is, and what was found otherwise stands beside it: the engine
 * shows a changed output whole, and a thousand members would hide the one that drifted (measured at 3.255.0). It keeps
 * a secret only where it was one before, so members with secrets are stored in their places.
 */
export function stateFound(
  definition: RosterDefinition,
  stored: JsonObject,
  present: readonly Held[],
): JsonObject {
  if (stored["secretMembers"] === true)
    return stateWith(definition, wholePart(definition, stored), stored, present);
  const { [DRIFTED]: _drifted, [GONE]: _gone, ...written } = stored;
  const members = objectIn(stored, MEMBERS);
  const own = present.map(({ label, state }) => [label, ownPart(definition, state)] as const);
  const drifted = own.filter(([label, member]) => !sameJson(member, at(members, label)));
  const found = new Set(present.map(({ label }) => label));
  const gone = Object.keys(members).filter((label) => !found.has(label));
  return {
    ...written,
    ...(drifted.length > 0 && { [DRIFTED]: Object.fromEntries(drifted) }),
    ...(gone.length > 0 && { [GONE]: gone }),
  };
}

/** What the program says of the roster besides its members, by the state. */
export function wholePart(definition: RosterDefinition, state: JsonObject): JsonObject {
  const names = fieldsOf(definition).map(({ name }) => name);
  return pick(
    state,
    names.filter((name) => name !== MEMBERS),
  );
}

/** By a label of the program's, which may be `constructor`. */
export function at(values: JsonObject, label: string): Json | undefined {
  return Object.hasOwn(values, label) ? values[label] : undefined;
}

/** Who a member is, and nothing that may be secret. */
export function whoIs(live: JsonObject): JsonObject {
  const { messagingBinding: binding } = live;
  const ends = isObject(binding) ? pick(binding, ["address", "proxyAddress", "projectedAddress"]) : {};
  return {
    ...pick(live, ["identity", "roleSid"]),
    ...(Object.keys(ends).length > 0 && { messagingBinding: ends }),
  };
}
