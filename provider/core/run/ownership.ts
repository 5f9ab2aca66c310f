import { type Definition, keyFields, nameOf } from "../definition/define";
import { nameIn, referencesOf } from "../definition/reference";
import { AdoptionError } from "../errors";
import { type JsonObject, pick } from "../json";

/** What the state says of where an object lives. */
const PLACE = ["accountSid", "chatServiceSid"];

/** What a resource of the program was heard to declare. */
export interface Declaration {
  readonly inputs: JsonObject;
  /** Where its object is, by its state, if it has one and keeps it: a name can mean another place by now. */
  readonly location?: JsonObject;
}

/**
 * Whose objects are whose in this run. A create can adopt an object that another resource of the program holds, or
 * that the engine is about to delete under an old name; the claims keep both from happening.
 */
export class Ownership {
  private readonly created = new Set<string>();
  private readonly made = new Set<string>();
  private readonly alike = new Set<string>();
  private readonly kept = new Set<string>();
  private readonly recorded = new Set<string>();
  private readonly failed = new Set<string>();
  private readonly leaving = new Set<string>();
  private readonly deleted = new Set<string>();
  private readonly checked = new Set<string>();
  private readonly declared = new Map<string, Map<string, Declaration>>();
  private readonly read = new Set<string>();

  /** Notes what the program declares: a later diff with these inputs is of a resource that stays. */
  noteChecked(definition: Definition, inputs: JsonObject): void {
    const print = fingerprint(inputs);
    this.checked.add(print);
    const declared = this.declared.get(definition.type) ?? new Map<string, Declaration>();
    if (!declared.has(print)) declared.set(print, { inputs });
    this.declared.set(definition.type, declared);
  }

  /** Notes where the object is that a resource with these inputs has, and keeps, if the inputs alone do not say it. */
  noteLocation(definition: Definition, inputs: JsonObject, state: JsonObject): void {
    const references = referencesOf(definition);
    if (references.every((reference) => nameIn(reference, inputs[reference.name]) === undefined)) return;
    const standing = pick(state, [
      ...PLACE,
      ...references.flatMap(({ name, refers }) => [name, refers.resolved]),
    ]);
    const print = fingerprint(inputs);
    const declared = this.declared.get(definition.type);
    if (declared?.has(print) === true) declared.set(print, { inputs, location: standing });
  }

  /** All resources of the type that the program was heard to declare. */
  declarationsOf(definition: Definition): Iterable<Declaration> {
    return this.declared.get(definition.type)?.values() ?? [];
  }

  /** Whether the program declares a resource with these inputs, as far as it was heard. */
  isChecked(inputs: JsonObject): boolean {
    return this.checked.has(fingerprint(inputs));
  }

  /** Notes that a resource of the stack has read the object, and so holds it. */
  noteRead(definition: Definition, sid: string): void {
    this.read.add(nameOf(definition, sid));
  }

  /** Whether a resource of the stack was seen to hold the object, whatever becomes of it. */
  isHeld(definition: Definition, sid: string): boolean {
    return this.has(definition, sid) || this.read.has(nameOf(definition, sid));
  }

  /**
   * Notes that a resource of the program goes on holding the object: its diff found nothing to change, or it is
   * updated. A change alone says nothing, since the engine can make a replacement of it (`replaceOnChanges`). Nor
   * does a diff of a refresh: there the engine passes stored inputs without a check before, and what it refreshes
   * may be deleted next.
   */
  noteKept(definition: Definition, sid: string, inputs: JsonObject): void {
    const key = nameOf(definition, sid);
    if (this.created.has(key)) throw declaredTwice(definition, sid);
    if (this.isChecked(inputs)) this.kept.add(key);
  }

  /** Notes that another resource has the object in its state, too, and goes on holding it. */
  noteShared(definition: Definition, sid: string): void {
    this.kept.add(nameOf(definition, sid));
  }

  /** Notes that the object is to be replaced: what comes in its place must be another. */
  markReplaced(definition: Definition, sid: string): void {
    this.leaving.add(nameOf(definition, sid));
  }

  /** Whether the object is about to be deleted for another, so that taking it over would be no replacement. */
  isReplaced(definition: Definition, sid: string): boolean {
    return this.leaving.has(nameOf(definition, sid));
  }

  /** Whether anything of the type is to be replaced in this run. */
  isAnyReplaced(definition: Definition): boolean {
    return hasType(this.leaving, definition);
  }

  /** Notes that the object is being deleted: from now on nobody may take it, although Twilio may still show it. */
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

  /** Another resource of this run may not have the object. */
  assertUnclaimed(definition: Definition, sid: string): void {
    if (this.has(definition, sid)) throw declaredTwice(definition, sid);
  }

  /** Takes an object that was created or found for a resource. */
  claim(definition: Definition, sid: string): void {
    this.assertUnclaimed(definition, sid);
    this.created.add(nameOf(definition, sid));
  }

  /** Takes an object since it is as declared: a resource that is yet to be heard of may have it. */
  claimEqual(definition: Definition, sid: string): void {
    this.claim(definition, sid);
    this.alike.add(nameOf(definition, sid));
  }

  /** Whether a create of this run has taken the object for one that nobody has. */
  isClaimedAsEqual(definition: Definition, sid: string): boolean {
    return this.alike.has(nameOf(definition, sid));
  }

  /** Takes an object that a POST of this run has made. */
  claimCreated(definition: Definition, sid: string): void {
    this.claim(definition, sid);
    this.made.add(sid);
  }

  /** Notes that the create of a resource has come to its end, with the object in the state that it answers. */
  noteRecorded(definition: Definition, sid: string): void {
    this.recorded.add(nameOf(definition, sid));
  }

  /** Whether a resource of this run has the object in its state, so that another may let go of it. */
  isRecorded(definition: Definition, sid: string): boolean {
    const key = nameOf(definition, sid);
    return this.recorded.has(key) || this.kept.has(key);
  }

  /** Notes that the create of a resource with these inputs has failed, or is given up. */
  noteFailed(inputs: JsonObject): void {
    this.failed.add(fingerprint(inputs));
  }

  /** What is to be done for resources with these inputs. */
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

  /** Whether this run has made the object, so that it began with nothing in it. */
  isMade(sid: string): boolean {
    return this.made.has(sid);
  }

  /** Whether some resource of this run holds the object, so that no other may take or delete it. */
  has(definition: Definition, sid: string): boolean {
    const key = nameOf(definition, sid);
    return this.created.has(key) || this.kept.has(key);
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

/** The same for the same inputs, in whatever order of keys. */
export function fingerprint(inputs: JsonObject): string {
  return JSON.stringify(inputs, (_key, value: unknown) =>
    typeof value === "object" && value !== null && !Array.isArray(value)
      ? Object.fromEntries(Object.entries(value).sort(([left], [right]) => (left < right ? -1 : 1)))
      : value,
  );
}
