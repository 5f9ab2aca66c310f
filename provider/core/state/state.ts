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

/*
 * What a resource's state holds. The engine stores these keys as outputs, beside fields and outputs of their own names:
 * - `accountSid`, `region`, `origin`, `chatServiceSid`: location, so that no other credentials touch the object
 * - `before`: original values of a pre-existing object, which destroy restores instead of deleting it
 * - `assigned`: undeclared fields; with Twilio's choice if the field is watched, else null
 * - `answered`: declared fields that Twilio answered with another value; no drift until that changes
 * - `unsettled`: it is unverified whether the declared values were written; the next operation reads first
 * - `unconfirmed`: fields whose response was lost and that no read can show; the next update sends them again
 * - `cleared`: objects whose keys were cleared for this one, and whose own states still hold them
 * - `tookFrom`: objects whose keys were cleared for the key that this one has now
 */

/** The state after a create, an adoption or an update. */
export function stateAfter(definition: Definition, answer: Applied): JsonObject {
  const { inputs, found, previous = {}, location } = answer;
  const live = answer.live === undefined ? previous : compared(definition, answer.live, inputs);
  const fieldStates = fieldsOf(definition).map(
    (entry) => [entry, fieldStateAfter(entry, { ...answer, live })] as const,
  );
  const derived = answer.live ? definition.derive?.(live, inputs) : besidesFields(definition, previous);
  const before = answer.previous
    ? originalValuesAfterUpdate(definition, inputs, previous, found)
    : found && originalValuesAtCreate(definition, inputs, found);
  return assemble(definition, fieldStates, live, { ...derived, before }, location);
}

export interface Refreshed {
  readonly state: JsonObject;
  /** The inputs that match the live object: declared fields, and watched fields that drifted. */
  readonly inputs: JsonObject;
}

/** The state after a read: the recorded values, with live ones where they drifted. */
export function stateRefreshed(
  definition: Definition,
  recorded: JsonObject,
  answer: JsonObject,
  location: Location,
): Refreshed {
  const live = compared(definition, answer, recorded);
  const fieldStates = fieldsOf(definition).map(
    (entry) => [entry, fieldStateRefreshed(entry, recorded, live)] as const,
  );
  const { unconfirmed, cleared, tookFrom } = recorded;
  const kept = { before: originalValuesIn(recorded), unconfirmed, cleared, tookFrom };
  const derived = { ...definition.derive?.(live, recorded), ...kept };
  // As recorded: a new host of the same location is no change of the object.
  const origin = textOf(recorded["origin"]) ?? location.origin;
  const state = assemble(definition, fieldStates, live, derived, { ...location, origin });
  if (!fieldStates.some(([, fieldState]) => fieldState.drifted)) keepVolatile(definition, recorded, state);
  return { state, inputs: valuesOf(fieldStates, "input") };
}

function valuesOf(
  fieldStates: readonly (readonly [FieldEntry, FieldState])[],
  part: Exclude<keyof FieldState, "drifted">,
): JsonObject {
  const values = fieldStates.map(([{ name }, fieldState]) => [name, fieldState[part]] as const);
  return Object.fromEntries(values.filter(([, value]) => value !== undefined));
}

/** The state without fields and bookkeeping keys. */
function besidesFields(definition: Definition, state: JsonObject): JsonObject {
  const names = fieldsOf(definition).map(({ name }) => name);
  return without(state, [...names, "assigned", "answered", "before", "unconfirmed", "cleared", "tookFrom"]);
}

function assemble(
  definition: Definition,
  fieldStates: readonly (readonly [FieldEntry, FieldState])[],
  live: JsonObject,
  derived: JsonObject,
  location: Location,
): JsonObject {
  const outputs = definition.outputs.map((name) => [name, live[name]] as const);
  const whole: JsonObject = {
    ...valuesOf(fieldStates, "value"),
    ...Object.fromEntries(outputs),
    ...derived,
    ...location,
  };
  const assigned = valuesOf(fieldStates, "assigned");
  const answered = valuesOf(fieldStates, "answered");
  if (Object.keys(assigned).length > 0) whole["assigned"] = assigned;
  if (Object.keys(answered).length > 0) whole["answered"] = answered;
  return Object.fromEntries(
    Object.entries(whole).filter(([, value]) => value !== undefined && value !== null),
  );
}

/** Keeps the recorded values of volatile outputs, so that a refresh without drift changes nothing. */
function keepVolatile(definition: Definition, recorded: JsonObject, state: JsonObject): void {
  const assigned = { ...assignedIn(state) };
  for (const name of definition.volatile) {
    keepAs(state, recorded, name);
    keepAs(assigned, assignedIn(recorded), name);
  }
  if (Object.keys(assigned).length > 0) state["assigned"] = assigned;
  else delete state["assigned"];
}

function keepAs(target: JsonObject, source: JsonObject, name: string): void {
  if (name in source) target[name] = source[name];
  else delete target[name];
}
