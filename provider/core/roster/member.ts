import { isObject, type Json, type JsonObject, objectIn, pick, without } from "../json";
import { withDeclaredUnconfirmed } from "../state/lost-update";
import { type Held, MEMBERS, type RosterDefinition, sharedFields, type Wanted } from "./definition";

/** An unmanaged member that `exclusive` has found. */
const UNDECLARED = "undeclared:";
/** A member that is no longer declared and could not be removed. */
const REMOVED = "removed:";

export function unmanagedLabel(sid: string): string {
  return UNDECLARED + sid;
}

/** The SID of an unmanaged member, from its label. */
export function unmanagedSid(label: string): string {
  return label.slice(UNDECLARED.length);
}

/** The label of a member that could not be removed, as if no run had ever declared it. */
export function unmanagedLabelOf(label: string): string {
  return label.startsWith(REMOVED) ? unmanagedLabel(label.slice(REMOVED.length)) : label;
}

/**
 * The state entry of a member that is to be removed. It keeps all known values, so that a new declaration without them
 * clears them. Pulumi's engine keeps no secret under another label, so with a secret only the field names stay.
 */
export function leftOver({ member: kind }: RosterDefinition, member: Held, isClaimed: boolean): Held {
  const { label, sid, state } = member;
  if (isUnmanaged(member)) return { label, sid, state: whoIs(state) };
  const isSecret = ["secretMembers", "secretAttributes"].some((mark) => state[mark] === true);
  const known = unclaimed(isSecret ? withDeclaredUnconfirmed(kind, state) : state);
  return { label: REMOVED + sid, sid, state: { ...known, ...(isClaimed && { [CLAIMED]: true }) } };
}

/** Marks a member to remove that another resource declared in the last run, or may have. */
export const CLAIMED = "claimed";

export function isClaimed({ state }: Held): boolean {
  return state[CLAIMED] === true;
}

/** The member's state without that mark, as the roster's own. */
export function unclaimed(state: JsonObject): JsonObject {
  return without(state, [CLAIMED]);
}

export function isLeftOver({ label }: Pick<Held, "label">): boolean {
  return label.startsWith(REMOVED);
}

export function isUnmanaged({ label }: Pick<Held, "label">): boolean {
  return label.startsWith(UNDECLARED);
}

/** Labels that a program may not use. The engine reserves keys that begin with two underscores. */
export function isReserved(label: string): boolean {
  return ["__", UNDECLARED, REMOVED].some((prefix) => label.startsWith(prefix));
}

/** The members that the program declares. */
export function wantedIn(definition: RosterDefinition, inputs: JsonObject): Wanted[] {
  const shared = pick(inputs, sharedFields(definition));
  return Object.entries(objectIn(inputs, MEMBERS)).flatMap(([label, member]) =>
    isObject(member) ? [{ label, inputs: { ...shared, ...member } }] : [],
  );
}

/** The value under a label, which may be `constructor`. */
export function at(values: JsonObject, label: string): Json | undefined {
  return Object.hasOwn(values, label) ? values[label] : undefined;
}

/** The fields that identify a member, none of them secret. */
export function whoIs(live: JsonObject): JsonObject {
  const { messagingBinding: binding } = live;
  const ends = isObject(binding) ? pick(binding, ["address", "proxyAddress", "projectedAddress"]) : {};
  return {
    ...pick(live, ["identity", "roleSid"]),
    ...(Object.keys(ends).length > 0 && { messagingBinding: ends }),
  };
}
