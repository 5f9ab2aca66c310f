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
 * Resources that Pulumi's engine replaces although no diff says so. For `replacementTrigger` and `replaceWith` it asks
 * for no diff: it checks the new inputs against the old ones, then against none. For `replaceOnChanges` it checks them
 * against none after a diff (step_generator.go at 3.255.0). For `--replace` and taint it does only that last check, as
 * for a new resource, so nothing tells of these.
 */
export class Replacements {
  /** By type and new inputs: old inputs of checked resources whose diff is still due. */
  private readonly expected = new Map<string, JsonObject[]>();
  private readonly replaced = new Map<string, JsonObject[]>();
  /** By type and new inputs: objects whose diff shows a change; undefined if the diff asked for a replacement. */
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
    // It can also be a new resource with the same inputs, which must not adopt that object either.
    else {
      // The engine does so right after the diff, so the object is the one compared last.
      const name = this.changing.get(key)?.pop();
      if (name !== undefined) this.leaving.add(name);
    }
  }

  /** Whether a resource with these inputs was checked and its diff is still due. */
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

  /** Notes a deletion: a replaced object is then no longer among the existing ones. */
  noteDeleted(definition: Definition, sid: string, state: JsonObject): void {
    if (isSingleton(definition) || this.isReplaced(definition, sid)) return;
    const olds = [...this.inputsOf(definition)];
    const index = olds.findIndex((old) => isOf(definition, old, state));
    if (index >= 0) this.replaced.set(definition.type, olds.toSpliced(index, 1));
  }

  /** The old inputs of resources that are replaced without a diff. */
  inputsOf({ type }: Definition): readonly JsonObject[] {
    return this.replaced.get(type) ?? [];
  }

  /** Whether the object is replaced after a diff that asked for no replacement. */
  isReplaced(definition: Definition, sid: string): boolean {
    return this.leaving.has(nameOf(definition, sid));
  }
}

/** Whether the inputs are the object's, or have the same key and parent. */
function isOf(definition: ObjectDefinition, inputs: JsonObject, live: JsonObject): boolean {
  return (
    hasSameKey(definition, inputs, live) &&
    sameJson(parentFields(definition, inputs), parentFields(definition, live))
  );
}
