import { type Definition, fieldsOf, isSingleton } from "../definition/define";
import { type Described, type FieldEntry, nestedFields, restrict } from "../definition/field";
import { isObject, type Json, type JsonObject } from "../json";
import { at } from "./nested";

/**
 * Original values of the declared fields, restored on destroy; null for a field that was not set. Only pre-existing
 * objects have them.
 */
export function originalValuesIn(state: JsonObject): JsonObject | undefined {
  return isObject(state["before"]) ? state["before"] : undefined;
}

/** Whether the object is pre-existing: destroy restores its original values instead of deleting it. */
export function isPreExisting(definition: Definition, state: JsonObject): boolean {
  return isSingleton(definition) || originalValuesIn(state) !== undefined;
}

/** The original values of an object adopted as `found`. */
export function originalValuesAtCreate(
  definition: Definition,
  inputs: JsonObject,
  found: JsonObject,
): JsonObject {
  return originalValues(definition, inputs, {}, found);
}

/**
 * The original values after an update: newly declared fields are added as found before it, fields no longer declared
 * are dropped.
 */
export function originalValuesAfterUpdate(
  definition: Definition,
  inputs: JsonObject,
  previous: JsonObject,
  found: JsonObject | undefined,
): JsonObject | undefined {
  const before = originalValuesIn(previous);
  return before && originalValues(definition, inputs, before, found ?? previous);
}

/** Whether an update adds original values, so that the object must be read first. */
export function addsOriginalValues(
  definition: Definition,
  inputs: JsonObject,
  previous: JsonObject,
): boolean {
  const before = originalValuesIn(previous);
  return (
    before !== undefined &&
    restorableFields(definition).some(
      (entry) => !isRemembered(entry, restrict(entry, inputs[entry.name]), before[entry.name]),
    )
  );
}

function originalValues(
  definition: Definition,
  inputs: JsonObject,
  before: JsonObject,
  found: JsonObject,
): JsonObject {
  const memory = restorableFields(definition).map((entry) => {
    const [declared, live] = [inputs, found].map((values) => restrict(entry, values[entry.name]));
    return [entry.name, originalPart(entry, declared, before[entry.name], live)] as const;
  });
  return Object.fromEntries(memory.filter(([, part]) => part !== undefined));
}

function isRemembered(entry: Described, declared: Json | undefined, before: Json | undefined): boolean {
  if (declared === undefined || before === null) return true;
  const members = nestedFields(entry);
  if (members === undefined) return before !== undefined;
  return members.every((member) => isRemembered(member, at(declared, member.name), at(before, member.name)));
}

/** In a nested field each member keeps its original value from its own declaration on. */
function originalPart(
  entry: Described,
  declared: Json | undefined,
  before: Json | undefined,
  found: Json | undefined,
): Json | undefined {
  if (declared === undefined) return undefined;
  // null is an original value too: nothing was set.
  if (before === null) return null;
  const members = nestedFields(entry);
  if (members === undefined) return before ?? found ?? null;
  const parts = members.map(({ name, ...member }) => [
    name,
    originalPart(member, at(declared, name), at(before, name), at(found, name)),
  ]);
  return Object.fromEntries(parts.filter(([, part]) => part !== undefined));
}

/** Fields with a restorable original value: Twilio never returns write-only ones. */
function restorableFields(definition: Definition): FieldEntry[] {
  return fieldsOf(definition).filter(({ policy }) => policy.change === "update" && policy.writeOnly !== true);
}
