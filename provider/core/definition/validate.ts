import { z } from "zod";
import { isWellFormed } from "../../http/request";
import { isDeeper } from "../../http/wire-object";
import { isUnknown, joined, TOO_DEEP } from "../engine-transport";
import { isObject, type Json, type JsonObject, MAX_PARSED_LEVELS, sameJson, toPlain, without } from "../json";
import type { Problem } from "../problem";
import { type Definition, fieldsOf } from "./define";
import { spellingHint } from "./did-you-mean";
import { type Described, type FieldEntry, isSame, nestedFields } from "./field";
import { hiddenIn } from "./hidden-value";

export interface Checked {
  readonly inputs: JsonObject;
  readonly problems: Problem[];
}

/** Whether to ignore a problem of a field whose value is as before; `code` is zod's, or "rule". */
export type Trust = (field: FieldEntry, code: string) => boolean;

/**
 * For values that were checked before, or that a refresh found and `ignoreChanges` brings back: they are live, so
 * nothing is sent. Otherwise anybody who may set an attribute could break every `up`. The type must be right all the
 * same.
 */
const trustStored: Trust = (_field, code) => code !== "unrecognized_keys" && code !== "invalid_type";

/**
 * For values that Twilio holds and no program has declared yet. Twilio's rules for new objects do not apply to a value
 * of the right type that only a replacement changes.
 */
export const trustFixed: Trust = ({ policy }, code) => policy.change === "replace" && code === "custom";

/** Checks the declaration: returns all problems at once, without network, and accepts unknown values. */
export function validate(
  definition: Definition,
  olds: JsonObject,
  news: JsonObject,
  trust: Trust = trustStored,
): Checked {
  const creating = Object.keys(olds).length === 0;
  const deep = Object.keys(news).filter((name) => isDeeper(news[name], MAX_PARSED_LEVELS));
  const flat = deep.length === 0 ? news : without(news, deep);
  const declared = withoutAbsent(definition, (toPlain(flat) ?? {}) as JsonObject);
  const parsed = definition.schema.safeParse(declared);
  const isTrusted = (path: readonly PropertyKey[], code: string) => {
    const entry = fieldsOf(definition).find(({ name }) => name === path[0]);
    return entry !== undefined && trust(entry, code) && isAsBefore(olds, declared, path);
  };
  const issues = (parsed.success ? [] : parsed.error.issues).filter(
    ({ path, code }) => !touchesUnknown(declared, path) && !isTrusted(path, code),
  );
  const before = definition.rules?.(olds, creating, olds) ?? [];
  const rules = (definition.rules?.(declared, creating, olds) ?? []).filter(
    (rule) => !(before.some((other) => sameRule(other, rule)) && isTrusted(rule.path.split("."), "rule")),
  );
  const problems: Problem[] = [];
  for (const further of [
    deep.map((path) => ({ path, ...TOO_DEEP })),
    creating ? hiddenIn(definition, declared) : [],
    issues.flatMap((issue) => problemsOf(definition, issue, declared)),
    [...rules, ...brokenTexts(fieldsOf(definition), declared)],
  ])
    problems.push(...further.filter(({ path }) => !problems.some((problem) => problem.path === path)));
  const normalized = definition.normalizeInputs?.(olds, declared) ?? declared;
  return { inputs: creating ? normalized : asBefore(definition, olds, normalized), problems };
}

/**
 * Drops null, which means the same as an absent field, and groups without values: Twilio returns no such group, so a
 * refresh would show drift. Inside JSON values null is a value.
 */
function withoutAbsent(definition: Definition, news: JsonObject): JsonObject {
  return present(fieldsOf(definition), news);
}

function present(entries: readonly FieldEntry[], values: JsonObject): JsonObject {
  const known = new Map(entries.map((entry) => [entry.name, entry]));
  const kept = Object.entries(values).map(([name, value]) => {
    const entry = known.get(name);
    return [name, entry === undefined ? value : saying(entry, value)] as const;
  });
  return Object.fromEntries(kept.filter(([, value]) => value !== null && value !== undefined));
}

function saying(entry: Described, value: Json | undefined): Json | undefined {
  const members = nestedFields(entry);
  if (members === undefined || !isObject(value)) return value;
  const said = present(members, value);
  return Object.keys(said).length === 0 && canBeEmpty(entry) ? undefined : said;
}

/** A group that is required, or needs members, stays, so that check can name what is missing. */
function canBeEmpty({ schema }: Described): boolean {
  return [undefined, {}].every((value) => z.safeParse(schema, value).success);
}

/**
 * Keeps creation-only fields as they were then, and the old spelling of values with equal meaning: Pulumi's engine
 * compares text, and so shows no change.
 */
function asBefore(definition: Definition, olds: JsonObject, news: JsonObject): JsonObject {
  const inputs = { ...news };
  for (const entry of fieldsOf(definition)) {
    const { name, policy } = entry;
    const value = policy.change === "creation" ? olds[name] : spelledAsBefore(entry, olds[name], news[name]);
    if (value === undefined) delete inputs[name];
    else inputs[name] = value;
  }
  return inputs;
}

function spelledAsBefore(
  entry: Described,
  old: Json | undefined,
  wanted: Json | undefined,
): Json | undefined {
  if (old === undefined || wanted === undefined) return wanted;
  if (isSame(entry, old, wanted, {})) return old;
  const members = nestedFields(entry);
  if (members === undefined || !isObject(old) || !isObject(wanted)) return wanted;
  const spelled = members.map(({ name, ...member }) => [
    name,
    spelledAsBefore(member, old[name], wanted[name]),
  ]);
  return { ...wanted, ...Object.fromEntries(spelled.filter(([, value]) => value !== undefined)) };
}

/** Texts that the transport would alter. JSON escapes its broken characters. */
function brokenTexts(entries: readonly FieldEntry[], values: JsonObject, within = ""): Problem[] {
  return entries.flatMap((entry) => {
    const value = values[entry.name];
    if (value === undefined) return [];
    const path = `${within}${entry.name}`;
    const members = nestedFields(entry);
    if (members !== undefined && isObject(value)) return brokenTexts(members, value, `${path}.`);
    const texts = entry.policy.json === true ? [] : [value].flat();
    return texts.every((text) => typeof text !== "string" || isWellFormed(text))
      ? []
      : [
          {
            path,
            message: "holds half of a character (a lone surrogate), which UTF-8 cannot say",
            hint: "Cut the text between characters.",
          },
        ];
  });
}

function touchesUnknown(declared: JsonObject, path: readonly PropertyKey[]): boolean {
  let value: unknown = declared;
  for (const key of path) {
    if (isUnknown(value)) return true;
    value =
      typeof value === "object" && value !== null ? (value as Record<PropertyKey, unknown>)[key] : undefined;
  }
  return isUnknown(value);
}

/** Whether the value at the path, or a value around it, is as before. */
function isAsBefore(olds: JsonObject, declared: JsonObject, path: readonly PropertyKey[]): boolean {
  return path.some((_key, at) => {
    const whole = path.slice(0, at + 1);
    const old = valueAt(olds, whole);
    return old !== undefined && sameJson(old, valueAt(declared, whole));
  });
}

/** Whether two problems of a rule are the same. */
function sameRule(left: Problem, right: Problem): boolean {
  return left.path === right.path && left.message === right.message;
}

function problemsOf(definition: Definition, issue: z.core.$ZodIssue, declared: JsonObject): Problem[] {
  const path = issue.path.map(String).reduce(joined, "");
  switch (issue.code) {
    case "unrecognized_keys":
      return issue.keys.map((key) => ({
        path: [...issue.path, key].join("."),
        message: `is not a property of ${definition.type}`,
        hint: suggestion(definition, issue.path, key),
      }));
    case "invalid_type":
      return [
        valueAt(declared, issue.path) === undefined
          ? { path, message: "is required", hint: `Give it a value (${issue.expected}).` }
          : {
              path,
              message: `is ${kindOfValue(valueAt(declared, issue.path))}`,
              hint: `Give ${KINDS[issue.expected] ?? `a value of type ${issue.expected}`}.`,
            },
      ];
    case "invalid_value":
      return [
        {
          path,
          message:
            valueAt(declared, issue.path) === undefined
              ? "is required"
              : "is not one of the values it can have",
          hint: `Use ${issue.values.join(", ")}.`,
        },
      ];
    case "custom":
      return [{ path, message: issue.message, ...(issue.params as Partial<Problem>) }];
    default:
      return [{ path, message: "is not valid", hint: `${issue.message}.` }];
  }
}

/** Nouns of types, by the names of zod and JavaScript. */
const KINDS: Readonly<Record<string, string>> = {
  array: "a list",
  boolean: "a boolean",
  number: "a number",
  object: "an object",
  record: "an object",
  string: "a string",
};

/** The kind of a value, not the value: it could be a secret. */
function kindOfValue(value: unknown): string {
  if (value === null) return "null";
  return KINDS[Array.isArray(value) ? "array" : typeof value] ?? `a ${typeof value}`;
}

function valueAt(declared: JsonObject, path: readonly PropertyKey[]): unknown {
  return path.reduce<unknown>(
    (value, key) => (value as Record<PropertyKey, unknown> | undefined)?.[key],
    declared,
  );
}

function suggestion(definition: Definition, path: readonly PropertyKey[], key: string): string {
  const offered = fieldsOf(definition).filter(({ policy }) => policy.internal !== true);
  const known = path.reduce<FieldEntry[]>((fields, key) => {
    const found = fields.find(({ name }) => name === key);
    return (found && nestedFields(found)) ?? [];
  }, offered);
  const names = known.map(({ name }) => name);
  return spellingHint(key, names, `It has ${names.join(", ")}.`);
}
