import { carriedJsonText, uncarriedIn } from "./engine-transport";
import { isObject, type Json, parseJson } from "./json";

/** Attributes: any {@link Json}, or an object of an interface, which is no Json to the compiler. */
export type Attributes = Json | object;

/**
 * Attributes as the state keeps them: as a JSON value, so that a preview shows the changed key. A string always means
 * JSON text: for values that cannot be kept exactly, for plain strings, and for values that Pulumi's engine does not
 * carry.
 */
export function parseAttributes(attributes: unknown): unknown {
  if (typeof attributes !== "string") return attributes;
  const parsed = parseJson(attributes);
  if ("problem" in parsed) return parsed.problem === "syntax" ? attributes : carriedJsonText(attributes);
  const { value } = parsed;
  if (typeof value === "string") return JSON.stringify(value);
  return uncarriedIn(value) === undefined ? value : JSON.stringify(inOrder(value));
}

/** Sorts the members of each object, so that equal values are equal texts. */
function inOrder(value: Json): Json {
  if (Array.isArray(value)) return value.map(inOrder);
  if (!isObject(value)) return value;
  const members = Object.entries(value).map(([key, member]) => [key, inOrder(member ?? null)] as const);
  return Object.fromEntries(members.sort(([left], [right]) => (left < right ? -1 : 1)));
}

/** The JSON text that Pulumi sends to Twilio for attributes. */
export function attributesText(attributes: Json): string {
  return typeof attributes === "string" ? attributes : JSON.stringify(attributes);
}
