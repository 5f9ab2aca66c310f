import { fieldsOf } from "../definition/define";
import { DamagedStateError } from "../errors";
import { isObject, type Json, type JsonObject, objectIn, parseJson, pick, sameJson, without } from "../json";
import { type Held, MEMBERS, ownFields, type RosterDefinition, sharedFields } from "./definition";
import { at, CLAIMED, isReserved, isUnmanaged, unmanagedSid } from "./member";

/** State keys of the location, besides the inputs. */
const PLACE = ["resolvedConversationSid", "accountSid", "region", "origin", "chatServiceSid"];
/**
 * Each member as last written, by its label, as JSON text: the SDK and Pulumi's engine take time and memory for every
 * single value. If a member holds a secret, all stand as values under `members`, since the engine keeps a value secret
 * only where the inputs have one.
 */
export const WRITTEN = "written";
/**
 * Drift that a refresh found, beside what was written: members by their labels, and labels of members that are gone.
 */
const DRIFTED = "drifted";
const GONE = "gone";

/** State keys of a member besides its fields. */
const MEMORY = ["assigned", "answered", "unconfirmed", CLAIMED];

/** The recorded members as last written. */
export function writtenIn(state: JsonObject): JsonObject {
  const texts = state[WRITTEN];
  return isObject(texts) ? membersOf(texts) : objectIn(state, MEMBERS);
}

/** The members in the state's JSON texts. */
export function membersOf(texts: JsonObject): JsonObject {
  return Object.fromEntries(Object.entries(texts).map(([label, text]) => [label, memberOf(label, text)]));
}

function memberOf(label: string, text: Json | undefined): Json {
  const parsed = parseJson(String(text));
  if ("value" in parsed) return parsed.value;
  throw new DamagedStateError(`holds no member ${label}`);
}

/** The recorded members as the last refresh found them; members that were gone, as written. */
export function foundIn(state: JsonObject): JsonObject {
  return { ...writtenIn(state), ...objectIn(state, DRIFTED) };
}

/** The recorded members with SIDs and location, as the last refresh found them. */
export function heldIn(definition: RosterDefinition, state: JsonObject): Held[] {
  const [found, sids] = [foundIn(state), objectIn(state, "sids")];
  const gone = Array.isArray(state[GONE]) ? state[GONE] : [];
  const location = pick(state, [...sharedFields(definition), ...PLACE, "secretMembers"]);
  const held = (label: string, sid: Json | undefined, member: Json | undefined) =>
    typeof sid === "string" && isObject(member) ? [{ label, sid, state: { ...location, ...member } }] : [];
  const unmanaged = Object.keys(objectIn(state, DRIFTED)).filter((label) => isUnmanaged({ label }));
  return [
    ...Object.entries(sids)
      .filter(([label]) => !gone.includes(label))
      .flatMap(([label, sid]) => held(label, sid, at(found, label))),
    ...unmanaged.flatMap((label) => held(label, unmanagedSid(label), at(found, label))),
  ];
}

/** Whether only the state holds a member to remove: no refresh has shown it among the inputs. */
export function isHidden(state: JsonObject, { label }: Pick<Held, "label">): boolean {
  return isReserved(label) && !Object.hasOwn(objectIn(state, DRIFTED), label);
}

/** The recorded members with the program's present values of the shared fields. */
export function heldFor(definition: RosterDefinition, state: JsonObject, inputs: JsonObject): Held[] {
  const shared = sharedFields(definition);
  return heldIn(definition, { ...without(state, shared), ...pick(inputs, shared) });
}

/** The member's own part of its inputs or its state. */
export function ownPart(definition: RosterDefinition, values: JsonObject): JsonObject {
  return pick(values, [...ownFields(definition), ...MEMORY]);
}

/** The roster's state with these members; `inputs` are its other inputs. */
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
 * The state after a refresh. Written members stay unchanged, and drifted ones stand beside them: the engine shows a
 * changed output whole, and a thousand members would hide the one that drifted (measured at 3.255.0). If members hold
 * secrets, drift is stored in place.
 */
export function stateFound(
  definition: RosterDefinition,
  recorded: JsonObject,
  present: readonly Held[],
): JsonObject {
  const own = present.map(({ label, state }) => [label, ownPart(definition, state)] as const);
  if (recorded["secretMembers"] === true) {
    // Undeclared members hold no secrets.
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

/** The roster's other inputs, from the state. */
export function wholePart(definition: RosterDefinition, state: JsonObject): JsonObject {
  const names = fieldsOf(definition).map(({ name }) => name);
  return pick(
    state,
    names.filter((name) => name !== MEMBERS),
  );
}
