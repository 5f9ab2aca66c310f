import { isObject, type Json, type JsonObject, objectIn, pick, without } from "../json";
import { withDeclaredUnconfirmed } from "../state/lost-update";
import { type Held, MEMBERS, type RosterDefinition, sharedFields, type Wanted } from "./definition";

/** What `exclusive` has found besides the declared members. */
const UNDECLARED = "undeclared:";
/** A member that is no longer declared, and could not be removed. */
const REMOVED = "removed:";

export function unmanagedLabel(sid: string): string {
  return UNDECLARED + sid;
}

/** Of a member under such a label. */
export function unmanagedSid(label: string): string {
  return label.slice(UNDECLARED.length);
}

/** Of a member that could not be removed, the label as if nobody had ever declared it. */
export function unmanagedLabelOf(label: string): string {
  return label.startsWith(REMOVED) ? unmanagedLabel(label.slice(REMOVED.length)) : label;
}

/**
 * What stays in state of a member that was to go: all that is known of it, so that what was declared is cleared where
 * it is declared again without it. The engine keeps no secret under another label, so of one there are only the names.
 */
export function leftOver({ member: kind }: RosterDefinition, member: Held, isClaimed: boolean): Held {
  const { label, sid, state } = member;
  if (isUnmanaged(member)) return { label, sid, state: whoIs(state) };
  const isSecret = ["secretMembers", "secretAttributes"].some((mark) => state[mark] === true);
  const known = unclaimed(isSecret ? withDeclaredUnconfirmed(kind, state) : state);
  return { label: REMOVED + sid, sid, state: { ...known, ...(isClaimed && { [CLAIMED]: true }) } };
}

/** Of a member that is to go: in the last run another resource declared it, or may have done so. */
export const CLAIMED = "claimed";

export function isClaimed({ state }: Held): boolean {
  return state[CLAIMED] === true;
}

/** The state of a member as the roster's own again. */
export function unclaimed(state: JsonObject): JsonObject {
  return without(state, [CLAIMED]);
}

export function isLeftOver({ label }: Pick<Held, "label">): boolean {
  return label.startsWith(REMOVED);
}

export function isUnmanaged({ label }: Pick<Held, "label">): boolean {
  return label.startsWith(UNDECLARED);
}

/** Labels that a program may not use. Keys that begin with two underscores are the engine's own. */
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
