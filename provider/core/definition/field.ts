import { z } from "zod";
import { isObject, type Json, type JsonObject, sameJson } from "../json";

/** A field's reference to another object, by SID or by name. */
export interface Reference {
  /** Type of the other object. */
  readonly type: string;
  readonly sidPrefix: "CH" | "US";
  /** The output that holds its SID if the program gives a name. */
  readonly resolved: string;
}

/** The policy of a field: how it is sent and compared, what its change does. */
export interface FieldPolicy {
  /**
   * What a change in the program does.
   * - `update`: the provider sends it in place
   * - `replace`: the object is deleted and created again
   * - `creation`: it counts only at creation, later changes are ignored
   * - `local`: never sent; the state keeps it for later operations
   */
  readonly change: "update" | "replace" | "creation" | "local";
  /** Programs may not give it. */
  readonly internal?: boolean;
  /** Only messages use it: its change alone is no change. */
  readonly isRemark?: boolean;
  /** Part of the request's path, not of its form. */
  readonly pathParameter?: boolean;
  /** The referenced object, if this part of the path names one. */
  readonly refers?: Reference;
  /** Twilio does not return it, or people's use changes it, so it never drifts. */
  readonly writeOnly?: boolean;
  /** Always a secret: encrypted in state, hidden in every preview. */
  readonly secret?: boolean;
  /** Name of another field: Twilio accepts a change of that one only together with this one, changed or not. */
  readonly sentWith?: string;
  /** Twilio accepts it only in an update. */
  readonly updateOnly?: boolean;
  /** Watched for drift even if undeclared: the provider restores the assigned value. */
  readonly watched?: boolean;
  /** A JSON value that Twilio keeps as text. */
  readonly json?: boolean;
  /** Form parameter, if not the field's name in PascalCase. */
  readonly parameter?: string;
  /** The value to send, where Twilio documents another spelling. Default: the value. */
  readonly sent?: (value: Json) => Json;
  /** The value that clears the field. Without it nothing is sent. */
  readonly cleared?: Json;
  /** Equal in meaning; `state` is the recorded state. Default: equal as JSON. */
  readonly same?: (left: unknown, right: unknown, state: JsonObject) => boolean;
  /**
   * Whether a live value that differs from the recorded one is drift; `state` is the recorded state. Default: it is.
   */
  readonly isDrift?: (recorded: unknown, live: unknown, state: JsonObject) => boolean;
  /** Whether nothing can change this value once the object has it. */
  readonly isFinal?: (value: unknown) => boolean;
}

/** A field, or a member of one: schema and policy. */
export interface Described {
  readonly schema: z.core.$ZodType;
  readonly policy: FieldPolicy;
}

export interface FieldEntry extends Described {
  readonly name: string;
}

const policies = z.registry<FieldPolicy>();

/**
 * Gives a field its policy, also if its schema is made optional. A member without a policy of its own has the policy of
 * the whole.
 */
export function field<Schema extends z.ZodType>(policy: FieldPolicy, schema: Schema): Schema {
  policies.add(schema, policy);
  return schema;
}

export function policyOf(schema: z.core.$ZodType): FieldPolicy | undefined {
  const policy = policies.get(schema as z.ZodType);
  return policy === undefined && schema instanceof z.ZodOptional ? policyOf(schema.unwrap()) : policy;
}

/** The members of a nested field, through `optional()`; undefined for JSON values. */
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

/** The part of a value that the field's schema knows; null and empty objects become undefined. */
export function restrict(entry: Described, value: Json | undefined): Json | undefined {
  if (value === null) return undefined;
  const members = nestedFields(entry);
  if (members === undefined || !isObject(value)) return value;
  const kept = members
    .map((member) => [member.name, restrict(member, value[member.name])] as const)
    .filter(([, member]) => member !== undefined);
  return kept.length === 0 ? undefined : Object.fromEntries(kept);
}
