import { type Definition, fieldsOf } from "../definition/define";
import { type Described, type FieldPolicy, nestedFields } from "../definition/field";
import { isObject, type Json, type JsonObject } from "../json";
import { declaredIn } from "./field-state";
import { at } from "./nested";
import { originalValuesAfterUpdate, originalValuesIn } from "./original-values";
import { markUnconfirmed } from "./unconfirmed";

/** An update whose response was lost. */
export interface Lost {
  readonly state: JsonObject;
  readonly inputs: JsonObject;
  /** The fields that were sent, with their values. */
  readonly values: JsonObject;
  /** The object before the update, if it was read. */
  readonly found: JsonObject | undefined;
}

/**
 * The state after an update whose response was lost. Undefined if the state before it suffices, because a refresh shows
 * the result: the program had declared all fields sent, and Twilio returns them.
 */
export function stateUnconfirmed(definition: Definition, lost: Lost): JsonObject | undefined {
  const { state, inputs, values, found } = lost;
  const sent = leavesOf(definition, values).filter(({ policy, value }) => policy.isFinal?.(value) !== true);
  const declared = new Set(leavesOf(definition, declarationIn(definition, state)).map(pathOf));
  if (sent.every((leaf) => !isUntold(leaf) && declared.has(pathOf(leaf)))) return undefined;
  const before = merged(originalValuesIn(state), originalValuesAfterUpdate(definition, inputs, state, found));
  return { ...markUnconfirmed(state, sent.map(pathIn)), ...(before !== undefined && { before }) };
}

/** The state after a create whose update lost its response: fields that a refresh cannot show are unconfirmed. */
export function withUntoldUnconfirmed(
  definition: Definition,
  state: JsonObject,
  inputs: JsonObject,
): JsonObject {
  return markUnconfirmed(state, leavesOf(definition, inputs).filter(isUntold).map(pathIn));
}

/** The state with all declared fields that change in place as unconfirmed. */
export function withDeclaredUnconfirmed(definition: Definition, state: JsonObject): JsonObject {
  const declared = leavesOf(definition, declarationIn(definition, state));
  return markUnconfirmed(state, declared.filter(({ policy }) => policy.change === "update").map(pathIn));
}

/** A field, or a member of one, without members of its own. */
interface Leaf {
  readonly path: readonly [string, ...string[]];
  readonly policy: FieldPolicy;
  readonly value: Json;
}

/** Whether a refresh may not show that the value was written. */
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

/** Adds further original values to the present ones: fields that were sent must still be restored. */
function merged(before: JsonObject | undefined, further: JsonObject | undefined): JsonObject | undefined {
  if (before === undefined || further === undefined) return further ?? before;
  const members = Object.entries(further).map(([name, value]) => {
    const old = before[name];
    return [name, isObject(old) && isObject(value) ? merged(old, value) : value];
  });
  return { ...before, ...Object.fromEntries(members) };
}
