import type { Json } from "../../core/json";

/** Code that stands where a value is: a variable's property. */
export class Expression {
  constructor(readonly text: string) {}
}

/** What a program says: JSON values with code among them. */
export type Value = string | number | boolean | null | Expression | readonly Value[] | Values;
export interface Values {
  readonly [key: string]: Value;
}

/** A JSON value as a program says it. */
export function jsonValue(json: Json): Value {
  if (Array.isArray(json)) return json.map(jsonValue);
  if (typeof json !== "object" || json === null) return json;
  const entries = Object.entries(json).filter((entry): entry is [string, Json] => entry[1] !== undefined);
  return objectFrom(entries.map(([key, value]) => [key, jsonValue(value)] as const));
}

/** Unlike a literal, it holds `__proto__` as a key like any other. */
export function objectFrom(entries: Iterable<readonly [string, Value]>): Values {
  return Object.fromEntries(entries);
}
