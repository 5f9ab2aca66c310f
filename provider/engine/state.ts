import { beforeIn, rememberFound, rememberFurther } from "./before";
import { compared, type Definition, fieldsOf } from "./define";
import type { FieldEntry } from "./field";
import { type JsonObject, without } from "./json";
import { assignedIn, type Slot, slotAfter, slotRefreshed } from "./slot";
import { textOf } from "./wire";

/**
 * What the engine stores as outputs. Beside the fields and outputs under their own names:
 * - `accountSid`, `region`, `origin`, `chatServiceSid`: where it lives, so that no other credentials touch it
 * - `before`: what was there before the program, of what is given back instead of deleted
 * - `assigned`: the fields that the program leaves to Twilio; with what Twilio chose if it is watched, else null
 * - `answered`: declared fields that Twilio answered with another value; no drift until that changes
 * - `unsettled`: whether it was set as declared is not known; the next operation asks
 * - `unconfirmed`: what was sent without an answer and cannot be asked for; the next update sends it again
 * - `cleared`: the objects whose keys were cleared for it, of which their own states do not tell
 * - `tookFrom`: the objects whose keys were cleared for the one that it has now
 */
export interface Place {
  readonly accountSid?: string;
  readonly region: string;
  readonly origin: string;
  /** Of what lives in a service. */
  readonly chatServiceSid?: string;
}

export interface Answer {
  readonly inputs: JsonObject;
  /** Twilio's answer, by our names; none where nothing was sent. */
  readonly live: JsonObject | undefined;
  readonly place: Place;
  /** The object as it was before it was taken over or updated, where it is to be given back so. */
  readonly found?: JsonObject | undefined;
  /** The state before, if there was one. */
  readonly previous?: JsonObject;
  /** The fields that were sent. Where another one differs, that is drift, left for the next refresh to show. */
  readonly isSent: (field: string) => boolean;
  /** Watched fields that are left open and hold nothing to put back: null in `assigned`, until they are sent. */
  readonly unwatched?: readonly string[] | undefined;
}

/** The state after a create, an adoption or an update. */
export function stateAfter(definition: Definition, answer: Answer): JsonObject {
  const { inputs, found, previous = {}, place } = answer;
  const live = answer.live === undefined ? previous : compared(definition, answer.live, inputs);
  const slots = fieldsOf(definition).map((entry) => [entry, slotAfter(entry, { ...answer, live })] as const);
  const derived = answer.live ? definition.derive?.(live, inputs) : besidesFields(definition, previous);
  const before = answer.previous
    ? rememberFurther(definition, inputs, previous, found)
    : found && rememberFound(definition, inputs, found);
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
  place: Place,
): Refreshed {
  const live = compared(definition, answer, stored);
  const slots = fieldsOf(definition).map((entry) => [entry, slotRefreshed(entry, stored, live)] as const);
  const { unconfirmed, cleared, tookFrom } = stored;
  const kept = { before: beforeIn(stored), unconfirmed, cleared, tookFrom };
  const derived = { ...definition.derive?.(live, stored), ...kept };
  // As recorded: that the same place has another host by now is no news of the object.
  const origin = textOf(stored["origin"]) ?? place.origin;
  const state = assemble(definition, slots, live, derived, { ...place, origin });
  if (!slots.some(([, slot]) => slot.drifted)) keepVolatile(definition, stored, state);
  return { state, inputs: valuesOf(slots, "input") };
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
  const names = fieldsOf(definition).map(({ name }) => name);
  return without(state, [...names, "assigned", "answered", "before", "unconfirmed", "cleared", "tookFrom"]);
}

function assemble(
  definition: Definition,
  slots: readonly (readonly [FieldEntry, Slot])[],
  live: JsonObject,
  derived: JsonObject,
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
