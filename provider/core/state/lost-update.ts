import { type Definition, fieldsOf } from "../definition/define";
import { type Described, type FieldPolicy, nestedFields } from "../definition/field";
import { isObject, type Json, type JsonObject } from "../json";
import { declaredIn } from "./field-state";
import { at } from "./nested";
import { originalValuesAfterUpdate, originalValuesIn } from "./original-values";
import { markUnconfirmed } from "./unconfirmed";

/** An update that got no answer. */
export interface Lost {
  readonly state: JsonObject;
  readonly inputs: JsonObject;
  /** The fields that were sent, with their values. */
  readonly values: JsonObject;
  /** What was there before it, where that was asked. */
  readonly found: JsonObject | undefined;
}

/**
 * The state after an update that got no answer; undefined where the state before it is enough, since a refresh shows
 * what was done: where the program had declared all that was sent, and Twilio tells it.
 */
export function stateUnconfirmed(definition: Definition, lost: Lost): JsonObject | undefined {
  const { state, inputs, values, found } = lost;
  const sent = leavesOf(definition, values).filter(({ policy, value }) => policy.isFinal?.(value) !== true);
  const declared = new Set(leavesOf(definition, declarationIn(definition, state)).map(pathOf));
  if (sent.every((leaf) => !isUntold(leaf) && declared.has(pathOf(leaf)))) return undefined;
  const before = merged(originalValuesIn(state), originalValuesAfterUpdate(definition, inputs, state, found));
  return { ...markUnconfirmed(state, sent.map(pathIn)), ...(before !== undefined && { before }) };
}

/** The state after a create whose setting got no answer, as far as asking Twilio does not tell. */
export function withUntoldUnconfirmed(
  definition: Definition,
  state: JsonObject,
  inputs: JsonObject,
): JsonObject {
  return markUnconfirmed(state, leavesOf(definition, inputs).filter(isUntold).map(pathIn));
}

/** The state without the values that a program declares and can change in place, as if none was confirmed. */
export function withDeclaredUnconfirmed(definition: Definition, state: JsonObject): JsonObject {
  const declared = leavesOf(definition, declarationIn(definition, state));
  return markUnconfirmed(state, declared.filter(({ policy }) => policy.change === "update").map(pathIn));
}

/** A field, or a member of one, that has no members itself. */
interface Leaf {
  readonly path: readonly [string, ...string[]];
  readonly policy: FieldPolicy;
  readonly value: Json;
}

/** Whether a refresh may not show that it was set. */
function isUntold({ policy: { change, writeOnly, isDrift } }: Leaf): boolean {
  return change === "update" && (writeOnly === true || isDrift !== undefined);
}

function pathIn({ path }: Leaf): Leaf["path"] {
  return path;
}

function pathOf({ path }: Leaf): string {
  return path.join(".");
}

function declarationIn(definition: Definition, state: JsonObject): JsonObject {
  return Object.fromEntries(fieldsOf(definition).map((entry) => [entry.name, declaredIn(state, entry)]));
}

function leavesOf(definition: Definition, values: JsonObject): Leaf[] {
  return fieldsOf(definition).flatMap((entry) => leavesWithin(entry, values[entry.name], [entry.name]));
}

function leavesWithin(entry: Described, value: Json | undefined, path: Leaf["path"]): Leaf[] {
  if (value === undefined) return [];
  const members = nestedFields(entry);
  if (members === undefined || !isObject(value)) return [{ path, policy: entry.policy, value }];
  return members.flatMap((member) => leavesWithin(member, at(value, member.name), [...path, member.name]));
}

/** The memory as it was, with what joins it: what was sent back is still to be given back. */
function merged(before: JsonObject | undefined, further: JsonObject | undefined): JsonObject | undefined {
  if (before === undefined || further === undefined) return further ?? before;
  const members = Object.entries(further).map(([name, value]) => {
    const old = before[name];
    return [name, isObject(old) && isObject(value) ? merged(old, value) : value];
  });
  return { ...before, ...Object.fromEntries(members) };
}
