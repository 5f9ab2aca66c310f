import type { FieldEntry } from "./field";
import { isObject, type Json, type JsonObject } from "./json";

/**
 * What was sent and never answered, by path (`timers.closed`), under `unconfirmed` in the state. The state holds none of
 * its values, old or new: whatever the program then says is sent, and what it no longer says is cleared or given back.
 */
export function unconfirmedIn(state: JsonObject): string[] {
  const paths = state["unconfirmed"];
  return Array.isArray(paths) ? paths.filter((path): path is string => typeof path === "string") : [];
}

/** Of a field, itself or members of it. */
export function isUnconfirmed({ name }: Pick<FieldEntry, "name">, state: JsonObject): boolean {
  return unconfirmedIn(state).some((path) => path === name || path.startsWith(`${name}.`));
}

/** A stored value with null, which is equal to nothing declared and not to its absence, for what is not confirmed. */
export function withUnconfirmed(
  { name }: FieldEntry,
  stored: Json | undefined,
  state: JsonObject,
): Json | undefined {
  return unconfirmedIn(state)
    .map((path) => path.split("."))
    .filter(([top]) => top === name)
    .reduce((value, [, ...members]) => withNullAt(value, members), stored);
}

function withNullAt(value: Json | undefined, [name, ...rest]: readonly string[]): Json {
  if (name === undefined) return null;
  const whole = isObject(value) ? value : {};
  return { ...whole, [name]: withNullAt(whole[name], rest) };
}
