import { type Definition, fieldsOf } from "../../../provider/core/definition/define";
import { type FieldEntry, nestedFields } from "../../../provider/core/definition/field";
import { isObject, type Json, type JsonObject } from "../../../provider/core/json";
import type { Declaration } from "../../types/drifted";

/** A field, or a member of one, that has no members itself. */
export interface Leaf {
  readonly path: string;
  readonly entry: FieldEntry;
}

/** Of fields and of the members of them. */
export function leavesOf(entries: readonly FieldEntry[], prefix = ""): Leaf[] {
  return entries.flatMap((entry) => {
    const path = `${prefix}${entry.name}`;
    const members = nestedFields(entry);
    return members === undefined ? [{ path, entry }] : leavesOf(members, `${path}.`);
  });
}

/** What Twilio can come to tell otherwise than the program says. */
function isTold({ entry: { policy } }: Leaf): boolean {
  const isSent = policy.change === "update" || policy.change === "replace";
  return isSent && policy.pathParameter !== true && policy.writeOnly !== true;
}

export function toldOf(definition: Definition): Map<string, Leaf> {
  const leaves = leavesOf(fieldsOf(definition)).filter(isTold);
  return new Map(leaves.map((leaf) => [leaf.path, leaf]));
}

/** Twilio's own names, where they do not follow from ours. */
const ROW_NAMES: Readonly<Record<string, string>> = {
  mediaSid: "media",
  "bindings.email.address": "bindings.email.projected_address",
};
const PARAMETERS: Readonly<Record<string, string>> = { permissions: "Permission" };

const snakeCase = (name: string) => name.replace(/[A-Z]/g, (letter) => `_${letter.toLowerCase()}`);
export const rowNameOf = (path: string) => ROW_NAMES[path] ?? snakeCase(path);
export const parameterOf = (path: string) =>
  PARAMETERS[path] ?? path.replace(/(^|\.)[a-z]/g, (start) => start.toUpperCase());

export const topOf = (path: string) => path.split(".")[0] ?? path;

export const rowsIn = ({ drifts }: Declaration) =>
  Object.entries(drifts).flatMap(([path, values]) =>
    values.map((value) => ({ path, value, row: `${path} = ${JSON.stringify(value)}` })),
  );

export function without(values: JsonObject, [name = "", ...rest]: string[]): JsonObject {
  const { [name]: value, ...others } = values;
  return rest.length === 0 || !isObject(value) ? others : { ...others, [name]: without(value, rest) };
}

export function valueAt(values: JsonObject, path: string): Json | undefined {
  return path
    .split(".")
    .reduce<Json | undefined>((value, name) => (isObject(value) ? value[name] : undefined), values);
}

export function withValue(values: JsonObject, path: string, value: Json): JsonObject {
  const [name = "", ...rest] = path.split(".");
  if (rest.length === 0) return { ...values, [name]: value };
  const member = values[name];
  return { ...values, [name]: withValue(isObject(member) ? member : {}, rest.join("."), value) };
}
