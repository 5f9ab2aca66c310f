import { type Definition, fieldsOf, isSingleton, nameOf, type ObjectDefinition } from "../definition/define";
import { type JsonObject, pick, without } from "../json";
import { changesBetween, updateValues } from "../state/diff";
import { declaredIn } from "../state/field-state";
import { isUnconfirmed, markUnconfirmed, unconfirmedIn } from "../state/unconfirmed";
import { KeyChange, leftWithoutKey } from "./key-change";
import { StaleKeys } from "./stale-keys";

/** Whether Twilio enforces the key and changes it in place, so that one object can take another's key. */
export function movesKey(definition: Definition): definition is ObjectDefinition {
  return !isSingleton(definition) && definition.naturalKey.enforced && clearedKey(definition) !== undefined;
}

/** The values that clear an object's key; undefined if it always has one. */
export function clearedKey(definition: ObjectDefinition): JsonObject | undefined {
  const isKey = (name: string) => definition.naturalKey.fields.includes(name);
  const keys = fieldsOf(definition).filter(({ name }) => isKey(name));
  const isFree = keys.every(({ policy }) => policy.change === "update" && policy.cleared !== undefined);
  return isFree ? Object.fromEntries(keys.map(({ name, policy }) => [name, policy.cleared])) : undefined;
}

/** The key in inputs, a state or a response. */
export function keyOf({ naturalKey }: ObjectDefinition, values: JsonObject): string | undefined {
  return naturalKey.alias?.(values);
}

/** The state of an object that has no key any more. */
export function withoutKey({ naturalKey }: ObjectDefinition, state: JsonObject): JsonObject {
  return without(state, naturalKey.fields);
}

/** The state of an object that may have another key, or none. */
export function withKeyUnconfirmed({ naturalKey }: ObjectDefinition, state: JsonObject): JsonObject {
  return markUnconfirmed(
    state,
    naturalKey.fields.map((name) => [name]),
  );
}

/** The fields that the recorded resource declares. */
function declared(definition: ObjectDefinition, state: JsonObject): JsonObject {
  return Object.fromEntries(fieldsOf(definition).map((entry) => [entry.name, declaredIn(state, entry)]));
}

/** Whether an update clears or replaces a key that the object has, or may have. */
function changesKey(definition: ObjectDefinition, state: JsonObject, inputs: JsonObject): boolean {
  const mayHaveKey = keyOf(definition, state) !== undefined || isKeyUnconfirmed(definition, state);
  return mayHaveKey && sendsKey(definition, state, inputs);
}

/** Whether an update sets or clears a key. */
function sendsKey(definition: ObjectDefinition, state: JsonObject, inputs: JsonObject): boolean {
  const values = updateValues(changesBetween(definition, state, inputs));
  return definition.naturalKey.fields.some((name) => name in values);
}

/** Whether the response to a key was lost: only Twilio knows which one the object has. */
function isKeyUnconfirmed({ naturalKey }: ObjectDefinition, state: JsonObject): boolean {
  return naturalKey.fields.some((name) => isUnconfirmed({ name }, state));
}

/** Which objects give up their keys in this run. */
export class KeyChanges {
  private readonly changes = new Map<string, KeyChange>();
  /** Recorded states of refreshed objects, until their resources register. */
  private readonly refreshed = new Map<string, JsonObject>();
  /** Inputs of the resources that have registered, by object. */
  private readonly declaredInputs = new Map<string, JsonObject>();
  private readonly stale = new StaleKeys();

  /** Notes the recorded state that a refresh begins with. */
  noteRefreshed(definition: Definition, sid: string, state: JsonObject): void {
    const name = nameOf(definition, sid);
    if (movesKey(definition) && !this.declaredInputs.has(name)) this.refreshed.set(name, state);
  }

  /** Notes the state that a refresh stores. */
  noteRead(definition: Definition, sid: string, state: JsonObject): void {
    if (movesKey(definition)) this.stale.noteRead(definition, sid, state);
  }

  /** Notes a resource's next key change, by its recorded and its declared values. */
  note(definition: Definition, sid: string, state: JsonObject, inputs: JsonObject): void {
    if (!movesKey(definition)) return;
    if (this.has(definition, sid) || changesKey(definition, state, inputs))
      this.of(definition, sid, state, inputs);
    this.hear(nameOf(definition, sid), inputs);
  }

  /** The change of an object whose update begins. */
  of(definition: ObjectDefinition, sid: string, state: JsonObject, inputs: JsonObject): KeyChange {
    const name = nameOf(definition, sid);
    this.hear(name, inputs);
    const change = this.changes.get(name) ?? new KeyChange(inputs, changesKey(definition, state, inputs));
    change.inputs = inputs;
    change.sendsKey ||= sendsKey(definition, state, inputs);
    this.changes.set(name, change);
    return change;
  }

  /** The change by which an object gives up this key; undefined if none is known, or it has failed. */
  givingUp(definition: ObjectDefinition, sid: string, key: string): KeyChange | undefined {
    const change = this.changes.get(nameOf(definition, sid));
    const isIt = change?.isGivingUp && !change.hasFailed && keyOf(definition, change.inputs) !== key;
    return isIt ? change : undefined;
  }

  /**
   * The change by which a refreshed object gives up this key, while its resource has not registered: it takes another
   * key, or is deleted last. Either its state declares the key, or the response to an update of the key was lost.
   */
  ofRefreshed(definition: ObjectDefinition, sid: string, key: string): KeyChange | undefined {
    const name = nameOf(definition, sid);
    const state = this.refreshed.get(name);
    if (state === undefined) return undefined;
    const isItsOwn = keyOf(definition, declared(definition, state)) === key;
    if (!isItsOwn && !isKeyUnconfirmed(definition, state)) return undefined;
    const change = new KeyChange(state, true);
    this.changes.set(name, change);
    return change;
  }

  /** Whether the program is known to declare another key for the object, or none. */
  declaresOther(definition: ObjectDefinition, sid: string, key: string | undefined): boolean {
    const inputs = this.declaredInputs.get(nameOf(definition, sid));
    return inputs !== undefined && keyOf(definition, inputs) !== key;
  }

  /** Notes the recorded state of an object before its diff. */
  noteStored(definition: Definition, sid: string, state: JsonObject): void {
    if (movesKey(definition)) this.stale.note(definition, sid, state);
  }

  /** The recorded state, without a key that this run has taken from the object. */
  known(definition: Definition, sid: string, state: JsonObject): JsonObject {
    const isTaken = this.changes.get(nameOf(definition, sid))?.isTaken === true;
    return isTaken && movesKey(definition)
      ? withoutKey(definition, state)
      : this.doubted(definition, sid, state);
  }

  /**
   * The recorded state, with a key that the object may lack as unconfirmed. It stays in the state, since Pulumi's
   * engine compares with it.
   */
  doubted(definition: Definition, sid: string, state: JsonObject): JsonObject {
    const change = this.changes.get(nameOf(definition, sid));
    const isDoubted = change?.isTaken === true || change?.isOpen === true || this.stale.has(definition, sid);
    if (!isDoubted || !movesKey(definition)) return state;
    return { ...state, unconfirmed: [...unconfirmedIn(state), ...definition.naturalKey.fields] };
  }

  /** The objects that may have lost their keys to this one, although their own states do not tell. */
  owedBy(definition: ObjectDefinition, sid: string, state: JsonObject): string[] {
    return this.stale.owedBy(definition, sid, state);
  }

  /** The objects that may lack a key since this one took the recorded key. */
  takenFrom(definition: ObjectDefinition, sid: string, state: JsonObject): string[] {
    return this.stale.takenFrom(definition, sid, state);
  }

  /** The objects whose keys were cleared for this one's update, and whose own updates follow. */
  madeRoom(definition: ObjectDefinition, sid: string): string[] {
    return leftWithoutKey(this.changes.get(nameOf(definition, sid))?.room ?? new Map());
  }

  /**
   * What an object that may have lost its key needs from others: the declared values that set it again. `nothing`: its
   * own state or update settles it. `open`: that update is not done, or its resource has not registered.
   */
  needOf(definition: ObjectDefinition, sid: string): JsonObject | "nothing" | "open" {
    if (this.stale.isWithout(definition, sid)) return "nothing";
    const name = nameOf(definition, sid);
    const change = this.changes.get(name);
    if (this.stale.has(definition, sid) || change?.sendsKey === true)
      return change?.isOver === true ? "nothing" : "open";
    const inputs = this.declaredInputs.get(name);
    return inputs === undefined ? "open" : pick(inputs, definition.naturalKey.fields);
  }

  /** Whether an object of the type is known to give up its key. */
  isAny({ type }: Definition): boolean {
    return [...this.changes].some(([name, { isGivingUp }]) => isGivingUp && name.startsWith(`${type} `));
  }

  /** Whether its recorded key may be wrong. */
  isStale(definition: Definition, sid: string): boolean {
    return this.stale.has(definition, sid);
  }

  private has(definition: Definition, sid: string): boolean {
    return this.changes.has(nameOf(definition, sid));
  }

  private hear(name: string, inputs: JsonObject): void {
    this.declaredInputs.set(name, inputs);
    this.refreshed.delete(name);
  }
}
