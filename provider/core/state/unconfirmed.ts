import type { FieldEntry } from "../definition/field";
import { isObject, type Json, type JsonObject, objectIn, without } from "../json";

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
  recorded: Json | undefined,
  state: JsonObject,
): Json | undefined {
  return unconfirmedIn(state)
    .map((path) => path.split("."))
    .filter(([top]) => top === name)
    .reduce((value, [, ...members]) => withNullAt(value, members), recorded);
}

/** The state without what is not known of it any more, by the names that lead to each. */
export function markUnconfirmed(
  state: JsonObject,
  paths: readonly (readonly [string, ...string[]])[],
): JsonObject {
  if (paths.length === 0) return state;
  const rest = paths.reduce<JsonObject>((left, path) => withoutAt(left, path) ?? {}, state);
  const names = paths.map(([name]) => name);
  return {
    ...rest,
    // What Twilio answered with is an answer to what was declared before.
    ...(isObject(state["answered"]) && { answered: without(objectIn(state, "answered"), names) }),
    unconfirmed: [...new Set([...unconfirmedIn(state), ...paths.map((path) => path.join("."))])].sort(),
  };
}

function withoutAt(value: JsonObject, [name, ...rest]: readonly string[]): JsonObject | undefined {
  if (name === undefined) return undefined;
  const { [name]: member, ...others } = value;
  const left = isObject(member) && rest.length > 0 ? withoutAt(member, rest) : undefined;
  if (left !== undefined) return { ...others, [name]: left };
  return Object.keys(others).length === 0 ? undefined : others;
}

function withNullAt(value: Json | undefined, [name, ...rest]: readonly string[]): Json {
  if (name === undefined) return null;
  const whole = isObject(value) ? value : {};
  return { ...whole, [name]: withNullAt(whole[name], rest) };
}
