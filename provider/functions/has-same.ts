import { type Definition, fieldsOf } from "../core/definition/define";
import { isSame } from "../core/definition/field";
import { type JsonObject, sameJson } from "../core/json";

/** Whether a live object is as wanted in all that is named, each compared as the resource compares its field. */
export function hasSame(
  definition: Definition,
  names: readonly string[],
  live: JsonObject,
  wanted: JsonObject,
): boolean {
  const fields = new Map(fieldsOf(definition).map((entry) => [entry.name, entry]));
  return names.every((name) => {
    const entry = fields.get(name);
    return entry === undefined
      ? sameJson(live[name], wanted[name])
      : isSame(entry, live[name], wanted[name], live);
  });
}
