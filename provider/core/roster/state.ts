import { fieldsOf } from "../definition/define";
import { DamagedStateError } from "../errors";
import { isObject, type Json, type JsonObject, objectIn, parseJson, pick, sameJson, without } from "../json";
import { type Held, MEMBERS, ownFields, type RosterDefinition, sharedFields } from "./definition";
import { at, CLAIMED, isReserved, isUnmanaged, unmanagedSid } from "./member";

/** What the state says of where a resource lives, besides its inputs. */
const PLACE = ["resolvedConversationSid", "accountSid", "region", "origin", "chatServiceSid"];
/**
 * Each member as it was last written, by its label: a JSON text, since the SDK and the engine take their time and their
 * memory for every single value. Where something in the members is secret they stand as they are under `members`: the
 * engine keeps a value secret only where the inputs have one.
 */
export const WRITTEN = "written";
/** What a refresh has found otherwise, beside what was written: members by their labels, and labels of those gone. */
const DRIFTED = "drifted";
const GONE = "gone";

/** What the state remembers of a member besides its fields. */
const MEMORY = ["assigned", "answered", "unconfirmed", CLAIMED];

/** The members in state as they were last written. */
export function writtenIn(state: JsonObject): JsonObject {
  const texts = state[WRITTEN];
  return isObject(texts) ? membersOf(texts) : objectIn(state, MEMBERS);
}

/** The members that texts in state stand for. */
export function membersOf(texts: JsonObject): JsonObject {
  return Object.fromEntries(Object.entries(texts).map(([label, text]) => [label, memberOf(label, text)]));
}

function memberOf(label: string, text: Json | undefined): Json {
  const parsed = parseJson(String(text));
  if ("value" in parsed) return parsed.value;
  throw new DamagedStateError(`holds no member ${label}`);
}

/** The members in state as the last refresh has found them, those that were gone as they were written. */
export function foundIn(state: JsonObject): JsonObject {
  return { ...writtenIn(state), ...objectIn(state, DRIFTED) };
}

/** The members in state, as the last refresh has found them. */
export function heldIn(definition: RosterDefinition, state: JsonObject): Held[] {
  const [found, sids] = [foundIn(state), objectIn(state, "sids")];
  const gone = Array.isArray(state[GONE]) ? state[GONE] : [];
  const location = pick(state, [...sharedFields(definition), ...PLACE, "secretMembers"]);
  const held = (label: string, sid: Json | undefined, member: Json | undefined) =>
    typeof sid === "string" && isObject(member) ? [{ label, sid, state: { ...location, ...member } }] : [];
  const strangers = Object.keys(objectIn(state, DRIFTED)).filter((label) => isUnmanaged({ label }));
  return [
    ...Object.entries(sids)
      .filter(([label]) => !gone.includes(label))
      .flatMap(([label, sid]) => held(label, sid, at(found, label))),
    ...strangers.flatMap((label) => held(label, unmanagedSid(label), at(found, label))),
  ];
}

/** Whether the state alone knows of a member that is to go: no refresh has shown it among the inputs. */
export function isHidden(state: JsonObject, { label }: Pick<Held, "label">): boolean {
  return isReserved(label) && !Object.hasOwn(objectIn(state, DRIFTED), label);
}

/** The members in state, as if they had been created with what the program now says for all of them. */
export function heldFor(definition: RosterDefinition, state: JsonObject, inputs: JsonObject): Held[] {
  const shared = sharedFields(definition);
  return heldIn(definition, { ...without(state, shared), ...pick(inputs, shared) });
}

/** What only this member has, of its inputs or of its state. */
export function ownPart(definition: RosterDefinition, values: JsonObject): JsonObject {
  return pick(values, [...ownFields(definition), ...MEMORY]);
}

/** The state of the roster with these members; `inputs` is what the program says besides. */
export function stateWith(
  definition: RosterDefinition,
  inputs: JsonObject,
  location: JsonObject,
  members: readonly Held[],
): JsonObject {
  const own = members.map(({ label, state }) => [label, ownPart(definition, state)] as const);
  const texts = () => own.map(([label, member]) => [label, JSON.stringify(member)]);
  return {
    ...inputs,
    ...pick(location, PLACE),
    ...(inputs["secretMembers"] === true
      ? { [MEMBERS]: Object.fromEntries(own) }
      : { [WRITTEN]: Object.fromEntries(texts()) }),
    sids: Object.fromEntries(members.map(({ label, sid }) => [label, sid])),
  };
}

/**
 * The state after a refresh. What was written stays as it is, and what was found otherwise stands beside it: the engine
 * shows a changed output whole, and a thousand members would hide the one that drifted (measured at 3.255.0). Members
 * with secrets are stored in their places.
 */
export function stateFound(
  definition: RosterDefinition,
  recorded: JsonObject,
  present: readonly Held[],
): JsonObject {
  const own = present.map(({ label, state }) => [label, ownPart(definition, state)] as const);
  if (recorded["secretMembers"] === true) {
    // Of whom nobody declares nothing is secret.
    const shown = own.filter(([label]) => isReserved(label));
    const inPlace = present.filter((member) => !isUnmanaged(member));
    return {
      ...stateWith(definition, wholePart(definition, recorded), recorded, inPlace),
      ...(shown.length > 0 && { [DRIFTED]: Object.fromEntries(shown) }),
    };
  }
  const { [DRIFTED]: _drifted, [GONE]: _gone, ...written } = recorded;
  const members = writtenIn(recorded);
  const drifted = own.filter(([label, member]) => isReserved(label) || !sameJson(member, at(members, label)));
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
