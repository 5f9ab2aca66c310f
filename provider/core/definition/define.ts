import type { z } from "zod";
import type { Hints } from "../../http/hints";
import { type Json, type JsonObject, pick } from "../json";
import type { Problem } from "../problem";
import { type FieldEntry, policyOf } from "./field";
import { noteKind } from "./sid-kinds";

/** What every resource has, whichever kind it is of. */
interface Common<Schema extends z.ZodObject> {
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
  /** Path segments below the API version and the service: of its collection, or of a singleton itself. */
  readonly path: (location: JsonObject) => readonly string[];
  /** Problems that no single field shows. Unknown values may be anything and are never a problem. */
  readonly rules?: (inputs: JsonObject, creating: boolean, olds: JsonObject) => Problem[];
  /** What check stores in place of what the program says; `olds` is empty when creating. */
  readonly normalizeInputs?: (olds: JsonObject, news: JsonObject) => JsonObject;
  /** Twilio's answer with the fields under the names that a program gives them, where Twilio's own differ. */
  readonly observe?: (live: JsonObject) => JsonObject;
  /** Twilio's answer as it compares with what is declared, where Twilio gives back more than it takes. */
  readonly compare?: (live: JsonObject, declared: JsonObject) => JsonObject;
  /** Outputs that are worked out from Twilio's answer. */
  readonly derive?: (live: JsonObject, inputs: JsonObject) => JsonObject;
  /**
   * What is lost or done again when it is replaced, in a sentence that is said before it happens: always, or by what
   * is in state.
   */
  readonly replacement?: string | ((state: JsonObject) => string | undefined);
  /**
   * Fields that make this change a replacement although they change in place otherwise, or none; and what to know
   * of it, in sentences.
   */
  readonly replaces?: (
    state: JsonObject,
    inputs: JsonObject,
  ) => { fields: string[]; warning?: string } | undefined;
  /**
   * Why this update cannot be, where Twilio could only answer with an error, and what to do. `unmet` names the fields
   * that it would change.
   */
  readonly rejectUpdate?: (
    state: JsonObject,
    inputs: JsonObject,
    unmet: readonly string[],
  ) => string | undefined;
  /** What to do about an error code of Twilio's that means something else in an operation on this: a sentence. */
  readonly hints?: { readonly [Operation in "create" | "update" | "delete"]?: Hints };
  /** What puts back Twilio's own choice for a field that the program no longer declares. */
  readonly defaults?: Readonly<Record<string, FieldDefault>>;
}

/** Objects that programs create and delete, with SIDs, in a collection that lists them. */
export interface ObjectDefinition<Schema extends z.ZodObject = z.ZodObject> extends Common<Schema> {
  /** The two letters that its SIDs begin with. */
  readonly sidPrefix: string;
  /** Key of the rows in a list answer. */
  readonly listKey: string;
  /** Whether a program can find one with a function, `get` and the type. */
  readonly isLookedUp?: true;
  /** Rows in a list page, at most: Twilio's own limit. */
  readonly pageSize: number;
  /** Further parameters of a list, for example its order. */
  readonly listQuery?: Readonly<Record<string, string>>;
  readonly naturalKey: NaturalKey;
  /** What a user recognises one by, where that is not the natural key: that may be long, or nobody's business. */
  readonly recognisedBy?: readonly string[];
  /** Rises from what came first to what came last, where a program can give another dateCreated. Default: that. */
  readonly orderOf?: (live: JsonObject) => number;
  /** Twilio's error codes for an object that nobody can delete any more, so that letting go of it is all there is. */
  readonly undeletableCodes?: readonly number[];
  /** Twilio's error codes for an object that takes no update any more: one that would change nothing is none. */
  readonly finalStateCodes?: readonly number[];
  /** Fields that only a create sends: what Twilio demands besides what is declared. */
  readonly createForm?: (inputs: JsonObject) => JsonObject;
  /** Whether the resource stays in state when its object is gone, since creating it again is no repair. */
  readonly keepWhenMissing?: (state: JsonObject) => boolean;
}

/**
 * A setting that Twilio keeps once for each service, account or member: it is there without a program, which only
 * sets it. What was there before is remembered, and put back when the program lets go of it.
 */
export interface SingletonDefinition<Schema extends z.ZodObject = z.ZodObject> extends Common<Schema> {
  /** Its id, by Twilio's answer: the SID of what it belongs to. */
  readonly idOf: (live: JsonObject) => string | undefined;
  /** The fields that say which one it is, for messages. */
  readonly key: readonly string[];
  /** Why it may not be there yet, and what to do, where it comes with something else: the end of a sentence. */
  readonly missingHint?: string;
}

/**
 * A resource: what Twilio calls it, where it lives, its fields, and how its own kind differs from others.
 * The lifecycle over it exists once, in core/lifecycle/lifecycle.ts.
 */
export type Definition<Schema extends z.ZodObject = z.ZodObject> =
  | ObjectDefinition<Schema>
  | SingletonDefinition<Schema>;

/** What a connection can be asked about Twilio's own choices; each is asked once a process. */
export interface ServiceReader {
  /** The settings of a service, as Twilio answers them. */
  serviceConfiguration(serviceSid: string): Promise<Record<string, unknown>>;
  /** A role of a service, as Twilio answers it. */
  role(serviceSid: string, sid: string): Promise<Record<string, unknown>>;
}

export interface FieldDefault {
  /** The value of Twilio's own choice, asked when it is needed. */
  readonly value: (twilio: ServiceReader, state: JsonObject) => Promise<string>;
  /** The permission that a restricted API key needs for that, as docs/credentials.md names it. */
  readonly permission: string;
  /** Whether Twilio chooses that value as long as nobody sets another choice. */
  readonly isStock?: (twilio: ServiceReader, state: JsonObject, value: Json | undefined) => Promise<boolean>;
  /** Twilio's error codes for a remembered value that no longer exists. */
  readonly missingCodes: readonly number[];
  /** Whether the program sets the choice itself, so that an object may have an earlier one; by what it declares. */
  readonly isSetBy?: (
    declarationsOf: (definition: Definition) => readonly JsonObject[],
    location: JsonObject,
  ) => boolean;
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
  /** Why nothing can be made of the object that has the key, and what to do. */
  readonly rejectAdoption?: (live: JsonObject) => string | undefined;
  /**
   * Such objects appear by themselves, so one that is there is no conflict: it is taken over whatever its age,
   * unless program or config say otherwise, and given back as it was found instead of deleted.
   */
  readonly createdImplicitly?: boolean;
}

export function isSingleton(definition: Definition): definition is SingletonDefinition {
  return "idOf" in definition;
}

/** The id by which the engine knows it; undefined where the answer is none of Twilio's. */
export function idOf(definition: Definition, live: JsonObject): string | undefined {
  const id = isSingleton(definition) ? definition.idOf(live) : live["sid"];
  return typeof id === "string" && id !== "" ? id : undefined;
}

/** Its name among all of a run: settings and rosters go by the SID of what they belong to, so a SID alone is none. */
export function nameOf({ type }: Definition, sid: string): string {
  return `${type} ${sid}`;
}

/** Whether there cannot be two at a time, so that the old one has to go before its replacement comes. */
export function deletesBeforeReplace(definition: Definition): boolean {
  return isSingleton(definition) || definition.naturalKey.enforced;
}

/** Twilio's answer as it compares with what is declared. */
export function compared({ compare }: Definition, live: JsonObject, declared: JsonObject): JsonObject {
  return compare?.(live, declared) ?? live;
}

/** Its fields that say which one it is. */
export function keyFields(definition: Definition): readonly string[] {
  return isSingleton(definition) ? definition.key : definition.naturalKey.fields;
}

/** Whether it can live in a service of its own or in the account's default one. */
export function isInService({ schema }: Definition): boolean {
  return "serviceSid" in schema.shape;
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

/** The values of the fields that say what it lives in: its account, its service, its conversation. */
export function parentFields(definition: Definition, values: JsonObject): JsonObject {
  const located = fieldsOf(definition).filter(({ policy }) => policy.pathParameter === true);
  return pick(
    values,
    located.map(({ name }) => name),
  );
}

/** Outputs that are encrypted in state whatever the program makes of them. */
export function secretOutputs(definition: Definition): string[] {
  const secrets = fieldsOf(definition).filter(({ policy }) => policy.secret === true);
  // What was there before may be anybody's secret, and the engine cannot know.
  const before =
    isSingleton(definition) || definition.naturalKey.createdImplicitly === true ? ["before"] : [];
  return [...secrets.map(({ name }) => name), ...before];
}

/** The function with which a program finds one, where there is one. */
export function lookupOf({
  type,
  isLookedUp,
}: Pick<ObjectDefinition, "type" | "isLookedUp">): string | undefined {
  return isLookedUp === true ? `get${type}` : undefined;
}

export function define<Schema extends z.ZodObject>(
  definition: ObjectDefinition<Schema>,
): ObjectDefinition<Schema> {
  const { sidPrefix, noun, type } = definition;
  noteKind(sidPrefix, { noun, type, lookup: lookupOf(definition) });
  return definition;
}

export function defineSingleton<Schema extends z.ZodObject>(
  definition: SingletonDefinition<Schema>,
): SingletonDefinition<Schema> {
  return definition;
}
