import { AdoptionError } from "./adopt";
import type { Definition } from "./define";
import type { JsonObject } from "./json";

/**
 * Whose objects are whose in this run. A create can adopt an object that another resource of the program holds, or
 * that the engine is about to delete under an old name; the claims keep both from happening.
 */
export class Claims {
  private readonly created = new Set<string>();
  private readonly kept = new Set<string>();
  private readonly checked = new Set<string>();

  /** Notes what the program declares: a later diff with these inputs is of a resource that stays. */
  noteChecked(inputs: JsonObject): void {
    this.checked.add(fingerprint(inputs));
  }

  /**
   * Notes that a resource of the program goes on holding the object: its diff found nothing to change, or it is
   * updated. A change alone says nothing, since the engine can make a replacement of it (`replaceOnChanges`). Nor
   * does a diff of a refresh: there the engine passes stored inputs without a check before, and what it refreshes
   * may be deleted next.
   */
  noteKept(definition: Definition, sid: string, inputs: JsonObject): void {
    if (this.created.has(sid)) throw declaredTwice(definition, sid);
    if (this.checked.has(fingerprint(inputs))) this.kept.add(sid);
  }

  /** Another resource of this run may not have the object. */
  refuseTaken(definition: Definition, sid: string): void {
    if (this.has(sid)) throw declaredTwice(definition, sid);
  }

  /** Takes an object that was created or found for a resource. */
  take(definition: Definition, sid: string): void {
    this.refuseTaken(definition, sid);
    this.created.add(sid);
  }

  /** Whether some resource of this run holds the object, so that no other may take or delete it. */
  has(sid: string): boolean {
    return this.created.has(sid) || this.kept.has(sid);
  }
}

function declaredTwice({ noun, naturalKey }: Definition, sid: string): AdoptionError {
  return new AdoptionError(
    `declared twice: ${noun} ${sid} is managed by another resource of this program with the same ` +
      `${naturalKey.fields.join(" or ")}. Declare it once.`,
  );
}

function fingerprint(inputs: JsonObject): string {
  return JSON.stringify(inputs, (_key, value: unknown) =>
    typeof value === "object" && value !== null && !Array.isArray(value)
      ? Object.fromEntries(Object.entries(value).sort(([left], [right]) => (left < right ? -1 : 1)))
      : value,
  );
}
