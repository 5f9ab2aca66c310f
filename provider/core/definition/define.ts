import type { z } from "zod";
import type { Hints } from "../../http/hints";
import { type Json, type JsonObject, pick } from "../json";
import type { Problem } from "../problem";
import { type FieldEntry, policyOf } from "./field";
import { noteKind } from "./sid-kinds";

/** Properties of every definition. */
interface Common<Schema extends z.ZodObject> {
  /** Type token suffix, export name and class name: `Participant`. */
  readonly type: string;
  /** Its noun in messages: `participant`. */
  readonly noun: string;
  /** Twilio's own page of it, below https://www.twilio.com/docs/conversations/api/. */
  readonly twilioPage: string;
  /** The one source of types, validation and docs. Each field is a `field(policy, schema)`. */
  readonly schema: Schema;
  /** What Twilio returns besides the fields. */
  readonly outputs: readonly string[];
  /** Outputs that change by themselves, so that a change of them alone counts as none. */
  readonly volatile: readonly string[];
  /** Path segments below the API version and the service: of its collection, or of a singleton itself. */
  readonly path: (location: JsonObject) => readonly string[];
  /** Problems of several fields together. Unknown values may be anything and are never a problem. */
  readonly rules?: (inputs: JsonObject, creating: boolean, olds: JsonObject) => Problem[];
  /** The inputs that check stores instead of the program's; `olds` is empty for a create. */
  readonly normalizeInputs?: (olds: JsonObject, news: JsonObject) => JsonObject;
  /** Renames fields of Twilio's response to the program's names, where these differ. */
  readonly observe?: (live: JsonObject) => JsonObject;
  /** Twilio's response in a form comparable with the declaration, where Twilio returns more than it takes. */
  readonly compare?: (live: JsonObject, declared: JsonObject) => JsonObject;
  /** Outputs derived from Twilio's response. */
  readonly derive?: (live: JsonObject, inputs: JsonObject) => JsonObject;
  /** A sentence that warns what a replacement loses or repeats; always the same, or by the state. */
  readonly replacement?: string | ((state: JsonObject) => string | undefined);
  /** Fields whose change, updatable otherwise, becomes a replacement here; and warnings, in sentences. */
  readonly replaces?: (
    state: JsonObject,
    inputs: JsonObject,
  ) => { fields: string[]; warning?: string } | undefined;
  /**
   * Why this update is impossible, where Twilio would only answer with an error, and a hint. `unmet` names the fields
   * that it would change.
   */
  readonly rejectUpdate?: (
    state: JsonObject,
    inputs: JsonObject,
    unmet: readonly string[],
  ) => string | undefined;
  /** Hints, in sentences, for error codes of Twilio with another meaning in an operation on this type. */
  readonly hints?: { readonly [Operation in "create" | "update" | "delete"]?: Hints };
  /** How to restore Twilio's own choice for a field that the program no longer declares. */
  readonly defaults?: Readonly<Record<string, FieldDefault>>;
}

/** Objects that programs create and delete, with SIDs, in a listed collection. */
export interface ObjectDefinition<Schema extends z.ZodObject = z.ZodObject> extends Common<Schema> {
  /** The two letters at the start of its SIDs. */
  readonly sidPrefix: string;
  /** Key of the rows in a list response. */
  readonly listKey: string;
  /** Whether there is a function to find one: `get` and the type. */
  readonly isLookedUp?: true;
  /** Maximum rows of a list page: Twilio's own limit. */
  readonly pageSize: number;
  /** Further parameters of a list, such as its order. */
  readonly listQuery?: Readonly<Record<string, string>>;
  readonly naturalKey: NaturalKey;
  /** Fields that identify one to a user, if not the natural key: that may be long or private. */
  readonly recognisedBy?: readonly string[];
  /** Ascends from the oldest object to the newest, where a program can set dateCreated. Default: dateCreated. */
  readonly orderOf?: (live: JsonObject) => number;
  /** Codes for objects that can no longer be deleted; delete only drops them from the state. */
  readonly undeletableCodes?: readonly number[];
  /** Codes for objects that no longer accept updates; an update that would change nothing is no error. */
  readonly finalStateCodes?: readonly number[];
  /** Fields that only a create sends: Twilio demands them besides the declared ones. */
  readonly createForm?: (inputs: JsonObject) => JsonObject;
  /** Whether the resource stays in state when its object is deleted, since creating it again repairs nothing. */
  readonly keepWhenMissing?: (state: JsonObject) => boolean;
}

/**
 * A setting that Twilio keeps once per service, account or member. It exists without a program, which only sets it.
 * Pulumi records the original values, and restores them on destroy.
 */
export interface SingletonDefinition<Schema extends z.ZodObject = z.ZodObject> extends Common<Schema> {
  /** Its id, from Twilio's response: its parent's SID. */
  readonly idOf: (live: JsonObject) => string | undefined;
  /** The fields that identify it, for messages. */
  readonly key: readonly string[];
  /** Why it may not exist yet, and a hint, if it comes with another object: the end of a sentence. */
  readonly missingHint?: string;
}

/**
 * A resource type: Twilio's name, its location, its fields, and what sets the type apart. The one lifecycle for all is
 * core/lifecycle/lifecycle.ts.
 */
export type Definition<Schema extends z.ZodObject = z.ZodObject> =
  | ObjectDefinition<Schema>
  | SingletonDefinition<Schema>;

/** Reads of Twilio's own choices, which a connection asks once a process. */
export interface ServiceReader {
  /** The settings of a service, as Twilio returns them. */
  serviceConfiguration(serviceSid: string): Promise<Record<string, unknown>>;
  /** A role of a service, as Twilio returns it. */
  role(serviceSid: string, sid: string): Promise<Record<string, unknown>>;
}

export interface FieldDefault {
  /** Twilio's own choice, read when needed. */
  readonly value: (twilio: ServiceReader, state: JsonObject) => Promise<string>;
  /** The permission that a restricted API key needs to read it, as in docs/credentials.md. */
  readonly permission: string;
  /** Whether Twilio chooses that value until somebody sets another default. */
  readonly isStock?: (twilio: ServiceReader, state: JsonObject, value: Json | undefined) => Promise<boolean>;
  /** Twilio's error codes for an original value that no longer exists. */
  readonly missingCodes: readonly number[];
  /** Whether the program sets the default itself, so that an object may have an earlier one; by its declarations. */
  readonly isSetBy?: (
    declarationsOf: (definition: Definition) => readonly JsonObject[],
    location: JsonObject,
  ) => boolean;
}

/** How to find an object whose create got no response, or that somebody else made. */
export interface NaturalKey {
  /** Twilio refuses a second object with this key. Otherwise create looks it up before the first POST. */
  readonly enforced: boolean;
  /** Twilio's error codes for an existing object. */
  readonly existsCodes: readonly number[];
  /** The key in the form that Twilio accepts in place of the SID. */
  readonly alias?: (inputs: JsonObject) => string | undefined;
  /** Whether the declaration has a key at all. Default: it always has. */
  readonly isDeclared?: (inputs: JsonObject) => boolean;
  /** Whether a live object has the declared key. */
  readonly matches: (inputs: JsonObject, live: JsonObject) => boolean;
  /** The key's fields, for messages. */
  readonly fields: readonly string[];
  /** Why the object with the key must not be adopted, and a hint. */
  readonly rejectAdoption?: (live: JsonObject) => string | undefined;
  /**
   * Twilio creates such objects by itself, so an existing one is no conflict. Create adopts it whatever its age, unless
   * program or config say otherwise, and destroy restores its original values.
   */
  readonly createdImplicitly?: boolean;
}

export function isSingleton(definition: Definition): definition is SingletonDefinition {
  return "idOf" in definition;
}

/** The id by which Pulumi's engine knows it; undefined if the response is not Twilio's. */
export function idOf(definition: Definition, live: JsonObject): string | undefined {
  const id = isSingleton(definition) ? definition.idOf(live) : live["sid"];
  return typeof id === "string" && id !== "" ? id : undefined;
}

/** Its unique name in a run: a SID alone is not unique, since singletons and rosters use their parent's SID. */
export function nameOf({ type }: Definition, sid: string): string {
  return `${type} ${sid}`;
}

/** Whether two cannot coexist, so that the old one must be deleted before its replacement is created. */
export function deletesBeforeReplace(definition: Definition): boolean {
  return isSingleton(definition) || definition.naturalKey.enforced;
}

/** Twilio's response in a form comparable with the declaration. */
export function compared({ compare }: Definition, live: JsonObject, declared: JsonObject): JsonObject {
  return compare?.(live, declared) ?? live;
}

/** The fields that identify it. */
export function keyFields(definition: Definition): readonly string[] {
  return isSingleton(definition) ? definition.key : definition.naturalKey.fields;
}

/** Whether it can be in a declared service or the account's default one. */
export function isInService({ schema }: Definition): boolean {
  return "serviceSid" in schema.shape;
}

const entries = new WeakMap<z.ZodObject, readonly FieldEntry[]>();

/** The fields of a definition with their policies, in schema order. */
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

/** The fields that name its parents in a request's path: account, service, conversation. */
export function pathParametersOf(definition: Definition): string[] {
  return fieldsOf(definition)
    .filter(({ policy }) => policy.pathParameter === true)
    .map(({ name }) => name);
}

/** The values of these fields. */
export function parentFields(definition: Definition, values: JsonObject): JsonObject {
  return pick(values, pathParametersOf(definition));
}

/** Outputs that are always encrypted in state. */
export function secretOutputs(definition: Definition): string[] {
  const secrets = fieldsOf(definition).filter(({ policy }) => policy.secret === true);
  // Original values may be somebody's secret, and the engine cannot know.
  const before =
    isSingleton(definition) || definition.naturalKey.createdImplicitly === true ? ["before"] : [];
  return [...secrets.map(({ name }) => name), ...before];
}

/** The function with which a program finds one, if there is one. */
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
