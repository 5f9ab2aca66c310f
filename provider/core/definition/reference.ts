import { isUnknown } from "../engine-transport";
import { type Json, type JsonObject, textOf } from "../json";
import { type Definition, fieldsOf, isSingleton, type ObjectDefinition } from "./define";
import type { FieldEntry, Reference } from "./field";
import { isSid } from "./sid";

/** A field that names another object. */
export interface ReferenceEntry extends FieldEntry {
  readonly refers: Reference;
}

/** The fields that name an object's parents. */
export function referencesOf(definition: Definition): ReferenceEntry[] {
  return fieldsOf(definition).flatMap((entry) => {
    const { refers } = entry.policy;
    return refers === undefined ? [] : [{ ...entry, refers }];
  });
}

/** The value, if it is a name: neither a SID nor unknown. */
export function nameIn({ refers }: ReferenceEntry, value: Json | undefined): string | undefined {
  return typeof value === "string" && !isUnknown(value) && !isSid(refers.sidPrefix, value)
    ? value
    : undefined;
}

/** The SID of the named object, if inputs or state hold it. */
export function referredSid({ name, refers }: ReferenceEntry, values: JsonObject): string | undefined {
  const sid = textOf(values[refers.resolved]) ?? textOf(values[name]);
  return sid !== undefined && isSid(refers.sidPrefix, sid) ? sid : undefined;
}

/** Whether other objects can refer to it by name, which Twilio accepts in place of the SID in its whole service. */
export function isNamed(definition: Definition): definition is ObjectDefinition {
  if (isSingleton(definition) || definition.naturalKey.alias === undefined) return false;
  return referencesOf(definition).length === 0;
}

/** The name by which others refer to it; undefined if it has none, or none known yet. */
export function ownName({ naturalKey }: ObjectDefinition, values: JsonObject): string | undefined {
  const name = naturalKey.alias?.(values);
  return isUnknown(name) ? undefined : name;
}

/** What a run knows of the names in reference fields. */
export interface Spellings {
  /** Spelled differently than in state, with the same meaning. */
  readonly same: ReadonlySet<string>;
  /** Perhaps with the same meaning: the recorded object's SID, by field. */
  readonly unclear: ReadonlyMap<string, string>;
  /** Spelled as in state, but now refers to another object. */
  readonly moved: ReadonlySet<string>;
  /** Spelled as in state, but no longer the name of the recorded object: its SID, by field. */
  readonly outdated: ReadonlyMap<string, string>;
}
