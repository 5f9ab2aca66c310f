import type { Json } from "../../core/json";

/** Code in the position of a value: a variable's property. */
export class Expression {
  constructor(readonly text: string) {}
}

/** A value in a program: JSON with code among it. */
export type Value = string | number | boolean | null | Expression | readonly Value[] | Values;
export interface Values {
  readonly [key: string]: Value;
}

/** Converts a JSON value. */
export function jsonValue(json: Json): Value {
  if (Array.isArray(json)) return json.map(jsonValue);
  if (typeof json !== "object" || json === null) return json;
  const entries = Object.entries(json).filter((entry): entry is [string, Json] => entry[1] !== undefined);
  return objectFrom(entries.map(([key, value]) => [key, jsonValue(value)] as const));
}

/** Unlike an object literal, it keeps `__proto__` as an ordinary key. */
export function objectFrom(entries: Iterable<readonly [string, Value]>): Values {
  return Object.fromEntries(entries);
}
