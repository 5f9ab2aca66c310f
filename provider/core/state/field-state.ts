import { type FieldEntry, hasDrifted, isSame, nestedFields, restrict } from "../definition/field";
import { masked, unmasked } from "../definition/hidden-value";
import { isObject, type Json, type JsonObject, objectIn } from "../json";
import { projectToDeclared } from "./nested";
import { isUnconfirmed } from "./unconfirmed";

/** What one field adds to the state, and to the inputs that a refresh reports. */
export interface FieldState {
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

function isDeclared(entry: FieldEntry, state: JsonObject): boolean {
  return declaredIn(state, entry) !== undefined;
}

/** What Twilio chose for the fields that the program leaves open. */
export function assignedIn(state: JsonObject): JsonObject {
  return objectIn(state, "assigned");
}

function answeredIn(state: JsonObject): JsonObject {
  return objectIn(state, "answered");
}

/** After a create, an adoption or an update. */
export function fieldStateAfter(
  entry: FieldEntry,
  { inputs, live, previous = {}, isSent, unwatched = [] }: Applied & { readonly live: JsonObject },
): FieldState {
  const { name, policy } = entry;
  const value = inputs[name];
  const liveValue = projectToDeclared(entry, value, restrict(entry, live[name]));
  if (isCarried(entry)) return { value };
  if (policy.change === "creation") return { value: live[name] };
  // What only the program knows of is forgotten with its declaration: nothing was asked, so it is no answer.
  if (value === undefined && policy.writeOnly === true && live === previous && isDeclared(entry, previous))
    return {};
  if (value === undefined && unwatched.includes(name)) return { value: live[name], assigned: null };
  if (value === undefined) return undeclaredAfter(entry, liveValue, live[name], isSent(name) ? {} : previous);
  if (policy.writeOnly === true) return { value };
  const fieldState: FieldState = { value: withExtras(entry, value, live[name]) };
  if (!isSent(name)) fieldState.answered = answeredIn(previous)[name];
  else if (!isSame(entry, comparable(entry, value, liveValue, inputs), liveValue, live))
    // The engine keeps no secret under a name that is no input's: what it answered then shows as drift.
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
  // Left open when it was taken over, with what somebody else had set.
  if (policy.watched === true && assignedIn(previous)[name] === null) return { value: whole, assigned: null };
  if (policy.watched !== true) return liveValue === undefined ? {} : { value: whole, assigned: null };
  const assigned = assignedIn(previous)[name] ?? liveValue;
  return { value: name in assignedIn(previous) ? previous[name] : whole, assigned };
}

/** After a read. */
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

/** Whether the program declares it is not known here, nor therefore whether it is to be kept secret. */
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

/** A stored value as it compares with the live one: what is masked in it counts as equal. */
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

/** Where the object lives, and what only later operations need: never sent, never observed. */
export function isCarried({ policy }: FieldEntry): boolean {
  return policy.pathParameter === true || policy.change === "local";
}

/** A declared value with the members that Twilio adds to it, for example the type of a binding. */
function withExtras(entry: FieldEntry, value: Json | undefined, whole: Json | undefined): Json | undefined {
  const members = nestedFields(entry);
  if (members === undefined || !isObject(value) || !isObject(whole)) return value;
  const known = new Set(members.map(({ name }) => name));
  const extras = Object.entries(whole).filter(([name, member]) => !known.has(name) && member !== null);
  return { ...Object.fromEntries(extras), ...value };
}

export interface Applied {
  readonly inputs: JsonObject;
  /** Twilio's answer, by our names; none where nothing was sent. */
  readonly live: JsonObject | undefined;
  readonly location: Location;
  /** The object as it was before it was taken over or updated, where it is to be given back so. */
  readonly found?: JsonObject | undefined;
  /** The state before, if there was one. */
  readonly previous?: JsonObject;
  /** The fields that were sent. Where another one differs, that is drift, left for the next refresh to show. */
  readonly isSent: (field: string) => boolean;
  /** Watched fields that are left open and hold nothing to put back: null in `assigned`, until they are sent. */
  readonly unwatched?: readonly string[] | undefined;
}

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
export interface Location {
  readonly accountSid?: string;
  readonly region: string;
  readonly origin: string;
  /** Of what lives in a service. */
  readonly chatServiceSid?: string;
}
