import { type Definition, deletesBeforeReplace, nameOf } from "../definition/define";

/**
 * Detects two resources with the same object in state, which an interrupted run can leave. Pulumi's engine checks a
 * resource with its old inputs, then asks for one diff of it. So a SID that comes twice belongs to two resources
 * (step_generator.go at 3.255.0). Other diffs do not count: one of a refresh follows a read, and one of a dependent of
 * a resource that is deleted before its replacement has unknown, unchecked inputs.
 */
export class Duplicates {
  private readonly refreshed = new Map<string, number>();
  private readonly shown = new Set<string>();

  /** Notes that a refresh has read the object. The engine asks for a diff next, to display it. */
  noteRefreshed(definition: Definition, sid: string): void {
    const key = nameOf(definition, sid);
    this.refreshed.set(key, (this.refreshed.get(key) ?? 0) + 1);
  }

  /** Notes a diff of the object; returns whether a refresh or an `up` asked for it. */
  noteDiffed(definition: Definition, sid: string): "refresh" | "up" {
    const key = nameOf(definition, sid);
    const reads = this.refreshed.get(key) ?? 0;
    if (reads === 0) return "up";
    this.refreshed.set(key, reads - 1);
    return "refresh";
  }

  /** Notes that a resource that stays has the object. If Twilio enforces the key, a duplicate is an error instead. */
  noteShown(definition: Definition, sid: string): void {
    if (!deletesBeforeReplace(definition)) this.shown.add(nameOf(definition, sid));
  }

  /** Whether a resource that stays has the object. */
  isShown(definition: Definition, sid: string): boolean {
    return this.shown.has(nameOf(definition, sid));
  }
}
