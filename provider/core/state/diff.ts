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

/** One field that the program wants otherwise than it is stored. */
export interface FieldChange {
  readonly entry: FieldEntry;
  readonly from: Json | undefined;
  readonly to: Json | undefined;
  /** What the engine's inputs hold of it: less than `from`, where that is not confirmed. */
  readonly shown: Json | undefined;
  /** What was there before the program, where it is given back; null if nothing was. */
  readonly before?: Json | undefined;
  /** It drifted from what Twilio chose, and the program leaves it open: that choice comes back. */
  readonly restore?: Json | undefined;
  /** The program comes to declare what the object has, and nobody can have changed. */
  readonly isHeld?: boolean;
}

/** What differs in meaning between the stored state and the checked inputs. */
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

/** The text is the same and the place is not, which the engine cannot see. */
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
 * What is in state is as old as the last refresh, so what can change in place is sent. Nobody can have changed what only
 * a new object can have otherwise, nor what is final.
 */
function canBeHeld({ policy }: FieldEntry, to: Json | undefined): boolean {
  return policy.change === "replace" || policy.isFinal?.(to) === true;
}

/** Whether the object is there where the program comes to say, or has by the state what it comes to say. */
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

/** What Twilio chose for a watched field that the program leaves open. */
function chosenIn({ name }: FieldEntry, state: JsonObject): Json | undefined {
  return assignedIn(state)[name] ?? undefined;
}

export interface DiffResult {
  /** As the SDK's DiffResult: undefined lets the engine find the change in the inputs and show it by name. */
  readonly changes: boolean | undefined;
  readonly replaces: string[];
  /** What the user must know before it happens. */
  readonly warning?: string | undefined;
}

/** What the engine is told. No network, no surprises: `up` does what the preview showed. */
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
  // What an earlier run has left undone, its update does.
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

/** What may be the same object by another name, which no preview can ask. */
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

/** What is named by a name that its conversation is to lose: who gets it is not known yet. */
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

/** What stays, and why; `attempt` is what Twilio cannot do to what it tells, to "it" or "them". */
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

/** The engine takes null for absent (measured), so a change between the two it cannot see. */
function isHiddenFromEngine({ shown, to }: FieldChange): boolean {
  return sameJson(withoutNulls(shown) ?? null, withoutNulls(to) ?? null);
}

/** What an update sends: the fields that changed, in nested ones only the members that did. */
export function updateValues(changes: readonly FieldChange[]): JsonObject {
  const values: JsonObject = {};
  for (const { entry, from, to, before, restore, isHeld } of changes) {
    if (isHeld === true || entry.policy.pathParameter === true) continue;
    const value = restore ?? patchFor(entry, { from, to, before });
    if (value !== undefined) values[entry.name] = value;
  }
  return values;
}

/** The fields of an update that it would make otherwise than they are; what Twilio never tells is taken for otherwise. */
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

/** What the program takes back and no request does. */
export function notClearable(definition: Definition, changes: readonly FieldChange[]): NotClearable[] {
  return changes
    .filter(({ entry }) => entry.policy.pathParameter !== true)
    .filter(({ entry, restore }) => restore === undefined && definition.defaults?.[entry.name] === undefined)
    .flatMap(({ entry, ...change }) => notClearableIn(entry, change, entry.name));
}
