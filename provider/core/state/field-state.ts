import { type FieldEntry, hasDrifted, isSame, nestedFields, restrict } from "../definition/field";
import { masked, unmasked } from "../definition/hidden-value";
import { isObject, type Json, type JsonObject, objectIn } from "../json";
import { projectToDeclared } from "./nested";
import { isUnconfirmed } from "./unconfirmed";

/** What one field adds to the state, and to the inputs that refresh reports. */
export interface FieldState {
  value?: Json | undefined;
  input?: Json | undefined;
  assigned?: Json | undefined;
  answered?: Json | undefined;
  drifted?: boolean;
}

/** The declared value of a field, by the recorded state. */
export function declaredIn(state: JsonObject, entry: FieldEntry): Json | undefined {
  return entry.name in assignedIn(state) ? undefined : restrict(entry, state[entry.name]);
}

function isDeclared(entry: FieldEntry, state: JsonObject): boolean {
  return declaredIn(state, entry) !== undefined;
}

/** Values that Twilio assigned to undeclared fields. */
export function assignedIn(state: JsonObject): JsonObject {
  return objectIn(state, "assigned");
}

function answeredIn(state: JsonObject): JsonObject {
  return objectIn(state, "answered");
}

/** The field's state after a create, an adoption or an update. */
export function fieldStateAfter(
  entry: FieldEntry,
  { inputs, live, previous = {}, isSent, unwatched = [] }: Applied & { readonly live: JsonObject },
): FieldState {
  const { name, policy } = entry;
  const value = inputs[name];
  const liveValue = projectToDeclared(entry, value, restrict(entry, live[name]));
  if (isCarried(entry)) return { value };
  if (policy.change === "creation") return { value: live[name] };
  // A write-only value is dropped with its declaration: nothing was read, so it is no answer.
  if (value === undefined && policy.writeOnly === true && live === previous && isDeclared(entry, previous))
    return {};
  if (value === undefined && unwatched.includes(name)) return { value: live[name], assigned: null };
  if (value === undefined) return undeclaredAfter(entry, liveValue, live[name], isSent(name) ? {} : previous);
  if (policy.writeOnly === true) return { value };
  const fieldState: FieldState = { value: withExtras(entry, value, live[name]) };
  if (!isSent(name)) fieldState.answered = answeredIn(previous)[name];
  else if (!isSame(entry, comparable(entry, value, liveValue, inputs), liveValue, live))
    // Pulumi's engine keeps no secret under a name that is no input, so an answered secret shows as drift instead.
    fieldState.answered = isSecret(entry, inputs) ? undefined : (liveValue ?? null);
  return fieldState;
}

function undeclaredAfter(
  entry: FieldEntry,
  liveValue: Json | undefined,
  whole: Json | undefined,
  previous: JsonObject,
) {
  const { name, policy } = entry;
  // Undeclared at adoption, with somebody else's value.
  if (policy.watched === true && assignedIn(previous)[name] === null) return { value: whole, assigned: null };
  if (policy.watched !== true) return liveValue === undefined ? {} : { value: whole, assigned: null };
  const assigned = assignedIn(previous)[name] ?? liveValue;
  return { value: name in assignedIn(previous) ? previous[name] : whole, assigned };
}

/** The field's state after a read. */
export function fieldStateRefreshed(entry: FieldEntry, recorded: JsonObject, live: JsonObject): FieldState {
  const { name, policy } = entry;
  const value = declaredIn(recorded, entry);
  if (value === undefined && isUnconfirmed(entry, recorded))
    return unconfirmedRefreshed(entry, recorded, live[name]);
  const liveValue = projectToDeclared(entry, value, restrict(entry, live[name]));
  if (policy.change === "creation") return { value: live[name] };
  if (isCarried(entry) || (policy.writeOnly === true && value !== undefined)) return { value, input: value };
  if (value === undefined) return undeclaredRefreshed(entry, recorded, live[name], liveValue);
  const answered = answeredIn(recorded)[name];
  const baseline = answered === undefined ? value : (answered ?? undefined);
  return hasDrifted(entry, comparable(entry, baseline, liveValue, recorded), liveValue, recorded)
    ? driftedRefreshed(entry, recorded, live[name], liveValue)
    : { value: withExtras(entry, value, live[name]), input: value, answered };
}

/** It is not known here whether the program declares it, nor whether it is secret. */
function unconfirmedRefreshed(
  { name, policy }: FieldEntry,
  recorded: JsonObject,
  whole: Json | undefined,
): FieldState {
  const assigned = assignedIn(recorded)[name];
  return policy.watched === true ? { value: whole, assigned: assigned ?? null } : { assigned };
}

function isSecret({ policy }: FieldEntry, { secretAttributes }: JsonObject): boolean {
  return policy.json === true && secretAttributes === true;
}

/** The recorded value for comparison with the live one: masked parts count as equal. */
function comparable(
  entry: FieldEntry,
  value: Json | undefined,
  liveValue: Json | undefined,
  state: JsonObject,
) {
  return isSecret(entry, state) ? unmasked(value, liveValue) : value;
}

function driftedRefreshed(
  entry: FieldEntry,
  recorded: JsonObject,
  whole: Json | undefined,
  liveValue: Json | undefined,
): FieldState {
  if (!isSecret(entry, recorded))
    return { value: withExtras(entry, liveValue, whole), input: liveValue, drifted: true };
  const shown = masked(recorded[entry.name], liveValue);
  return { value: shown, input: shown, drifted: true };
}

function undeclaredRefreshed(
  entry: FieldEntry,
  recorded: JsonObject,
  whole: Json | undefined,
  liveValue: Json | undefined,
): FieldState {
  const { name, policy } = entry;
  const chosen = assignedIn(recorded)[name] ?? undefined;
  if (policy.watched !== true || chosen === undefined)
    return undeclaredAfter(entry, liveValue, whole, recorded);
  return hasDrifted(entry, chosen, liveValue, recorded)
    ? { value: whole, input: liveValue, assigned: chosen, drifted: true }
    : { value: chosen, assigned: chosen };
}

/** Location and options of later operations: never sent, never read. */
export function isCarried({ policy }: FieldEntry): boolean {
  return policy.pathParameter === true || policy.change === "local";
}

/** A declared value plus members that Twilio adds, for example the type of a binding. */
function withExtras(entry: FieldEntry, value: Json | undefined, whole: Json | undefined): Json | undefined {
  const members = nestedFields(entry);
  if (members === undefined || !isObject(value) || !isObject(whole)) return value;
  const known = new Set(members.map(({ name }) => name));
  const extras = Object.entries(whole).filter(([name, member]) => !known.has(name) && member !== null);
  return { ...Object.fromEntries(extras), ...value };
}

export interface Applied {
  readonly inputs: JsonObject;
  /** Twilio's response under our names; undefined if nothing was sent. */
  readonly live: JsonObject | undefined;
  readonly location: Location;
  /** The object before its adoption or update, if destroy restores its original values. */
  readonly found?: JsonObject | undefined;
  /** The previous state, if any. */
  readonly previous?: JsonObject;
  /** Whether a field was sent. A difference in any other field is drift, left for the next refresh to show. */
  readonly isSent: (field: string) => boolean;
  /** Undeclared watched fields without a value to restore: null in `assigned`, until they are sent. */
  readonly unwatched?: readonly string[] | undefined;
}

/** Where the object lives, in the state: no other credentials may touch it. */
export interface Location {
  readonly accountSid?: string;
  readonly region: string;
  readonly origin: string;
  /** Only of objects in a service. */
  readonly chatServiceSid?: string;
}
