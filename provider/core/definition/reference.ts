import { isUnknown } from "../engine-transport";
import { type Json, type JsonObject, textOf } from "../json";
import { type Definition, fieldsOf, isSingleton, type ObjectDefinition } from "./define";
import type { FieldEntry, Reference } from "./field";
import { isSid } from "./sid";

/** A field that names another object. */
export interface ReferenceEntry extends FieldEntry {
  readonly refers: Reference;
}

/** The fields that name what an object belongs to. */
export function referencesOf(definition: Definition): ReferenceEntry[] {
  return fieldsOf(definition).flatMap((entry) => {
    const { refers } = entry.policy;
    return refers === undefined ? [] : [{ ...entry, refers }];
  });
}

/** A value that is neither a SID nor unknown. */
export function nameIn({ refers }: ReferenceEntry, value: Json | undefined): string | undefined {
  return typeof value === "string" && !isUnknown(value) && !isSid(refers.sidPrefix, value)
    ? value
    : undefined;
}

/** The SID of what is named, as far as inputs or state hold it. */
export function referredSid({ name, refers }: ReferenceEntry, values: JsonObject): string | undefined {
  const sid = textOf(values[refers.resolved]) ?? textOf(values[name]);
  return sid !== undefined && isSid(refers.sidPrefix, sid) ? sid : undefined;
}

/** Whether other objects can refer to it by its name: Twilio takes that in place of the SID all over its service. */
export function isNamed(definition: Definition): definition is ObjectDefinition {
  if (isSingleton(definition) || definition.naturalKey.alias === undefined) return false;
  return referencesOf(definition).length === 0;
}

/** The name by which others refer to it; undefined where it has none, or none that is known yet. */
export function ownName({ naturalKey }: ObjectDefinition, values: JsonObject): string | undefined {
  const name = naturalKey.alias?.(values);
  return isUnknown(name) ? undefined : name;
}

/** What is known of located fields by which the program names objects. */
export interface Spellings {
  /** Spelled otherwise than in state, they mean what they meant. */
  readonly same: ReadonlySet<string>;
  /** They may: the SID of what the state means, by field. */
  readonly unclear: ReadonlyMap<string, string>;
  /** Spelled as in state, they mean another object by now. */
  readonly moved: ReadonlySet<string>;
  /** Spelled as in state, they are no name any more of what they meant: its SID, by field. */
  readonly outdated: ReadonlyMap<string, string>;
}
