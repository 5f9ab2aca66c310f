import { carriedJsonText, uncarriedIn } from "./engine-transport";
import { isObject, type Json, parseJson } from "./json";

/** What attributes may be: an object of an interface too, which is no {@link Json} to the compiler. */
export type Attributes = Json | object;

/**
 * Attributes as the state keeps them: the JSON value itself, so that a preview shows the key that changed.
 * A string always means JSON text: one that cannot be kept exactly, that stands for a plain string, or that says what
 * the engine does not carry.
 */
export function parseAttributes(attributes: unknown): unknown {
  if (typeof attributes !== "string") return attributes;
  const parsed = parseJson(attributes);
  if ("problem" in parsed) return parsed.problem === "syntax" ? attributes : carriedJsonText(attributes);
  const { value } = parsed;
  if (typeof value === "string") return JSON.stringify(value);
  return uncarriedIn(value) === undefined ? value : JSON.stringify(inOrder(value));
}

/** With the members of each object in one order, so that equal values are equal as texts. */
function inOrder(value: Json): Json {
  if (Array.isArray(value)) return value.map(inOrder);
  if (!isObject(value)) return value;
  const members = Object.entries(value).map(([key, member]) => [key, inOrder(member ?? null)] as const);
  return Object.fromEntries(members.sort(([left], [right]) => (left < right ? -1 : 1)));
}

/** The JSON text that Twilio is sent for attributes. */
export function attributesText(attributes: Json): string {
  return typeof attributes === "string" ? attributes : JSON.stringify(attributes);
}
