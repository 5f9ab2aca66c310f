import { z } from "zod";
import { isObject, type Json, type JsonObject, sameJson } from "../json";

/** What a field names, by its SID or by the name that Twilio takes in its place. */
export interface Reference {
  /** The type of what it names. */
  readonly type: string;
  readonly sidPrefix: "CH" | "US";
  /** The output that holds its SID where the program gives a name. */
  readonly resolved: string;
}

/** What is known of a field besides its type: how it is sent, compared, and what a change of it does. */
export interface FieldPolicy {
  /**
   * What a change in the program does.
   * - `update`: it is sent in place
   * - `replace`: the object is deleted and created again
   * - `creation`: it counts when the object is created, later changes are ignored
   * - `local`: it is never sent; the state remembers it for later operations
   */
  readonly change: "update" | "replace" | "creation" | "local";
  /** Not for programs to give. */
  readonly internal?: boolean;
  /** Only messages read it: a change of it alone is none. */
  readonly isRemark?: boolean;
  /** Part of the request's path, not of its form. */
  readonly pathParameter?: boolean;
  /** Of a part of the path that names another object, what that is. */
  readonly refers?: Reference;
  /** Twilio does not say what it holds, or it changes as people use it, so it never drifts. */
  readonly writeOnly?: boolean;
  /** A secret whatever the program makes of it: encrypted in state, hidden in every preview. */
  readonly secret?: boolean;
  /** Name of the field whose change Twilio takes only together with this one, so that it is sent whether it changed or not. */
  readonly sentWith?: string;
  /** Twilio takes it in an update only. */
  readonly updateOnly?: boolean;
  /** Watched for drift even where the program leaves it to Twilio: what Twilio assigned is put back. */
  readonly watched?: boolean;
  /** A JSON value that Twilio keeps as text. */
  readonly json?: boolean;
  /** Name of the form parameter, where it is not the field's own in PascalCase. */
  readonly parameter?: string;
  /** What is sent for a value, where Twilio documents another spelling of it. Default: the value. */
  readonly sent?: (value: Json) => Json;
  /** What is sent when the program removes the field. Nothing is sent where this is absent. */
  readonly cleared?: Json;
  /** Equal in meaning; `state` is what is stored. Default: equal as JSON. */
  readonly same?: (left: unknown, right: unknown, state: JsonObject) => boolean;
  /** Whether a live value that differs from the stored one is drift; `state` is what is stored. Default: it is. */
  readonly isDrift?: (recorded: unknown, live: unknown, state: JsonObject) => boolean;
  /** Whether nothing changes this value any more, once the object has it. */
  readonly isFinal?: (value: unknown) => boolean;
}

/** A field, or a member of one: its schema, and what is known besides. */
export interface Described {
  readonly schema: z.core.$ZodType;
  readonly policy: FieldPolicy;
}

export interface FieldEntry extends Described {
  readonly name: string;
}

const policies = z.registry<FieldPolicy>();

/**
 * Gives a field its policy, which stays with it when the schema is made optional. A member of a nested field has the
 * policy of the whole, unless it is given one of its own.
 */
export function field<Schema extends z.ZodType>(policy: FieldPolicy, schema: Schema): Schema {
  policies.add(schema, policy);
  return schema;
}

export function policyOf(schema: z.core.$ZodType): FieldPolicy | undefined {
  const policy = policies.get(schema as z.ZodType);
  return policy === undefined && schema instanceof z.ZodOptional ? policyOf(schema.unwrap()) : policy;
}

/** The members of a field with members of its own, through `optional()`; none of JSON values. */
export function nestedFields({ schema, policy }: Described): FieldEntry[] | undefined {
  const shape = shapeOf(schema);
  if (shape === undefined) return undefined;
  const { change, writeOnly, cleared } = policy;
  const inherited = { change, ...(writeOnly && { writeOnly }), ...(cleared !== undefined && { cleared }) };
  return Object.entries(shape).map(([name, member]) => ({
    name,
    schema: member,
    policy: policyOf(member) ?? inherited,
  }));
}

function shapeOf(schema: z.core.$ZodType): z.core.$ZodShape | undefined {
  if (schema instanceof z.ZodObject) return schema.shape;
  if (schema instanceof z.ZodOptional) return shapeOf(schema.unwrap());
  return undefined;
}

/** Equal in meaning, each member by its own policy. */
export function isSame(entry: Described, left: unknown, right: unknown, state: JsonObject): boolean {
  if (sameJson(left, right) || entry.policy.same?.(left, right, state) === true) return true;
  const members = nestedFields(entry);
  if (members === undefined || !isObject(left) || !isObject(right)) return false;
  const known = new Set(members.map(({ name }) => name));
  const others = [...Object.keys(left), ...Object.keys(right)].filter((name) => !known.has(name));
  return (
    others.every((name) => sameJson(left[name], right[name])) &&
    members.every((member) => isSame(member, left[member.name], right[member.name], state))
  );
}

export function hasDrifted(entry: Described, recorded: unknown, live: unknown, state: JsonObject): boolean {
  if (isSame(entry, recorded, live, state)) return false;
  return entry.policy.isDrift?.(recorded, live, state) ?? true;
}

/** The part of a value that the field's schema knows; null and empty objects are absent. */
export function restrict(entry: Described, value: Json | undefined): Json | undefined {
  if (value === null) return undefined;
  const members = nestedFields(entry);
  if (members === undefined || !isObject(value)) return value;
  const kept = members
    .map((member) => [member.name, restrict(member, value[member.name])] as const)
    .filter(([, member]) => member !== undefined);
  return kept.length === 0 ? undefined : Object.fromEntries(kept);
}
