import { z } from "zod";
import { parseAttributes } from "../../core/attributes";
import { wordsOf } from "../../core/definition/constraint";
import { type Definition, fieldsOf } from "../../core/definition/define";
import { type FieldEntry, type FieldPolicy, nestedFields } from "../../core/definition/field";
import { isObject, type Json, type JsonObject } from "../../core/json";

/** A field, or a nested one, as a command-line option. */
export interface Flag {
  /** `messagingBinding.address` */
  readonly path: string;
  /** `--messaging-binding.address` */
  readonly name: string;
  readonly kind: "text" | "json" | "number" | "boolean" | "list";
  /** The allowed words, if only a few are. */
  readonly words: readonly string[] | undefined;
  readonly schema: z.core.$ZodType;
  readonly policy: FieldPolicy;
}

/** Every field that a program can declare, in schema order; groups as their nested fields. */
export function flagsOf(definition: Definition): Flag[] {
  return flagsIn(fieldsOf(definition).filter(({ policy }) => policy.internal !== true));
}

function flagsIn(entries: readonly FieldEntry[], within = ""): Flag[] {
  return entries.flatMap((entry) => {
    const path = `${within}${entry.name}`;
    const members = nestedFields(entry);
    if (members !== undefined) return flagsIn(members, `${path}.`);
    const schema = bare(entry.schema);
    const { policy } = entry;
    const words = wordsOf(schema instanceof z.ZodArray ? bare(schema.element) : schema);
    return [{ path, name: flagName(path), kind: kindOf(schema, policy), words, schema, policy }];
  });
}

export function flagName(path: string): string {
  return `--${path.replaceAll(/[A-Z]/g, (letter) => `-${letter.toLowerCase()}`)}`;
}

function kindOf(schema: z.core.$ZodType, policy: FieldPolicy): Flag["kind"] {
  if (policy.json === true) return "json";
  if (schema instanceof z.ZodArray) return "list";
  if (schema instanceof z.ZodBoolean) return "boolean";
  return schema instanceof z.ZodNumber ? "number" : "text";
}

function bare(schema: z.core.$ZodType): z.core.$ZodType {
  return schema instanceof z.ZodOptional || schema instanceof z.ZodNullable ? bare(schema.unwrap()) : schema;
}

/** Converts an option's text to the field's type. Text of another type stays text, for the check to refuse. */
export function fieldValue({ kind }: Flag, given: string | true | readonly string[]): Json {
  if (typeof given !== "string") return given === true ? true : [...given];
  if (kind === "json") return parseAttributes(given) as Json;
  if (kind === "boolean") return given === "true" ? true : given === "false" ? false : given;
  if (kind === "number") return given.trim() === "" || Number.isNaN(Number(given)) ? given : Number(given);
  return given;
}

/** The values with another one set at a path. */
export function withValue(values: JsonObject, path: string, value: Json | undefined): JsonObject {
  const [name = "", ...rest] = path.split(".");
  if (rest.length === 0) return { ...values, [name]: value };
  const inner = values[name];
  return { ...values, [name]: withValue(isObject(inner) ? inner : {}, rest.join("."), value) };
}

export function valueAt(values: JsonObject, path: string): Json | undefined {
  return path
    .split(".")
    .reduce<Json | undefined>((value, name) => (isObject(value) ? value[name] : undefined), values);
}
