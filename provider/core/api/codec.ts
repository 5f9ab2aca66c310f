import { attributesText, parseAttributes } from "../attributes";
import { type Definition, fieldsOf } from "../definition/define";
import { type FieldEntry, nestedFields } from "../definition/field";
import { carried, carriedJsonText } from "../engine-transport";
import { DamagedStateError } from "../errors";
import { isObject, type Json, type JsonObject, parseJson } from "../json";

export type Form = [string, string][];

/** Form parameters of the fields in `values`: PascalCase, dotted if nested, repeated for arrays. */
export function toForm(definition: Definition, values: JsonObject): Form {
  return fieldsOf(definition).flatMap((entry) => {
    const value = values[entry.name];
    return value === undefined ? [] : fieldForm(entry, value, "");
  });
}

function fieldForm(entry: FieldEntry, value: Json, prefix: string): Form {
  const { name, policy } = entry;
  const parameter = `${prefix}${policy.parameter ?? pascalCase(name)}`;
  if (policy.json === true) return [[parameter, attributesText(value)]];
  const members = nestedFields(entry);
  if (members === undefined || !isObject(value))
    return parameterForm(parameter, policy.sent?.(value) ?? value);
  return members.flatMap((member) => {
    const part = value[member.name];
    return part === undefined ? [] : fieldForm(member, part, `${parameter}.`);
  });
}

function parameterForm(parameter: string, value: Json): Form {
  if (Array.isArray(value)) return value.flatMap((item) => parameterForm(parameter, item));
  // Check has validated the program's values, so this one comes from the state.
  if (isObject(value)) throw new DamagedStateError(`holds no value for ${parameter}`);
  return [[parameter, value === null ? "" : String(value)]];
}

/** Key of the paths at which a live object differs from Twilio's, since Pulumi's engine cannot carry the values. */
export const UNCARRIED = "uncarried";

/**
 * Twilio's response under our names, with attributes as a JSON value. Values that the engine does not carry become JSON
 * text in attributes, and a text with U+FFFD elsewhere.
 */
export function fromResponse(definition: Definition, body: Record<string, unknown>): JsonObject {
  const named = camelCaseKeys(body as JsonObject) as JsonObject;
  const isJson = (field: string) =>
    fieldsOf(definition).some(({ name, policy }) => name === field && policy.json === true);
  const uncarried: string[] = [];
  const note = (path: string) => void uncarried.push(path);
  const entries = Object.entries(definition.observe?.(named) ?? named).map(([name, value]) => [
    name,
    isJson(name) ? carriedAttributes(value, name, note) : carried(value, name, note),
  ]);
  const live: JsonObject = Object.fromEntries(entries);
  return uncarried.length === 0 ? live : { ...live, [UNCARRIED]: [...new Set(uncarried)] };
}

function carriedAttributes(value: Json | undefined, path: string, note: (path: string) => void) {
  const text = isObject(value) ? JSON.stringify(value) : value;
  const kept = parseAttributes(text) as Json | undefined;
  if (typeof kept !== "string" || typeof text !== "string") return kept;
  const shown = carriedJsonText(kept);
  const parsed = parseJson(text);
  const isText = "value" in parsed ? typeof parsed.value === "string" : parsed.problem === "number";
  if (!isText || shown !== kept) note(path);
  return shown;
}

function camelCaseKeys(value: Json | undefined): Json | undefined {
  if (Array.isArray(value)) return value.map((item) => camelCaseKeys(item) ?? null);
  if (!isObject(value)) return value;
  return Object.fromEntries(
    Object.entries(value).map(([key, member]) => [camelCase(key), camelCaseKeys(member)]),
  );
}

function pascalCase(name: string): string {
  return name.charAt(0).toUpperCase() + name.slice(1);
}

function camelCase(name: string): string {
  return name.replace(/_([a-z0-9])/g, (_match, letter: string) => letter.toUpperCase());
}

/** The paths at which the live object differs from Twilio's. */
export function uncarriedPaths(live: JsonObject): string[] {
  const paths = live[UNCARRIED];
  return Array.isArray(paths) ? paths.map(String) : [];
}

/** Whether the value at the path is kept as JSON text, which loses nothing. */
export function isAsText(definition: Definition, path: string): boolean {
  return fieldsOf(definition).some(({ name, policy }) => name === path && policy.json === true);
}

/** How a live object differs from Twilio's, in sentences; undefined if it does not. */
export function describeUncarried(definition: Definition, live: JsonObject): string | undefined {
  const paths = uncarriedPaths(live);
  const texts = paths.filter((path) => isAsText(definition, path));
  const others = paths.filter((path) => !texts.includes(path));
  const sentences = [
    ...(texts.length === 0 ? [] : [`${listed(texts)} what Pulumi cannot carry. It is kept as JSON text.`]),
    ...(others.length === 0
      ? []
      : [`${listed(others)} text that Pulumi cannot carry. It is shown with \ufffd (U+FFFD) in that place.`]),
  ];
  return sentences.length === 0 ? undefined : sentences.join(" ");
}

function listed(paths: readonly string[]): string {
  return `${paths.join(" and ")} ${paths.length === 1 ? "holds" : "hold"}`;
}
