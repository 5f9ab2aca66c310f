import { type Definition, type FieldEntry, fieldsOf, membersOf } from "./define";
import { hasDrifted, isSame } from "./field";
import { isObject, type Json, type JsonObject } from "./json";
import { masked, unmasked } from "./mask";
import { restrict } from "./wire";

/**
 * What the engine stores as outputs. Beside the fields and outputs under their own names:
 * - `accountSid`, `region`, `origin`, `chatServiceSid`: where it lives, so that no other credentials touch it
 * - `assigned`: the fields that the program leaves to Twilio; with what Twilio chose if it is watched, else null
 * - `answered`: declared fields that Twilio answered with another value; no drift until that changes
 */
export interface Place {
  readonly region: string;
  readonly origin: string;
  readonly chatServiceSid: string;
}

/** What one field adds to the state, and to the inputs that a refresh reports. */
interface Slot {
  value?: Json | undefined;
  input?: Json | undefined;
  assigned?: Json | undefined;
  answered?: Json | undefined;
  drifted?: boolean;
}

/** The value that the program declares for a field, by the stored state. */
export function declaredIn(state: JsonObject, entry: FieldEntry): Json | undefined {
  return entry.name in assignedIn(state) ? undefined : restrict(entry, state[entry.name]);
}

/** What Twilio chose for the fields that the program leaves open. */
export function assignedIn(state: JsonObject): JsonObject {
  return isObject(state["assigned"]) ? state["assigned"] : {};
}

function answeredIn(state: JsonObject): JsonObject {
  return isObject(state["answered"]) ? state["answered"] : {};
}

export interface Answer {
  readonly inputs: JsonObject;
  /** Twilio's answer, by our names; the state before, where nothing was sent. */
  readonly live: JsonObject;
  readonly place: Place;
  /** The state before, if there was one. */
  readonly previous?: JsonObject;
  /** The fields that were sent. Where another one differs, that is drift, left for the next refresh to show. */
  readonly isSent: (field: string) => boolean;
}

/** The state after a create, an adoption or an update. */
export function stateAfter(definition: Definition, answer: Answer): JsonObject {
  const slots = fieldsOf(definition).map((entry) => [entry, slotAfter(entry, answer)] as const);
  const { live, inputs, previous = {}, place } = answer;
  const derived = live === previous ? besidesFields(definition, previous) : definition.derive?.(live, inputs);
  return assemble(definition, slots, live, derived, place);
}

function slotAfter(entry: FieldEntry, { inputs, live, previous = {}, isSent }: Answer): Slot {
  const { name, policy } = entry;
  const value = inputs[name];
  const liveValue = restrict(entry, live[name]);
  if (isCarried(entry)) return { value };
  if (policy.change === "creation") return { value: live[name] };
  if (value === undefined) return slotLeftOpen(entry, liveValue, live[name], isSent(name) ? {} : previous);
  if (policy.writeOnly === true) return { value };
  const slot: Slot = { value: withExtras(entry, value, live[name]) };
  if (!isSent(name)) slot.answered = answeredIn(previous)[name];
  else if (!isSame(policy, comparable(entry, value, liveValue, inputs), liveValue, live))
    // The engine keeps no secret under a name that is no input's: what it answered then shows as drift.
    slot.answered = isSecret(entry, inputs) ? undefined : (liveValue ?? null);
  return slot;
}

function slotLeftOpen(
  entry: FieldEntry,
  liveValue: Json | undefined,
  whole: Json | undefined,
  previous: JsonObject,
) {
  const { name, policy } = entry;
  if (policy.watched !== true) return liveValue === undefined ? {} : { value: whole, assigned: null };
  const assigned = assignedIn(previous)[name] ?? liveValue;
  return { value: name in assignedIn(previous) ? previous[name] : whole, assigned };
}

export interface Refreshed {
  readonly state: JsonObject;
  /** The inputs that would make what is live: what the program declares, and what drifted of the watched. */
  readonly inputs: JsonObject;
}

/** The state after a read: what is stored, with what has drifted as it is live. */
export function stateRefreshed(
  definition: Definition,
  stored: JsonObject,
  live: JsonObject,
  place: Place,
): Refreshed {
  const slots = fieldsOf(definition).map((entry) => [entry, slotRefreshed(entry, stored, live)] as const);
  const state = assemble(definition, slots, live, definition.derive?.(live, stored), place);
  if (!slots.some(([, slot]) => slot.drifted)) keepVolatile(definition, stored, state);
  return { state, inputs: valuesOf(slots, "input") };
}

function slotRefreshed(entry: FieldEntry, stored: JsonObject, live: JsonObject): Slot {
  const { name, policy } = entry;
  const value = declaredIn(stored, entry);
  const liveValue = restrict(entry, live[name]);
  if (policy.change === "creation") return { value: live[name] };
  if (isCarried(entry) || (policy.writeOnly === true && value !== undefined)) return { value, input: value };
  if (value === undefined) return slotWatched(entry, stored, live[name], liveValue);
  const answered = answeredIn(stored)[name];
  const baseline = answered === undefined ? value : (answered ?? undefined);
  return hasDrifted(policy, comparable(entry, baseline, liveValue, stored), liveValue, stored)
    ? driftedSlot(entry, stored, live[name], liveValue)
    : { value: withExtras(entry, value, live[name]), input: value, answered };
}

function isSecret({ policy }: FieldEntry, { secretAttributes }: JsonObject): boolean {
  return policy.json === true && secretAttributes === true;
}

/** A stored value as it compares with the live one: what is masked in it counts as equal. */
function comparable(
  entry: FieldEntry,
  value: Json | undefined,
  liveValue: Json | undefined,
  state: JsonObject,
) {
  return isSecret(entry, state) ? unmasked(value, liveValue) : value;
}

function driftedSlot(
  entry: FieldEntry,
  stored: JsonObject,
  whole: Json | undefined,
  liveValue: Json | undefined,
): Slot {
  if (!isSecret(entry, stored)) return { value: whole, input: liveValue, drifted: true };
  const shown = masked(stored[entry.name], liveValue);
  return { value: shown, input: shown, drifted: true };
}

function slotWatched(
  entry: FieldEntry,
  stored: JsonObject,
  whole: Json | undefined,
  liveValue: Json | undefined,
): Slot {
  const { name, policy } = entry;
  const chosen = assignedIn(stored)[name] ?? undefined;
  if (policy.watched !== true || chosen === undefined) return slotLeftOpen(entry, liveValue, whole, {});
  return hasDrifted(policy, chosen, liveValue, stored)
    ? { value: whole, input: liveValue, assigned: chosen, drifted: true }
    : { value: chosen, assigned: chosen };
}

/** Where the object lives, and what only later operations need: never sent, never observed. */
function isCarried({ policy }: FieldEntry): boolean {
  return policy.located === true || policy.change === "local";
}

/** A declared value with the members that Twilio adds to it, for example the type of a binding. */
function withExtras(entry: FieldEntry, value: Json, whole: Json | undefined): Json {
  const members = membersOf(entry.schema);
  if (members === undefined || !isObject(value) || !isObject(whole)) return value;
  const extras = Object.entries(whole).filter(([name, member]) => !(name in members) && member !== null);
  return { ...Object.fromEntries(extras), ...value };
}

function valuesOf(
  slots: readonly (readonly [FieldEntry, Slot])[],
  part: Exclude<keyof Slot, "drifted">,
): JsonObject {
  const values = slots.map(([{ name }, slot]) => [name, slot[part]] as const);
  return Object.fromEntries(values.filter(([, value]) => value !== undefined));
}

/** What the state holds of the object besides its fields. */
function besidesFields(definition: Definition, state: JsonObject): JsonObject {
  const { assigned: _assigned, answered: _answered, ...rest } = state;
  for (const { name } of fieldsOf(definition)) delete rest[name];
  return rest;
}

function assemble(
  definition: Definition,
  slots: readonly (readonly [FieldEntry, Slot])[],
  live: JsonObject,
  derived: JsonObject | undefined,
  place: Place,
): JsonObject {
  const outputs = definition.outputs.map((name) => [name, live[name]] as const);
  const whole: JsonObject = {
    ...valuesOf(slots, "value"),
    ...Object.fromEntries(outputs),
    ...derived,
    ...place,
  };
  const assigned = valuesOf(slots, "assigned");
  const answered = valuesOf(slots, "answered");
  if (Object.keys(assigned).length > 0) whole["assigned"] = assigned;
  if (Object.keys(answered).length > 0) whole["answered"] = answered;
  return Object.fromEntries(
    Object.entries(whole).filter(([, value]) => value !== undefined && value !== null),
  );
}

/** Keeps what moves by itself as it was stored, so that a refresh without drift changes nothing. */
function keepVolatile(definition: Definition, stored: JsonObject, state: JsonObject): void {
  const assigned = { ...assignedIn(state) };
  for (const name of definition.volatile) {
    keepAs(state, stored, name);
    keepAs(assigned, assignedIn(stored), name);
  }
  if (Object.keys(assigned).length > 0) state["assigned"] = assigned;
  else delete state["assigned"];
}

function keepAs(target: JsonObject, source: JsonObject, name: string): void {
  if (name in source) target[name] = source[name];
  else delete target[name];
}
