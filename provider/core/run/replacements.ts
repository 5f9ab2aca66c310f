import {
  type Definition,
  isSingleton,
  nameOf,
  type ObjectDefinition,
  parentFields,
} from "../definition/define";
import { type JsonObject, sameJson } from "../json";
import { hasSameKey } from "../state/adoption-rules";
import type { DiffResult } from "../state/diff";
import { fingerprint } from "./ownership";

/**
 * What the engine replaces although no diff says so. With `replacementTrigger` and `replaceWith` it asks for none: it
 * checks the new inputs against the old ones, and then once more against none. With `replaceOnChanges` it checks them
 * once more after a diff (step_generator.go at 3.255.0). For `--replace` and for what is tainted it does the last check
 * alone, as for what is new, so that nothing tells of these.
 */
export class Replacements {
  /** By type and new inputs, the old ones of what was checked and is yet to be compared. */
  private readonly expected = new Map<string, JsonObject[]>();
  private readonly replaced = new Map<string, JsonObject[]>();
  /** By type and new inputs, the objects that a diff has shown to change; undefined where it asked for a replacement. */
  private readonly changing = new Map<string, (string | undefined)[]>();
  private readonly leaving = new Set<string>();

  noteChecked(definition: Definition, olds: JsonObject, inputs: JsonObject): void {
    const key = nameOf(definition, fingerprint(inputs));
    if (Object.keys(olds).length > 0) {
      this.expected.set(key, [...(this.expected.get(key) ?? []), olds]);
      return;
    }
    const old = this.expected.get(key)?.shift();
    if (old !== undefined) this.replaced.set(definition.type, [...this.inputsOf(definition), old]);
    // It can also be a new one that declares the same, which may not take that object either.
    else {
      // The engine does so at once, so that it is the one compared last.
      const name = this.changing.get(key)?.pop();
      if (name !== undefined) this.leaving.add(name);
    }
  }

  /** Whether what the program declares with these inputs was checked and is yet to be compared. */
  isExpected(definition: Definition, inputs: JsonObject): boolean {
    return (this.expected.get(nameOf(definition, fingerprint(inputs)))?.length ?? 0) > 0;
  }

  noteCompared(definition: Definition, sid: string, inputs: JsonObject, found: DiffResult): void {
    const key = nameOf(definition, fingerprint(inputs));
    this.expected.get(key)?.shift();
    if (found.changes === false) return;
    const name = found.replaces.length > 0 ? undefined : nameOf(definition, sid);
    this.changing.set(key, [...(this.changing.get(key) ?? []), name]);
  }

  /** Notes that the object is deleted: what was replaced is then no longer among its namesakes. */
  noteDeleted(definition: Definition, sid: string, state: JsonObject): void {
    if (isSingleton(definition) || this.isReplaced(definition, sid)) return;
    const olds = [...this.inputsOf(definition)];
    const index = olds.findIndex((old) => isOf(definition, old, state));
    if (index >= 0) this.replaced.set(definition.type, olds.toSpliced(index, 1));
  }

  /** The old inputs of what is replaced without a diff. */
  inputsOf({ type }: Definition): readonly JsonObject[] {
    return this.replaced.get(type) ?? [];
  }

  /** Whether the object is replaced after a diff that asked for no replacement. */
  isReplaced(definition: Definition, sid: string): boolean {
    return this.leaving.has(nameOf(definition, sid));
  }
}

/** Whether the inputs are those of an object there, or of one with the same key in the same place. */
function isOf(definition: ObjectDefinition, inputs: JsonObject, live: JsonObject): boolean {
  return (
    hasSameKey(definition, inputs, live) &&
    sameJson(parentFields(definition, inputs), parentFields(definition, live))
  );
}
