import { type Definition, deletesBeforeReplace, nameOf } from "../definition/define";

/**
 * Which objects the resources of the program have in their states, to tell where two have the same one: a run that
 * ended between two steps can have left it so. The engine checks a resource with its old inputs and then asks for one
 * diff of it, so that a SID that is shown twice is of two (step_generator.go at 3.255.0). All other diffs are none of
 * these: one of a refresh comes after a read, and one of a dependent (of what is deleted before it is replaced) has
 * unknown inputs that nothing has checked.
 */
export class Duplicates {
  private readonly refreshed = new Map<string, number>();
  private readonly shown = new Set<string>();

  /** Notes that a refresh has read the object. The engine asks for its diff next, for what it displays. */
  noteRefreshed(definition: Definition, sid: string): void {
    const key = nameOf(definition, sid);
    this.refreshed.set(key, (this.refreshed.get(key) ?? 0) + 1);
  }

  /** Notes a diff of the object, and answers whether it is one of a refresh. */
  noteDiffed(definition: Definition, sid: string): "refresh" | "up" {
    const key = nameOf(definition, sid);
    const reads = this.refreshed.get(key) ?? 0;
    if (reads === 0) return "up";
    this.refreshed.set(key, reads - 1);
    return "refresh";
  }

  /** Notes that a resource that stays has the object. Where Twilio allows one object, two of them are an error. */
  noteShown(definition: Definition, sid: string): void {
    if (!deletesBeforeReplace(definition)) this.shown.add(nameOf(definition, sid));
  }

  /** Whether a resource that stays was shown to have the object. */
  isShown(definition: Definition, sid: string): boolean {
    return this.shown.has(nameOf(definition, sid));
  }
}
