import { type Definition, keyFields, nameOf } from "../definition/define";
import { nameIn, referencesOf } from "../definition/reference";
import { AdoptionError } from "../errors";
import { type JsonObject, pick } from "../json";

/** State keys of an object's location. */
const LOCATION = ["accountSid", "chatServiceSid"];

/** The declaration of a registered resource. */
export interface Declaration {
  readonly inputs: JsonObject;
  /** The recorded location of its object, if the resource keeps it: a name may refer to another object by now. */
  readonly location?: JsonObject;
}

/**
 * Which objects the resources of this run hold, release or delete. Claims keep a create from adopting an object of
 * another resource, and Pulumi's engine from deleting an adopted object under its resource's old name.
 */
export class Ownership {
  private readonly claimed = new Set<string>();
  private readonly createdHere = new Set<string>();
  private readonly claimedAsEqual = new Set<string>();
  private readonly kept = new Set<string>();
  private readonly recorded = new Set<string>();
  private readonly failed = new Set<string>();
  private readonly replaced = new Set<string>();
  private readonly deleted = new Set<string>();
  private readonly checked = new Set<string>();
  private readonly declared = new Map<string, Map<string, Declaration>>();
  private readonly read = new Set<string>();

  /** Notes a declaration: a later diff with these inputs is of a resource that stays. */
  noteChecked(definition: Definition, inputs: JsonObject): void {
    const print = fingerprint(inputs);
    this.checked.add(print);
    const declared = this.declared.get(definition.type) ?? new Map<string, Declaration>();
    if (!declared.has(print)) declared.set(print, { inputs });
    this.declared.set(definition.type, declared);
  }

  /** Notes the location of a kept object, if the inputs name its parent by a name and so do not tell it. */
  noteLocation(definition: Definition, inputs: JsonObject, state: JsonObject): void {
    const references = referencesOf(definition);
    if (references.every((reference) => nameIn(reference, inputs[reference.name]) === undefined)) return;
    const location = pick(state, [
      ...LOCATION,
      ...references.flatMap(({ name, refers }) => [name, refers.resolved]),
    ]);
    const print = fingerprint(inputs);
    const declared = this.declared.get(definition.type);
    if (declared?.has(print) === true) declared.set(print, { inputs, location });
  }

  /** The declarations of all resources of the type that have registered. */
  declarationsOf(definition: Definition): Iterable<Declaration> {
    return this.declared.get(definition.type)?.values() ?? [];
  }

  /** Whether a resource with these inputs has registered. */
  isChecked(inputs: JsonObject): boolean {
    return this.checked.has(fingerprint(inputs));
  }

  /** Notes that a resource of the stack has read the object, and so holds it. */
  noteRead(definition: Definition, sid: string): void {
    this.read.add(nameOf(definition, sid));
  }

  /** Whether a resource of this run holds the object, or a resource's state names it. */
  isHeld(definition: Definition, sid: string): boolean {
    return this.has(definition, sid) || this.read.has(nameOf(definition, sid));
  }

  /**
   * Notes that a resource keeps the object: its diff found no change, or it is updated. A diff with a change proves
   * nothing, since the engine can turn it into a replacement (`replaceOnChanges`). Nor does a diff of a refresh: the
   * engine passes stored inputs without a check before, and may delete next what it refreshes.
   */
  noteKept(definition: Definition, sid: string, inputs: JsonObject): void {
    const key = nameOf(definition, sid);
    if (this.claimed.has(key)) throw declaredTwice(definition, sid);
    if (this.isChecked(inputs)) this.kept.add(key);
  }

  /** Notes that another resource also has the object in its state, and keeps it. */
  noteShared(definition: Definition, sid: string): void {
    this.kept.add(nameOf(definition, sid));
  }

  /** Notes that the object is to be replaced: its replacement must be another object. */
  markReplaced(definition: Definition, sid: string): void {
    this.replaced.add(nameOf(definition, sid));
  }

  /** Whether this run replaces the object, so that adopting it would be no replacement. */
  isReplaced(definition: Definition, sid: string): boolean {
    return this.replaced.has(nameOf(definition, sid));
  }

  /** Whether anything of the type is to be replaced in this run. */
  isAnyReplaced(definition: Definition): boolean {
    return hasType(this.replaced, definition);
  }

  /** Notes that the object is being deleted: no resource may adopt it, although Twilio may still show it. */
  markDeleted(definition: Definition, sid: string): void {
    this.deleted.add(nameOf(definition, sid));
  }

  /** Notes that its delete has failed. */
  unmarkDeleted(definition: Definition, sid: string): void {
    this.deleted.delete(nameOf(definition, sid));
  }

  isDeleted(definition: Definition, sid: string): boolean {
    return this.deleted.has(nameOf(definition, sid));
  }

  /** Whether anything of the type was deleted in this run. */
  isAnyDeleted(definition: Definition): boolean {
    return hasType(this.deleted, definition);
  }

  /** Throws if another resource of this run holds the object. */
  assertUnclaimed(definition: Definition, sid: string): void {
    if (this.has(definition, sid)) throw declaredTwice(definition, sid);
  }

  /** Claims an object that a resource has created or found. */
  claim(definition: Definition, sid: string): void {
    this.assertUnclaimed(definition, sid);
    this.claimed.add(nameOf(definition, sid));
  }

  /** Claims an object that equals the declaration: a resource that has not registered yet may hold it. */
  claimEqual(definition: Definition, sid: string): void {
    this.claim(definition, sid);
    this.claimedAsEqual.add(nameOf(definition, sid));
  }

  /** Whether a create of this run has claimed the object as one that no resource holds. */
  isClaimedAsEqual(definition: Definition, sid: string): boolean {
    return this.claimedAsEqual.has(nameOf(definition, sid));
  }

  /** Claims an object that a POST of this run has created. */
  claimCreated(definition: Definition, sid: string): void {
    this.claim(definition, sid);
    this.createdHere.add(sid);
  }

  /** Notes that a create has ended, with the object in the state that it returns. */
  noteRecorded(definition: Definition, sid: string): void {
    this.recorded.add(nameOf(definition, sid));
  }

  /** Whether a resource of this run has the object in its state, so that another may release it. */
  isRecorded(definition: Definition, sid: string): boolean {
    const key = nameOf(definition, sid);
    return this.recorded.has(key) || this.kept.has(key);
  }

  /** Notes that the create of a resource with these inputs has failed, or is given up. */
  noteFailed(inputs: JsonObject): void {
    this.failed.add(fingerprint(inputs));
  }

  /** Runs `work` for resources with these inputs, and notes a failure of it. */
  async noteIfFailed<Outcome>(declared: readonly JsonObject[], work: Promise<Outcome>): Promise<Outcome> {
    try {
      return await work;
    } catch (error) {
      for (const inputs of declared) this.noteFailed(inputs);
      throw error;
    }
  }

  isFailed(inputs: JsonObject): boolean {
    return this.failed.has(fingerprint(inputs));
  }

  /** Whether this run has created the object, so that it was empty at first. */
  isMade(sid: string): boolean {
    return this.createdHere.has(sid);
  }

  /** Whether some resource of this run holds the object, so that no other may adopt or delete it. */
  has(definition: Definition, sid: string): boolean {
    const key = nameOf(definition, sid);
    return this.claimed.has(key) || this.kept.has(key);
  }
}

function hasType(keys: ReadonlySet<string>, { type }: Definition): boolean {
  return [...keys].some((key) => key.startsWith(`${type} `));
}

function declaredTwice(definition: Definition, sid: string): AdoptionError {
  return new AdoptionError(
    `declared twice: ${definition.noun} ${sid} is managed by another resource of this program with the same ` +
      `${keyFields(definition).join(" or ")}. Declare it once.`,
  );
}

/** The same text for the same inputs, whatever the order of keys. */
export function fingerprint(inputs: JsonObject): string {
  return JSON.stringify(inputs, (_key, value: unknown) =>
    typeof value === "object" && value !== null && !Array.isArray(value)
      ? Object.fromEntries(Object.entries(value).sort(([left], [right]) => (left < right ? -1 : 1)))
      : value,
  );
}
