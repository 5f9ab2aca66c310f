import { type Definition, fieldsOf, idOf, secretOutputs } from "../../core/definition/define";
import { SECRET_SIGNATURE, SIGNATURE } from "../../core/engine-transport";
import { isObject, type Json, type JsonObject } from "../../core/json";
import { providerText, typeToken } from "../../core/program/provider-text";
import { Expression, jsonValue, objectFrom, type Value, type Values } from "./literal";

/** A resource of the generated program, with the values that Pulumi will record. */
export interface Declaration {
  readonly type: string;
  readonly name: string;
  /** The variable that refers to it; undefined where nothing does. */
  readonly variable: string | undefined;
  readonly args: Values;
  readonly options?: Values;
  /** A comment of one or more lines. */
  readonly comment?: string;
}

/** A row of the file for `pulumi import --file`. */
export interface ImportRow {
  readonly type: string;
  readonly name: string;
  readonly id: string;
  readonly inputs: JsonObject;
  readonly outputs: JsonObject;
}

/** Marks a secret in a file that Pulumi has not encrypted. */
const SECRET = { [SIGNATURE]: SECRET_SIGNATURE };

export function importRow(
  definition: Definition,
  name: string,
  live: JsonObject,
  inputs: JsonObject,
  outputs: JsonObject,
): ImportRow {
  const { type } = definition;
  const provider = { __provider: providerText(type) };
  const secrets = new Set(secretOutputs(definition));
  const shown = Object.entries(outputs).map(([key, value]) => [
    key,
    secrets.has(key) ? { ...SECRET, plaintext: JSON.stringify(value) } : value,
  ]);
  return {
    type: typeToken(type),
    name,
    id: idOf(definition, live) ?? "",
    inputs: { ...inputs, ...provider },
    outputs: { ...Object.fromEntries(shown), ...provider },
  };
}

/** The expression for each object of the program, by SID. */
export type References = ReadonlyMap<string, Expression>;

/** Inputs as program arguments: objects that the program declares become variables. */
export function argsOf(definition: Definition, inputs: JsonObject, references: References): Values {
  const json = new Set(
    fieldsOf(definition)
      .filter(({ policy }) => policy.json === true)
      .map(({ name }) => name),
  );
  const entries = Object.entries(inputs).flatMap(([name, value]) =>
    value === undefined
      ? []
      : [[name, json.has(name) ? jsonValue(value) : referring(name, value, references)] as const],
  );
  return objectFrom(entries);
}

function referring(name: string, value: Json, references: References): Value {
  if (isObject(value))
    return objectFrom(
      Object.entries(value).flatMap(([key, item]) =>
        item === undefined ? [] : [[key, referring(key, item, references)] as const],
      ),
    );
  if (typeof value === "string" && name.endsWith("Sid")) return references.get(value) ?? value;
  return jsonValue(value);
}

export function variableExpression(variable: string): Expression {
  return new Expression(`${variable}.id`);
}
