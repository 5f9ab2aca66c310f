import { type Definition, type FieldEntry, fieldsOf, membersOf } from "./define";
import { hasDrifted, isSame } from "./field";
import { isObject, type Json, type JsonObject, sameJson, withoutNulls } from "./json";
import { assignedIn, declaredIn } from "./state";
import { containsUnknown } from "./unknown";
import { restrict } from "./wire";

/** One field that the program wants otherwise than it is stored. */
export interface FieldChange {
  readonly entry: FieldEntry;
  readonly from: Json | undefined;
  readonly to: Json | undefined;
  /** It drifted from what Twilio chose, and the program leaves it open: that choice comes back. */
  readonly restore?: Json | undefined;
  /** The program comes to declare what Twilio holds already. */
  readonly isHeld?: boolean;
}

/** What differs in meaning between the stored state and the checked inputs. */
export function changesBetween(definition: Definition, state: JsonObject, inputs: JsonObject): FieldChange[] {
  return fieldsOf(definition).flatMap((entry) => {
    const change = changeOf(entry, state, inputs);
    return change === undefined ? [] : [change];
  });
}

function changeOf(entry: FieldEntry, state: JsonObject, inputs: JsonObject): FieldChange | undefined {
  const { name, policy } = entry;
  const from = declaredIn(state, entry);
  const to = restrict(entry, inputs[name]);
  if (policy.change === "creation") return undefined;
  if (containsUnknown(to)) return { entry, from, to };
  if (from === undefined && to === undefined) return driftOf(entry, state);
  // Nothing can be taken back that Twilio only ever hears of.
  if (policy.writeOnly === true && to === undefined && !isClearable(entry)) return undefined;
  if (isSame(policy, from, to, state)) return undefined;
  const isHeld =
    from === undefined &&
    policy.writeOnly !== true &&
    isSame(policy, restrict(entry, state[name]), to, state);
  return { entry, from, to, isHeld };
}

function driftOf(entry: FieldEntry, state: JsonObject): FieldChange | undefined {
  const assigned = assignedIn(state)[entry.name] ?? undefined;
  const stored = restrict(entry, state[entry.name]);
  if (assigned === undefined || !hasDrifted(entry.policy, assigned, stored, state)) return undefined;
  return { entry, from: stored, to: undefined, restore: assigned };
}

function isClearable({ policy }: FieldEntry): boolean {
  return policy.cleared !== undefined;
}

export interface Difference {
  /** As the SDK's DiffResult: undefined lets the engine find the change in the inputs and show it by name. */
  readonly changes: boolean | undefined;
  readonly replaces: string[];
  /** What the user must know before it happens. */
  readonly warning?: string | undefined;
}

/** What the engine is told. No network, no surprises: `up` does what the preview showed. */
export function difference(definition: Definition, state: JsonObject, inputs: JsonObject): Difference {
  const changes = changesBetween(definition, state, inputs);
  if (changes.length === 0) return { changes: false, replaces: [] };
  const replaces = new Set(
    changes.filter(({ entry }) => entry.policy.change === "replace").map(({ entry }) => entry.name),
  );
  const special = definition.replaces?.(state, inputs);
  for (const name of special?.fields ?? []) replaces.add(name);
  const isHidden = changes.every(isHiddenFromEngine);
  const warning =
    special?.warning ?? describeStaying(changes.filter((change) => isStaying(definition, change)));
  return { changes: isHidden ? true : undefined, replaces: [...replaces], warning };
}

/** The program takes it back, and Twilio has no way to. */
function isStaying(definition: Definition, { entry, to, restore }: FieldChange): boolean {
  if (to !== undefined || restore !== undefined || entry.policy.change !== "update") return false;
  return entry.policy.cleared === undefined && definition.defaults?.[entry.name] === undefined;
}

function describeStaying(staying: readonly FieldChange[]): string | undefined {
  const names = staying.map(({ entry }) => entry.name);
  return names.length === 0
    ? undefined
    : `${names.join(" and ")} stays as it is, since Twilio cannot clear it.`;
}

/** The engine takes null for absent (measured), so a change between the two it cannot see. */
function isHiddenFromEngine({ from, to }: FieldChange): boolean {
  return sameJson(withoutNulls(from) ?? null, withoutNulls(to) ?? null);
}

/** What an update sends: the fields that changed, in nested ones only the members that did. */
export function updateValues(changes: readonly FieldChange[]): JsonObject {
  const values: JsonObject = {};
  for (const { entry, from, to, restore, isHeld } of changes) {
    if (entry.policy.change !== "update" || isHeld === true) continue;
    const value = restore ?? changedPart(entry, from, to);
    if (value !== undefined) values[entry.name] = value;
  }
  return values;
}

function changedPart(entry: FieldEntry, from: Json | undefined, to: Json | undefined): Json | undefined {
  const { cleared, json } = entry.policy;
  return json === true ? (to ?? cleared) : changedMembers(entry.schema, cleared, from, to);
}

function changedMembers(
  schema: FieldEntry["schema"],
  cleared: Json | undefined,
  from: Json | undefined,
  to: Json | undefined,
): Json | undefined {
  if (sameJson(from, to)) return undefined;
  const members = membersOf(schema);
  if (members === undefined) return to ?? cleared;
  const before = isObject(from) ? from : {};
  const after = isObject(to) ? to : {};
  const parts = Object.entries(members)
    .map(([name, member]) => [name, changedMembers(member, cleared, before[name], after[name])] as const)
    .filter(([, value]) => value !== undefined);
  return parts.length === 0 ? undefined : Object.fromEntries(parts);
}
