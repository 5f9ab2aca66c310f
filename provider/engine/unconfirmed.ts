import { beforeIn, isToRemember, rememberFurther } from "./before";
import { type Definition, fieldsOf } from "./define";
import { type Described, type FieldEntry, type FieldPolicy, membersOf } from "./field";
import { isObject, type Json, type JsonObject, objectIn, without } from "./json";
import { at } from "./part";

/**
 * What was sent and never answered, by path (`timers.closed`), under `unconfirmed` in the state. The state holds none of
 * its values, old or new: whatever the program then says is sent, and what it no longer says is cleared or given back.
 */
export function unconfirmedIn(state: JsonObject): string[] {
  const paths = state["unconfirmed"];
  return Array.isArray(paths) ? paths.filter((path): path is string => typeof path === "string") : [];
}

/** Of a field, itself or members of it. */
export function isUnconfirmed({ name }: Pick<FieldEntry, "name">, state: JsonObject): boolean {
  return unconfirmedIn(state).some((path) => path === name || path.startsWith(`${name}.`));
}

/** A stored value with null, which is equal to nothing declared and not to its absence, for what is not confirmed. */
export function withUnconfirmed(
  { name }: FieldEntry,
  stored: Json | undefined,
  state: JsonObject,
): Json | undefined {
  return unconfirmedIn(state)
    .map((path) => path.split("."))
    .filter(([top]) => top === name)
    .reduce((value, [, ...members]) => withNullAt(value, members), stored);
}

function withNullAt(value: Json | undefined, [name, ...rest]: readonly string[]): Json {
  if (name === undefined) return null;
  const whole = isObject(value) ? value : {};
  return { ...whole, [name]: withNullAt(whole[name], rest) };
}

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
 * The state after an update that got no answer; undefined where the state before it tells as much, since a refresh shows
 * what was done: where nothing was sent that Twilio never tells, and nothing joins what is to be given back.
 */
export function stateUnconfirmed(definition: Definition, lost: Lost): JsonObject | undefined {
  const { state, inputs, values, found } = lost;
  const sent = leavesOf(definition, values).filter(({ policy, value }) => policy.isFinal?.(value) !== true);
  if (!sent.some(isUntold) && !isToRemember(definition, inputs, state)) return undefined;
  const before = merged(beforeIn(state), rememberFurther(definition, inputs, state, found));
  return { ...marked(state, sent), ...(before !== undefined && { before }) };
}

/** The state after a create whose setting got no answer, as far as asking Twilio does not tell. */
export function withUntoldUnconfirmed(
  definition: Definition,
  state: JsonObject,
  inputs: JsonObject,
): JsonObject {
  return marked(state, leavesOf(definition, inputs).filter(isUntold));
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

function leavesOf(definition: Definition, values: JsonObject): Leaf[] {
  return fieldsOf(definition).flatMap((entry) => leavesWithin(entry, values[entry.name], [entry.name]));
}

function leavesWithin(entry: Described, value: Json | undefined, path: Leaf["path"]): Leaf[] {
  if (value === undefined) return [];
  const members = membersOf(entry);
  if (members === undefined || !isObject(value)) return [{ path, policy: entry.policy, value }];
  return members.flatMap((member) => leavesWithin(member, at(value, member.name), [...path, member.name]));
}

function marked(state: JsonObject, leaves: readonly Leaf[]): JsonObject {
  if (leaves.length === 0) return state;
  const paths = leaves.map(({ path }) => path.join("."));
  const names = leaves.map(({ path: [name] }) => name);
  const rest = leaves.reduce<JsonObject>((left, { path }) => withoutAt(left, path) ?? {}, state);
  return {
    ...rest,
    // What Twilio answered with is an answer to what was declared before.
    ...(isObject(state["answered"]) && { answered: without(objectIn(state, "answered"), names) }),
    unconfirmed: [...new Set([...unconfirmedIn(state), ...paths])].sort(),
  };
}

function withoutAt(value: JsonObject, [name, ...rest]: readonly string[]): JsonObject | undefined {
  if (name === undefined) return undefined;
  const { [name]: member, ...others } = value;
  const left = isObject(member) && rest.length > 0 ? withoutAt(member, rest) : undefined;
  if (left !== undefined) return { ...others, [name]: left };
  return Object.keys(others).length === 0 ? undefined : others;
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
