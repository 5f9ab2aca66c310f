import { compared, type Definition, fieldsOf } from "../definition/define";
import type { FieldEntry } from "../definition/field";
import { type JsonObject, textOf, without } from "../json";
import {
  type Applied,
  assignedIn,
  type FieldState,
  fieldStateAfter,
  fieldStateRefreshed,
  type Location,
} from "./field-state";
import { originalValuesAfterUpdate, originalValuesAtCreate, originalValuesIn } from "./original-values";

/** The state after a create, an adoption or an update. */
export function stateAfter(definition: Definition, answer: Applied): JsonObject {
  const { inputs, found, previous = {}, place } = answer;
  const live = answer.live === undefined ? previous : compared(definition, answer.live, inputs);
  const slots = fieldsOf(definition).map(
    (entry) => [entry, fieldStateAfter(entry, { ...answer, live })] as const,
  );
  const derived = answer.live ? definition.derive?.(live, inputs) : besidesFields(definition, previous);
  const before = answer.previous
    ? originalValuesAfterUpdate(definition, inputs, previous, found)
    : found && originalValuesAtCreate(definition, inputs, found);
  return assemble(definition, slots, live, { ...derived, before }, place);
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
  answer: JsonObject,
  place: Location,
): Refreshed {
  const live = compared(definition, answer, stored);
  const slots = fieldsOf(definition).map(
    (entry) => [entry, fieldStateRefreshed(entry, stored, live)] as const,
  );
  const { unconfirmed, cleared, tookFrom } = stored;
  const kept = { before: originalValuesIn(stored), unconfirmed, cleared, tookFrom };
  const derived = { ...definition.derive?.(live, stored), ...kept };
  // As recorded: that the same place has another host by now is no news of the object.
  const origin = textOf(stored["origin"]) ?? place.origin;
  const state = assemble(definition, slots, live, derived, { ...place, origin });
  if (!slots.some(([, slot]) => slot.drifted)) keepVolatile(definition, stored, state);
  return { state, inputs: valuesOf(slots, "input") };
}

function valuesOf(
  slots: readonly (readonly [FieldEntry, FieldState])[],
  part: Exclude<keyof FieldState, "drifted">,
): JsonObject {
  const values = slots.map(([{ name }, slot]) => [name, slot[part]] as const);
  return Object.fromEntries(values.filter(([, value]) => value !== undefined));
}

/** What the state holds of the object besides its fields. */
function besidesFields(definition: Definition, state: JsonObject): JsonObject {
  const names = fieldsOf(definition).map(({ name }) => name);
  return without(state, [...names, "assigned", "answered", "before", "unconfirmed", "cleared", "tookFrom"]);
}

function assemble(
  definition: Definition,
  slots: readonly (readonly [FieldEntry, FieldState])[],
  live: JsonObject,
  derived: JsonObject,
  place: Location,
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
