import type { Definition } from "../../engine/define";
import { fieldsOf } from "../../engine/define";
import { changesBetween, updateValues } from "../../engine/diff";
import { type FieldEntry, membersOf } from "../../engine/field";
import { isObject, type Json, type JsonObject, sameJson } from "../../engine/json";
import type { Leaf } from "./leaf";
import { AS_BEFORE } from "./value";

/** What is known of an object besides what is declared. */
export interface Held {
  readonly definition: Definition;
  /** All that Twilio holds of it, as the refreshed state says it. */
  readonly state: JsonObject;
}

/**
 * What Twilio holds of a field that the program only comes to declare, and what becomes of one that the program lets go
 * of: the values that an update sends, else what stays.
 */
export function outcomeOf(
  { definition, state }: Held,
  wanted: JsonObject,
  leaf: Leaf,
): Pick<Leaf, "is" | "willBe"> {
  const [name = ""] = leaf.path;
  const entry = fieldsOf(definition).find((each) => each.name === name);
  // Within a JSON value every key is the program's.
  if (entry === undefined || (entry.policy.json === true && leaf.path.length > 1)) return leaf;
  const isNew = leaf.was === undefined && leaf.is === undefined;
  const is = isNew ? present(valueAt(state, leaf.path)) : leaf.is;
  if (leaf.willBe !== undefined) return { is, willBe: leaf.willBe };
  return { is, willBe: released(entry, leaf, { definition, state }, wanted) };
}

function released(entry: FieldEntry, { path, is }: Leaf, { definition, state }: Held, wanted: JsonObject) {
  if (state["before"] !== undefined) return AS_BEFORE;
  const sent = valueAt(updateValues(changesBetween(definition, state, wanted)), path);
  const policy = policyAt(entry, path.slice(1));
  // What clears a text, or ends a timer, is no value.
  const isCleared = typeof sent === "string" && sameJson(sent, policy?.cleared ?? null);
  if (isCleared)
    return present(policy?.change === "update" && sent !== "" && !/^PT0S$/.test(sent) ? sent : undefined);
  return sent ?? is;
}

function policyAt(entry: FieldEntry, [name, ...rest]: readonly string[]): FieldEntry["policy"] | undefined {
  if (name === undefined) return entry.policy;
  const member = membersOf(entry)?.find((each) => each.name === name);
  return member && policyAt(member, rest);
}

function present(value: Json | undefined): Json | undefined {
  return value ?? undefined;
}

export function valueAt(values: JsonObject, path: readonly string[]): Json | undefined {
  return path.reduce<Json | undefined>((value, name) => (isObject(value) ? value[name] : undefined), values);
}
