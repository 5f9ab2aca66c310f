import { SIGNATURE, UNKNOWN } from "../../core/engine-transport";
import { isObject, type Json, MAX_PARSED_LEVELS } from "../../core/json";

/** Stands for every secret. Only Pulumi's own diff shows whether one changed. */
export const SECRET = "(secret)";
/** A value that only `up` will know. */
export const LATER = "(known after up)";
/** The state holds original values as a secret. */
export const AS_BEFORE = "(as before the program)";

/** A value in a state that this package did not write. */
export const TOO_DEEP = `(nested deeper than ${MAX_PARSED_LEVELS} levels)`;

/** Makes a value of Pulumi's engine events displayable: without secrets, wire signatures or endless nesting. */
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
 * Splits a path of Pulumi's detailed diff: `members["a.b"].attributes.team`, `permissions[1]`. The engine escapes
 * only quotation marks (`PropertyPath.String`), so any other backslash is literal.
 */
export function partsOf(path: string): string[] {
  const parts = path.matchAll(/\["((?:\\"|[^"])*)"\]|\[(\d+)\]|([^.[\]]+)/gs);
  return [...parts].map(([, quoted, index, plain]) =>
    quoted === undefined ? (index ?? plain ?? "") : quoted.replaceAll('\\"', '"'),
  );
}

/** The path for display, with dots where they are unambiguous. */
export function pathText(parts: readonly string[]): string {
  return parts
    .map((part) => (/^[\w$-]+$/.test(part) ? `.${part}` : `[${JSON.stringify(part)}]`))
    .join("")
    .replace(/^\./, "");
}
