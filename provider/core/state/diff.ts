import { type Definition, fieldsOf } from "../definition/define";
import { type FieldEntry, hasDrifted, isSame, restrict } from "../definition/field";
import { referencesOf, type Spellings } from "../definition/reference";
import { type Json, type JsonObject, sameJson, withoutNulls } from "../json";
import { clearedIn } from "./cleared-keys";
import { assignedIn, declaredIn } from "./field-state";
import {
  differsInFixedPart,
  hasWriteOnlyPart,
  type NotClearable,
  notClearableIn,
  patchFor,
  projectToDeclared,
} from "./nested";
import { originalValuesIn } from "./original-values";
import { withUnconfirmed } from "./unconfirmed";

/** One field whose declared value differs from the recorded one. */
export interface FieldChange {
  readonly entry: FieldEntry;
  readonly from: Json | undefined;
  readonly to: Json | undefined;
  /** The value in the inputs of Pulumi's engine: less than `from`, if that is unconfirmed. */
  readonly shown: Json | undefined;
  /** The original value, if it is restored; null if the field was not set. */
  readonly before?: Json | undefined;
  /** Twilio's choice to restore: the field drifted from it, and the program does not declare it. */
  readonly restore?: Json | undefined;
  /** The program newly declares the value that the object has, and nobody can have changed it. */
  readonly isHeld?: boolean;
}

/** What differs in meaning between the recorded state and the checked inputs. */
export function changesBetween(
  definition: Definition,
  state: JsonObject,
  inputs: JsonObject,
  { same, moved }: Spellings = NOTHING_KNOWN,
): FieldChange[] {
  const fields = fieldsOf(definition);
  const changes = fields
    .flatMap(
      (entry) => changeOf(entry, state, inputs) ?? (moved.has(entry.name) ? moveOf(entry, inputs) : []),
    )
    .map((change) => (same.has(change.entry.name) ? { ...change, isHeld: true } : change));
  const changed = new Set(changes.map(({ entry }) => entry.name));
  const companions = fields
    .filter(({ name, policy }) => !changed.has(name) && changed.has(policy.sentWith ?? ""))
    .map((entry) => {
      const to = restrict(entry, inputs[entry.name]);
      return { entry, from: undefined, to, shown: to };
    });
  return [...changes, ...companions.filter(({ to }) => to !== undefined)];
}

const NOTHING_KNOWN: Spellings = {
  same: new Set(),
  unclear: new Map(),
  moved: new Set(),
  outdated: new Map(),
};

/** The name is the same but refers to another object, which the engine cannot see. */
function moveOf(entry: FieldEntry, inputs: JsonObject): FieldChange {
  const to = restrict(entry, inputs[entry.name]);
  return { entry, from: to, to, shown: to };
}

function changeOf(entry: FieldEntry, state: JsonObject, inputs: JsonObject): FieldChange | undefined {
  const { name, policy } = entry;
  const shown = declaredIn(state, entry);
  const from = withUnconfirmed(entry, shown, state);
  const to = restrict(entry, inputs[name]);
  if (policy.change === "creation" || policy.isRemark === true) return undefined;
  if (from === undefined && to === undefined) return driftOf(entry, state);
  if (from !== undefined && isSame(entry, from, to, state)) return undefined;
  const isHeld = from === undefined && canBeHeld(entry, to) && isThere(entry, to, state);
  const before = originalValuesIn(state)?.[name];
  const isLeftOpen = to === undefined && (before ?? undefined) === undefined;
  return { entry, from, to, shown, isHeld, before, restore: isLeftOpen ? chosenIn(entry, state) : undefined };
}

/**
 * The state is as old as the last refresh, so a field that changes in place is sent. Nobody can have changed a field
 * that only a new object can change, nor a final value.
 */
function canBeHeld({ policy }: FieldEntry, to: Json | undefined): boolean {
  return policy.change === "replace" || policy.isFinal?.(to) === true;
}

/** Whether the object has the newly declared location, or by the state the newly declared value. */
function isThere(entry: FieldEntry, to: Json | undefined, state: JsonObject): boolean {
  if (isSame(entry, undefined, to, state)) return true;
  const recorded = projectToDeclared(entry, to, restrict(entry, state[entry.name]));
  return !hasWriteOnlyPart(entry, to) && isSame(entry, recorded, to, state);
}

function driftOf(entry: FieldEntry, state: JsonObject): FieldChange | undefined {
  const assigned = chosenIn(entry, state);
  const recorded = restrict(entry, state[entry.name]);
  if (assigned === undefined || !hasDrifted(entry, assigned, recorded, state)) return undefined;
  return { entry, from: recorded, to: undefined, shown: recorded, restore: assigned };
}

/** Twilio's choice for an undeclared watched field. */
function chosenIn({ name }: FieldEntry, state: JsonObject): Json | undefined {
  return assignedIn(state)[name] ?? undefined;
}

export interface DiffResult {
  /** As the SDK's DiffResult: undefined lets the engine find the change in the inputs and show it by name. */
  readonly changes: boolean | undefined;
  readonly replaces: string[];
  /** A warning before it happens. */
  readonly warning?: string | undefined;
}

/** The diff for the engine. No network, so that `up` does what the preview showed. */
export function diff(
  definition: Definition,
  state: JsonObject,
  inputs: JsonObject,
  spellings = NOTHING_KNOWN,
): DiffResult {
  const changes = changesBetween(definition, state, inputs, spellings);
  const special = definition.replaces?.(state, inputs);
  const replaces = new Set(changes.filter(isReplacing).map(({ entry }) => entry.name));
  if (changes.length > 0) for (const name of special?.fields ?? []) replaces.add(name);
  const consequence =
    replaces.size > 0
      ? describeReplacement(definition, state)
      : describeNotClearable(notClearable(definition, changes), (what) => `clear ${what}`);
  const missing = state["missing"] === true ? "It does not exist on Twilio any more." : undefined;
  const sentences = [
    missing,
    special?.warning,
    consequence,
    ...describeUnclear(definition, replaces, spellings),
    ...(replaces.size > 0 ? [] : describeOutdated(definition, spellings)),
  ].filter((part) => part !== undefined);
  const warning = sentences.length === 0 ? undefined : sentences.join(" ");
  // The update does what an earlier run has left undone.
  if (changes.length === 0)
    return { changes: clearedIn(state).length > 0, replaces: [], ...(warning && { warning }) };
  const isHidden = changes.every(isHiddenFromEngine);
  return { changes: isHidden ? true : undefined, replaces: [...replaces], warning };
}

function isReplacing({ entry, from, to, isHeld }: FieldChange): boolean {
  if (isHeld === true) return false;
  return entry.policy.change === "replace" || differsInFixedPart(entry, from, to);
}

function describeReplacement({ replacement }: Definition, state: JsonObject): string | undefined {
  return typeof replacement === "function" ? replacement(state) : replacement;
}

/** Warns of names that may refer to the same object, which no preview can ask. */
function describeUnclear(
  definition: Definition,
  replaces: ReadonlySet<string>,
  { unclear }: Spellings,
): string[] {
  return referencesOf(definition).flatMap(({ name, refers }) => {
    const sid = unclear.get(name);
    if (sid === undefined || !replaces.has(name)) return [];
    const what = refers.type.toLowerCase();
    return [
      `It is replaced since its ${name} is another name now. If that is the same ${what}, give the SID ${sid} instead, ` +
        "and nothing is replaced.",
    ];
  });
}

/** Warns of names that their conversation is to lose: which one gets them is not known yet. */
function describeOutdated(definition: Definition, { outdated }: Spellings): string[] {
  return referencesOf(definition).flatMap(({ name, refers }) => {
    const sid = outdated.get(name);
    const what = refers.type.toLowerCase();
    return sid === undefined
      ? []
      : [
          `It belongs to ${what} ${sid}, to which the program gives another name than its ${name}. It stays there, ` +
            `and is replaced once another ${what} has that name.`,
        ];
  });
}

/** Names fields that stay, and why. `attempt` is what Twilio cannot do to a readable field, "it" or "them". */
export function describeNotClearable(
  parts: readonly NotClearable[],
  attempt: (what: string) => string,
): string | undefined {
  const stay = (isTold: boolean, reason: (what: string) => string) => {
    const paths = parts.filter((part) => part.isTold === isTold).map(({ path }) => path);
    if (paths.length === 0) return [];
    const [stays, what] = paths.length === 1 ? ["stays as it is", "it"] : ["stay as they are", "them"];
    return [`${paths.join(" and ")} ${stays}${reason(what)}.`];
  };
  const sentences = [
    ...stay(true, (what) => `, since Twilio cannot ${attempt(what)}`),
    ...stay(false, () => ": nothing is sent"),
  ];
  return sentences.length === 0 ? undefined : sentences.join(" ");
}

/** The engine treats null as absent (measured), so it cannot see a change between the two. */
function isHiddenFromEngine({ shown, to }: FieldChange): boolean {
  return sameJson(withoutNulls(shown) ?? null, withoutNulls(to) ?? null);
}

/** The values that an update sends: the changed fields, of nested ones only the changed members. */
export function updateValues(changes: readonly FieldChange[]): JsonObject {
  const values: JsonObject = {};
  for (const { entry, from, to, before, restore, isHeld } of changes) {
    if (isHeld === true || entry.policy.pathParameter === true) continue;
    const value = restore ?? patchFor(entry, { from, to, before });
    if (value !== undefined) values[entry.name] = value;
  }
  return values;
}

/** The fields that an update would change; a field that Twilio never returns counts as changed. */
export function unmetBy(
  definition: Definition,
  values: JsonObject,
  inputs: JsonObject,
  live: JsonObject,
): string[] {
  const isUnmet = (entry: FieldEntry) => {
    const value = values[entry.name];
    if (value === undefined) return false;
    const wanted = restrict(entry, inputs[entry.name]) ?? value;
    const found = projectToDeclared(entry, wanted, restrict(entry, live[entry.name]));
    return !isSame(entry, wanted, found ?? entry.policy.cleared, live);
  };
  return fieldsOf(definition)
    .filter(isUnmet)
    .map(({ name }) => name);
}

/** What the program no longer declares and no request can clear. */
export function notClearable(definition: Definition, changes: readonly FieldChange[]): NotClearable[] {
  return changes
    .filter(({ entry }) => entry.policy.pathParameter !== true)
    .filter(({ entry, restore }) => restore === undefined && definition.defaults?.[entry.name] === undefined)
    .flatMap(({ entry, ...change }) => notClearableIn(entry, change, entry.name));
}
