import type { Json } from "../../core/json";

/** Line width of the formatter, under which the printed text is stable. */
export const LINE_WIDTH = 110;

/** A value as TypeScript: on one line where it fits after `column` with a comma, else over several. */
export function literal(value: Value, indent: number, column: number): string {
  const flat = flatLiteral(value);
  if (flat !== undefined && column + width(flat) + 1 <= LINE_WIDTH) return flat;
  return expanded(value, indent) ?? flat ?? "undefined";
}

/** The value over several lines; undefined where it has only one. */
export function expanded(value: Value, indent: number): string | undefined {
  if (isList(value) && value.length > 0) return expandedList(value, indent);
  if (isPlainObject(value) && Object.keys(value).length > 0) return expandedObject(value, indent);
  return undefined;
}

function expandedObject(value: { readonly [key: string]: Value }, indent: number): string {
  const inner = indent + 2;
  const lines = Object.entries(value).map(([key, item]) => {
    const name = keyText(key);
    if (item instanceof Expression && item.text === name) return `${" ".repeat(inner)}${name},`;
    return `${" ".repeat(inner)}${name}:${literalAfterKey(item, inner, width(name))},`;
  });
  return `{\n${lines.join("\n")}\n${" ".repeat(indent)}}`;
}

/** The formatter moves no text below a key of this width or less. */
const SHORT_KEY = 4;

/** A text too long for its line goes below its key. */
function literalAfterKey(item: Value, indent: number, keyWidth: number): string {
  const column = indent + keyWidth + 2;
  const text = literal(item, indent, column);
  const isLong = typeof item === "string" && column + width(text) + 1 > LINE_WIDTH;
  return isLong && keyWidth > SHORT_KEY ? `\n${" ".repeat(indent + 2)}${text}` : ` ${text}`;
}

function expandedList(items: readonly Value[], indent: number): string {
  const inner = " ".repeat(indent + 2);
  const texts = items.map((item) => literal(item, indent + 2, indent + 2));
  const lines =
    items.length > 1 && items.every((item) => typeof item === "number")
      ? filled(texts, indent + 2)
      : texts.map((text) => `${text},`);
  return `[\n${lines.map((line) => inner + line).join("\n")}\n${" ".repeat(indent)}]`;
}

/** Fills lines with numbers, as the formatter does. */
function filled(texts: readonly string[], indent: number): string[] {
  const lines: string[] = [];
  for (const text of texts) {
    const last = lines.at(-1);
    if (last !== undefined && indent + last.length + text.length + 2 <= LINE_WIDTH)
      lines[lines.length - 1] = `${last} ${text},`;
    else lines.push(`${text},`);
  }
  return lines;
}

/** The value on one line; undefined where the formatter always breaks it. */
export function flatLiteral(value: Value): string | undefined {
  if (value instanceof Expression) return value.text;
  if (typeof value === "string") return textLiteral(value);
  if (typeof value === "number") return JSON.stringify(value).replace("e+", "e");
  if (value === null || typeof value === "boolean") return String(value);
  if (isList(value)) {
    if (value.length > 1 && isMatrix(value)) return undefined;
    const texts = value.map(flatLiteral);
    return texts.includes(undefined) ? undefined : `[${texts.join(", ")}]`;
  }
  const texts = Object.entries(value).map(([key, item]) => {
    const [name, text] = [keyText(key), flatLiteral(item)];
    if (item instanceof Expression && text === name) return name;
    return text === undefined ? undefined : `${name}: ${text}`;
  });
  if (texts.includes(undefined)) return undefined;
  return texts.length === 0 ? "{}" : `{ ${texts.join(", ")} }`;
}

/** Whether the formatter breaks a list: all its items are lists or objects of more than one element. */
function isMatrix(items: readonly Value[]): boolean {
  return (
    items.every((item) => isList(item) && item.length > 1) ||
    items.every((item) => isPlainObject(item) && Object.keys(item).length > 1)
  );
}

/** Invisible characters and direction marks, which would disguise what a program says. */
const HIDING = /[\p{Default_Ignorable_Code_Point}\p{Cc}\p{Cf}\p{Zl}\p{Zp}]/gu;

/** Uses double quotes unless single ones need fewer escapes. */
export function textLiteral(text: string): string {
  const escaped = JSON.stringify(text).replace(HIDING, escapeOf);
  const [doubles, singles] = [text.split('"').length, text.split("'").length];
  if (doubles <= singles) return escaped;
  return `'${escaped.slice(1, -1).replace(/\\"/g, '"').replace(/'/g, "\\'")}'`;
}

/** Escapes text inside a template. */
export function templateText(text: string): string {
  return text.replace(/[`\\$]/g, "\\$&").replace(HIDING, escapeOf);
}

function escapeOf(character: string): string {
  const hex = (character.codePointAt(0) ?? 0).toString(16);
  return hex.length > 4 ? `\\u{${hex}}` : `\\u${hex.padStart(4, "0")}`;
}

/** Some invisible characters are valid identifier characters. */
const PLAIN_KEY = /^(?!.*\p{Default_Ignorable_Code_Point})[\p{ID_Start}_$][\p{ID_Continue}$]*$/u;

/** `__proto__` in quotes would set the prototype. */
function keyText(key: string): string {
  if (key === "__proto__") return '["__proto__"]';
  return PLAIN_KEY.test(key) ? key : textLiteral(key);
}

function isList(value: Value): value is readonly Value[] {
  return Array.isArray(value);
}

function isPlainObject(value: Value): value is { readonly [key: string]: Value } {
  return (
    typeof value === "object" && value !== null && !Array.isArray(value) && !(value instanceof Expression)
  );
}

const WIDE =
  /[\u1100-\u115f\u2e80-\u303e\u3041-\ua4cf\uac00-\ud7a3\uf900-\ufaff\ufe30-\ufe6f\uff00-\uff60\uffe0-\uffe6\u{1f300}-\u{1faff}\u{20000}-\u{3fffd}]/u;
const NARROW = /\p{Mn}/u;

/** The columns that a text takes. */
export function width(text: string): number {
  let columns = 0;
  for (const character of text) columns += WIDE.test(character) ? 2 : NARROW.test(character) ? 0 : 1;
  return columns;
}

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
