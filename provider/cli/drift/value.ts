import { SIGNATURE, UNKNOWN } from "../../core/engine-transport";
import { isObject, type Json, MAX_PARSED_LEVELS } from "../../core/json";

/** Stands for every secret. Whether one changed is known from the engine's own diff alone. */
export const SECRET = "(secret)";
/** What only `up` will know. */
export const LATER = "(known after up)";
/** What was there before a program set it is a secret of the state's. */
export const AS_BEFORE = "(as before the program)";

/** Of a state that nobody here wrote. */
export const TOO_DEEP = `(nested deeper than ${MAX_PARSED_LEVELS} levels)`;

/** A value of the engine's events as it may be shown: no secret, no marks of the wire, nothing without an end. */
export function shown(value: unknown, level = 0): Json | undefined {
  const inner = (item: unknown) => shown(item, level + 1);
  if (isObject(value) && SIGNATURE in value) return SECRET;
  if (typeof value === "object" && value !== null && level > MAX_PARSED_LEVELS) return TOO_DEEP;
  if (Array.isArray(value)) return value.map((item) => inner(item) ?? null);
  if (isObject(value))
    return Object.fromEntries(Object.entries(value).map(([key, item]) => [key, inner(item)]));
  if (value === "[secret]") return SECRET;
  if (value === UNKNOWN) return LATER;
  return value as Json | undefined;
}

/**
 * The parts of a path as the engine writes it in a detailed diff: `members["a.b"].attributes.team`, `permissions[1]`.
 * It escapes quotation marks alone (`PropertyPath.String`), so a backslash before anything else is one.
 */
export function partsOf(path: string): string[] {
  const parts = path.matchAll(/\["((?:\\"|[^"])*)"\]|\[(\d+)\]|([^.[\]]+)/gs);
  return [...parts].map(([, quoted, index, plain]) =>
    quoted === undefined ? (index ?? plain ?? "") : quoted.replaceAll('\\"', '"'),
  );
}

/** The path for people: dots where they are clear. */
export function pathText(parts: readonly string[]): string {
  return parts
    .map((part) => (/^[\w$-]+$/.test(part) ? `.${part}` : `[${JSON.stringify(part)}]`))
    .join("")
    .replace(/^\./, "");
}
