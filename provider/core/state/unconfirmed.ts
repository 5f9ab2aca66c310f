import type { FieldEntry } from "../definition/field";
import { isObject, type Json, type JsonObject, objectIn, without } from "../json";

/**
 * Paths under `unconfirmed` in the state (`timers.closed`): they were sent, and the response was lost. The state holds
 * no value for them, old or new. So a declared value is sent again; one no longer declared is cleared or restored.
 */
export function unconfirmedIn(state: JsonObject): string[] {
  const paths = state["unconfirmed"];
  return Array.isArray(paths) ? paths.filter((path): path is string => typeof path === "string") : [];
}

/** Whether the field or a member of it is unconfirmed. */
export function isUnconfirmed({ name }: Pick<FieldEntry, "name">, state: JsonObject): boolean {
  return unconfirmedIn(state).some((path) => path === name || path.startsWith(`${name}.`));
}

/** The recorded value with null in place of unconfirmed parts: null equals no declared value, nor its absence. */
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

/** Removes values from the state and marks their paths unconfirmed. */
export function markUnconfirmed(
  state: JsonObject,
  paths: readonly (readonly [string, ...string[]])[],
): JsonObject {
  if (paths.length === 0) return state;
  const rest = paths.reduce<JsonObject>((left, path) => withoutAt(left, path) ?? {}, state);
  const names = paths.map(([name]) => name);
  return {
    ...rest,
    // An answered value belongs to the earlier declared one.
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
