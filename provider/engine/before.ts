import { type Definition, fieldsOf, isSingleton } from "./define";
import type { FieldEntry } from "./field";
import { isObject, type JsonObject } from "./json";
import { restrict } from "./wire";

/**
 * What was there before the program: by field, for those that it declares; null where nothing was. Only what is
 * given back instead of deleted has it.
 */
export function beforeIn(state: JsonObject): JsonObject | undefined {
  return isObject(state["before"]) ? state["before"] : undefined;
}

/** Whether the object is only on loan: it was there before the program, and is there after it. */
export function isLent(definition: Definition, state: JsonObject): boolean {
  return isSingleton(definition) || beforeIn(state) !== undefined;
}

/** The memory of an object taken over as it was found. */
export function rememberFound(definition: Definition, inputs: JsonObject, found: JsonObject): JsonObject {
  return remember(definition, inputs, {}, found);
}

/** The memory after an update: what the program comes to declare joins it, what it lets go of leaves it. */
export function rememberFurther(
  definition: Definition,
  inputs: JsonObject,
  previous: JsonObject,
): JsonObject | undefined {
  const before = beforeIn(previous);
  return before && remember(definition, inputs, before, previous);
}

function remember(
  definition: Definition,
  inputs: JsonObject,
  before: JsonObject,
  found: JsonObject,
): JsonObject {
  const lent = fieldsOf(definition).filter(
    ({ name, policy }) => isGivenBack(policy) && inputs[name] !== undefined,
  );
  return Object.fromEntries(
    // null is a memory, too: there was nothing.
    lent.map((entry) => [
      entry.name,
      (entry.name in before ? before[entry.name] : restrict(entry, found[entry.name])) ?? null,
    ]),
  );
}

/** Of what Twilio never tells, nothing can be remembered. */
function isGivenBack({ change, writeOnly }: FieldEntry["policy"]): boolean {
  return change === "update" && writeOnly !== true;
}
