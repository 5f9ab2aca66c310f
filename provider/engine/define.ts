import { z } from "zod";
import type { Connection } from "./connection";
import { type FieldPolicy, policyOf } from "./field";
import type { JsonObject } from "./json";
import type { Problem } from "./problem";

/**
 * A resource: what Twilio calls it, where it lives, its fields, and how its own kind differs from others.
 * The lifecycle over it exists once, in lifecycle.ts.
 */
export interface Definition<Schema extends z.ZodObject = z.ZodObject> {
  /** Type token suffix, export name and class name: `Participant`. */
  readonly type: string;
  /** The word for it in messages: `participant`. */
  readonly noun: string;
  /** The one source of types, validation and docs. Each field stands in `field(policy, schema)`. */
  readonly schema: Schema;
  /** What Twilio says of it besides the fields. */
  readonly outputs: readonly string[];
  /** Outputs that change by themselves, so that a change of them alone is no change. */
  readonly volatile: readonly string[];
  /** The two letters that its SIDs begin with. */
  readonly sidPrefix: string;
  /** Path segments of its collection, below the API version and the service. */
  readonly collection: (inputs: JsonObject) => readonly string[];
  /** Key of the rows in a list answer. */
  readonly listKey: string;
  /** Rows in a list page, at most: Twilio's own limit. */
  readonly pageSize: number;
  readonly naturalKey: NaturalKey;
  /** Twilio's error codes for an object that nobody can delete any more, so that letting go of it is all there is. */
  readonly finalCodes?: readonly number[];
  /** Problems that no single field shows. Unknown values may be anything and are never a problem. */
  readonly rules?: (inputs: JsonObject, creating: boolean) => Problem[];
  /** What check stores in place of what the program says; `olds` is empty when creating. */
  readonly settle?: (olds: JsonObject, news: JsonObject) => JsonObject;
  /** Twilio's answer with the fields under the names that a program gives them, where Twilio's own differ. */
  readonly observe?: (live: JsonObject) => JsonObject;
  /** Fields that only this operation sends: what Twilio demands besides what is declared. */
  readonly createForm?: (inputs: JsonObject) => JsonObject;
  /** Outputs that are worked out from Twilio's answer. */
  readonly derive?: (live: JsonObject, inputs: JsonObject) => JsonObject;
  /** Fields that make this change a replacement although they change in place otherwise. */
  readonly replaces?: (
    state: JsonObject,
    inputs: JsonObject,
  ) => { fields: string[]; warning: string } | undefined;
  /** Why this update cannot be, where Twilio could only answer with an error. */
  readonly refuses?: (state: JsonObject, inputs: JsonObject) => string | undefined;
  /** What puts back Twilio's own choice for a field that the program no longer declares. */
  readonly defaults?: Readonly<Record<string, FieldDefault>>;
}

export interface FieldDefault {
  /** The value of Twilio's own choice, asked when it is needed. */
  readonly value: (connection: Connection, state: JsonObject, signal: AbortSignal) => Promise<string>;
  /** Twilio's error codes for a remembered value that no longer exists. */
  readonly missingCodes: readonly number[];
}

/** How an object is found again that was created without an answer, or by somebody else. */
export interface NaturalKey {
  /** Twilio refuses a second object with this key. Otherwise it is looked for before the first POST. */
  readonly enforced: boolean;
  /** Twilio's error codes that say: it exists. */
  readonly existsCodes: readonly number[];
  /** The key as Twilio takes it in place of the SID. */
  readonly alias?: (inputs: JsonObject) => string | undefined;
  /** Whether the declaration has a key at all. Default: it always has. */
  readonly isDeclared?: (inputs: JsonObject) => boolean;
  /** Whether a live object has the declared key. */
  readonly matches: (inputs: JsonObject, live: JsonObject) => boolean;
  /** The key's fields, for messages. */
  readonly fields: readonly string[];
}

export interface FieldEntry {
  readonly name: string;
  readonly schema: z.core.$ZodType;
  readonly policy: FieldPolicy;
}

const entries = new WeakMap<z.ZodObject, readonly FieldEntry[]>();

/** The fields of a definition with their policies, in the order of its schema. */
export function fieldsOf(definition: Definition): readonly FieldEntry[] {
  const known = entries.get(definition.schema);
  if (known !== undefined) return known;
  const found = Object.entries(definition.schema.shape).map(([name, schema]) => {
    const policy = policyOf(schema);
    if (policy === undefined) throw new Error(`${definition.type}.${name} has no field policy`);
    return { name, schema, policy };
  });
  entries.set(definition.schema, found);
  return found;
}

/** The object schema of a field with members of its own, through `optional()`. */
export function membersOf(schema: z.core.$ZodType): z.ZodObject["shape"] | undefined {
  if (schema instanceof z.ZodObject) return schema.shape;
  if (schema instanceof z.ZodOptional) return membersOf(schema.unwrap());
  return undefined;
}

export function define<Schema extends z.ZodObject>(definition: Definition<Schema>): Definition<Schema> {
  return definition;
}
