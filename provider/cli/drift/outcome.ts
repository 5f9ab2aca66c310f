import { type Definition, fieldsOf } from "../../core/definition/define";
import { type FieldEntry, isSame, nestedFields } from "../../core/definition/field";
import { isObject, type Json, type JsonObject, sameJson } from "../../core/json";
import { changesBetween, updateValues } from "../../core/state/diff";
import type { Leaf } from "./leaf";
import { AS_BEFORE } from "./value";

/** The live state of an object, including undeclared fields. */
export interface Held {
  readonly definition: Definition;
  /** All live values, from the refreshed state. */
  readonly state: JsonObject;
}

/**
 * Live and planned values of a field that the program starts or stops declaring: what an update sends, else the live
 * value.
 */
export function outcomeOf(
  { definition, state }: Held,
  planned: JsonObject,
  leaf: Leaf,
): Pick<Leaf, "live" | "planned"> {
  const [name = ""] = leaf.path;
  const entry = fieldsOf(definition).find((each) => each.name === name);
  // Within a JSON value, the program declares every key.
  if (entry === undefined || (entry.policy.json === true && leaf.path.length > 1)) return leaf;
  const isNew = leaf.recorded === undefined && leaf.live === undefined;
  const live = isNew ? present(valueAt(state, leaf.path)) : leaf.live;
  if (leaf.planned !== undefined) return { live, planned: leaf.planned };
  return { live, planned: released(entry, leaf, { definition, state }, planned) };
}

/**
 * Keeps the known spelling where a value means the same: another spelling of a method or a duration is no difference.
 */
export function aligned(
  definition: Definition,
  known: JsonObject,
  values: JsonObject,
  state: JsonObject,
): JsonObject {
  const entries = Object.entries(values).map(([name, value]) => {
    const entry = fieldsOf(definition).find((each) => each.name === name);
    return [name, entry === undefined ? value : alignedPart(entry, known[name], value, state)] as const;
  });
  return Object.fromEntries(entries);
}

function alignedPart(
  entry: FieldEntry,
  known: Json | undefined,
  value: Json | undefined,
  state: JsonObject,
): Json | undefined {
  if (known === undefined || value === undefined || entry.policy.json === true) return value;
  const members = nestedFields(entry);
  if (members === undefined || !isObject(known) || !isObject(value))
    return isSame(entry, known, value, state) ? known : value;
  const parts = Object.entries(value).map(([name, part]) => {
    const member = members.find((each) => each.name === name);
    return [name, member === undefined ? part : alignedPart(member, known[name], part, state)] as const;
  });
  return Object.fromEntries(parts);
}

/** The planned values, with a mark for undeclared fields that are restored to their original values. */
export function givenBack(definition: Definition, before: JsonObject, after: JsonObject): JsonObject {
  const entries = fieldsOf(definition)
    .filter(({ policy }) => policy.change === "update" && policy.writeOnly !== true)
    .flatMap((entry) => {
      const part = partGivenBack(entry, before[entry.name], after[entry.name]);
      return part === undefined ? [] : [[entry.name, part] as const];
    });
  return { ...after, ...Object.fromEntries(entries) };
}

function partGivenBack(
  entry: FieldEntry,
  before: Json | undefined,
  after: Json | undefined,
): Json | undefined {
  if (before === undefined) return after;
  if (after === undefined) return AS_BEFORE;
  const members = entry.policy.json === true ? undefined : nestedFields(entry);
  if (members === undefined || !isObject(before) || !isObject(after)) return after;
  const parts = members.map((member) => [
    member.name,
    partGivenBack(member, before[member.name], after[member.name]),
  ]);
  return Object.fromEntries(parts.filter(([, part]) => part !== undefined));
}

function released(entry: FieldEntry, { path, live }: Leaf, { definition, state }: Held, planned: JsonObject) {
  const sent = valueAt(updateValues(changesBetween(definition, state, planned)), path);
  const policy = policyAt(entry, path.slice(1));
  // A value that clears a text or stops a timer is shown as none.
  const isCleared = typeof sent === "string" && sameJson(sent, policy?.cleared ?? null);
  if (isCleared)
    return present(policy?.change === "update" && sent !== "" && !/^PT0S$/.test(sent) ? sent : undefined);
  return sent ?? live;
}

function policyAt(entry: FieldEntry, [name, ...rest]: readonly string[]): FieldEntry["policy"] | undefined {
  if (name === undefined) return entry.policy;
  const member = nestedFields(entry)?.find((each) => each.name === name);
  return member && policyAt(member, rest);
}

function present(value: Json | undefined): Json | undefined {
  return value ?? undefined;
}

export function valueAt(values: JsonObject, path: readonly string[]): Json | undefined {
  return path.reduce<Json | undefined>((value, name) => (isObject(value) ? value[name] : undefined), values);
}
