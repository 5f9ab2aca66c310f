import { type Definition, fieldsOf, isSingleton } from "../definition/define";
import { type Described, type FieldEntry, nestedFields, restrict } from "../definition/field";
import { isObject, type Json, type JsonObject } from "../json";
import { at } from "./nested";

/**
 * What was there before the program: by field, for those that it declares; null where nothing was. Only what is
 * given back instead of deleted has it.
 */
export function originalValuesIn(state: JsonObject): JsonObject | undefined {
  return isObject(state["before"]) ? state["before"] : undefined;
}

/** Whether the object is only on loan: it was there before the program, and is there after it. */
export function isPreExisting(definition: Definition, state: JsonObject): boolean {
  return isSingleton(definition) || originalValuesIn(state) !== undefined;
}

/** The memory of an object taken over as it was found. */
export function originalValuesAtCreate(
  definition: Definition,
  inputs: JsonObject,
  found: JsonObject,
): JsonObject {
  return originalValues(definition, inputs, {}, found);
}

/**
 * The memory after an update: what the program comes to declare joins it as it was found before that, what it lets go
 * of leaves it.
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

/** Whether something joins the memory with an update, so that what is there has to be asked first. */
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

/** Of a nested field the memory of each member begins with its own declaration. */
function originalPart(
  entry: Described,
  declared: Json | undefined,
  before: Json | undefined,
  found: Json | undefined,
): Json | undefined {
  if (declared === undefined) return undefined;
  // null is a memory, too: there was nothing.
  if (before === null) return null;
  const members = nestedFields(entry);
  if (members === undefined) return before ?? found ?? null;
  const parts = members.map(({ name, ...member }) => [
    name,
    originalPart(member, at(declared, name), at(before, name), at(found, name)),
  ]);
  return Object.fromEntries(parts.filter(([, part]) => part !== undefined));
}

/** Of what Twilio never tells, nothing can be remembered. */
function restorableFields(definition: Definition): FieldEntry[] {
  return fieldsOf(definition).filter(({ policy }) => policy.change === "update" && policy.writeOnly !== true);
}
