import { isDeepStrictEqual } from "node:util";

/** Any JSON value. */
export type Json = string | number | boolean | null | Json[] | { [key: string]: Json | undefined };
export type JsonObject = { [key: string]: Json | undefined };

export function isObject(value: unknown): value is JsonObject {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}

/**
 * A value as JSON carries it: no undefined, no Date, no NaN. The wire format of Pulumi's engine refuses the first
 * ("Unexpected struct type."), and silently empties the others.
 */
export function toPlain(value: unknown): Json | undefined {
  if (value === undefined) return undefined;
  const text = JSON.stringify(value);
  return text === undefined ? undefined : (JSON.parse(text) as Json);
}

export function sameJson(left: unknown, right: unknown): boolean {
  return isDeepStrictEqual(left, right);
}

/** Whether two lists hold the same elements, ignoring order and duplicates. */
export function sameSet(left: unknown, right: unknown): boolean {
  if (!Array.isArray(left) || !Array.isArray(right)) return sameJson(left, right);
  return sameJson([...new Set(left)].sort(), [...new Set(right)].sort());
}

/** A value without null members, at any depth: what the engine's own diff sees. */
export function withoutNulls(value: Json | undefined): Json | undefined {
  if (Array.isArray(value)) return value.map((item) => withoutNulls(item) ?? null);
  if (!isObject(value)) return value;
  const kept = Object.entries(value)
    .filter(([, item]) => item !== null && item !== undefined)
    .map(([key, item]) => [key, withoutNulls(item)] as const);
  return Object.fromEntries(kept);
}

export type ParsedJson =
  | { value: Json }
  | { problem: "number" | "depth" }
  /** `where` is the location for a message, if JSON.parse gives it. The text there could be a secret. */
  | { problem: "syntax"; where: string };

/** Matches any number that a double cannot hold, or -0. Looking at each value is slow. */
const INEXACT_PERHAPS = /\d{16}|\d[.eE]|-0/;

/** Comparing or serialising deeper JSON would overflow the stack of a plugin. */
export const MAX_PARSED_LEVELS = 500;

/**
 * Parses JSON text. Problem "number": a double would alter a number, which would come back changed. Problem "depth":
 * the text is nested too deep to work on.
 */
export function parseJson(text: string): ParsedJson {
  let exact = true;
  const keepExact = (_key: string, value: Json, context?: { source?: string }): Json => {
    if (typeof value === "number" && context?.source !== undefined)
      exact &&= isHeldByDouble(context.source, value);
    // JSON.stringify writes -0 as 0, so it would come back as another value.
    return value === 0 ? 0 : value;
  };
  try {
    if (tooDeepAt(text) !== undefined) {
      JSON.parse(text);
      return { problem: "depth" };
    }
    if (!INEXACT_PERHAPS.test(text)) return { value: JSON.parse(text) as Json };
    const value = JSON.parse(text, keepExact) as Json;
    return exact ? { value } : { problem: "number" };
  } catch (error) {
    return { problem: "syntax", where: whereIn(text, error instanceof Error ? error.message : "") };
  }
}

/** V8 gives the location of most mistakes. Messages that quote the text end in another way. */
function whereIn(text: string, message: string): string {
  const told = / JSON at position (\d+)(?: \(line \d+ column \d+\))?$/.exec(message)?.[1];
  const isCut = message === "Unexpected end of JSON input";
  if (told === undefined && !isCut) return "";
  const lines = text.slice(0, isCut ? text.length : Number(told)).split("\n");
  const character = `character ${(lines.at(-1) ?? "").length + 1}`;
  return ` at ${character}${lines.length === 1 ? "" : ` of its line ${lines.length}`}`;
}

/** The index at which JSON text exceeds so many levels; undefined if it does not. */
export function tooDeepAt(text: string, levels = MAX_PARSED_LEVELS): number | undefined {
  if (text.length <= levels) return undefined;
  let level = 0;
  // Texts in quotation marks are skipped whole, with their brackets.
  for (const { 0: token, index } of text.matchAll(/"(?:[^"\\]|\\.)*"?|[[\]{}]/gs)) {
    if (token === "[" || token === "{") {
      level += 1;
      if (level > levels) return index;
    } else if (token === "]" || token === "}") level -= 1;
  }
  return undefined;
}

function isHeldByDouble(source: string, value: number): boolean {
  return Number.isFinite(value) && digitsOf(source) === digitsOf(String(value));
}

/** A decimal number as sign, significant digits and exponent, so that 1.50, 15e-1 and 1.5 are equal. */
function digitsOf(source: string): string {
  const [mantissa = "", exponent = "0"] = source.toLowerCase().split("e");
  const sign = mantissa.startsWith("-") ? "-" : "";
  const [whole = "", fraction = ""] = mantissa.replace(/^[-+]/, "").split(".");
  const digits = `${whole}${fraction}`.replace(/^0+/, "");
  const significant = digits.replace(/0+$/, "");
  if (significant === "") return "0";
  return `${sign}${significant}e${Number(exponent) - fraction.length + (digits.length - significant.length)}`;
}

/** Whether two JSON texts have equal values. */
export function sameJsonText(left: unknown, right: unknown): boolean {
  if (typeof left !== "string" || typeof right !== "string") return false;
  const [one, other] = [parseJson(left), parseJson(right)];
  return "value" in one && "value" in other ? sameJson(one.value, other.value) : left === right;
}

/** The values under these names, without undefined ones. */
export function pick(values: JsonObject, names: readonly string[]): JsonObject {
  return Object.fromEntries(
    names.filter((name) => values[name] !== undefined).map((name) => [name, values[name]]),
  );
}

export function without(values: JsonObject, names: readonly string[]): JsonObject {
  return Object.fromEntries(Object.entries(values).filter(([name]) => !names.includes(name)));
}

/** The object under a name, or an empty one. */
export function objectIn(values: JsonObject, name: string): JsonObject {
  return isObject(values[name]) ? values[name] : {};
}

/** The value if it is a text. */
export function textOf(value: Json | undefined): string | undefined {
  return typeof value === "string" ? value : undefined;
}
