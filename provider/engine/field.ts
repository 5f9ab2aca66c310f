import { z } from "zod";
import { type Json, type JsonObject, sameJson } from "./json";

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
  /** Part of the request's path, not of its form. */
  readonly located?: boolean;
  /** Twilio does not say what it holds, or it changes as people use it, so it never drifts. */
  readonly writeOnly?: boolean;
  /** Twilio takes it in an update only. */
  readonly updateOnly?: boolean;
  /** Watched for drift even where the program leaves it to Twilio: what Twilio assigned is put back. */
  readonly watched?: boolean;
  /** A JSON value that Twilio keeps as text. */
  readonly json?: boolean;
  /** Name of the form parameter, where it is not the field's own in PascalCase. */
  readonly parameter?: string;
  /** What is sent when the program removes the field. Nothing is sent where this is absent. */
  readonly cleared?: Json;
  /** Equal in meaning; `state` is what is stored. Default: equal as JSON. */
  readonly same?: (left: unknown, right: unknown, state: JsonObject) => boolean;
  /** Whether a live value that differs from the stored one is drift. Default: it is. */
  readonly isDrift?: (stored: unknown, live: unknown) => boolean;
}

const policies = z.registry<FieldPolicy>();

/** Gives a field its policy. It stands around the whole schema of the field, `optional()` included. */
export function field<Schema extends z.ZodType>(policy: FieldPolicy, schema: Schema): Schema {
  policies.add(schema, policy);
  return schema;
}

export function policyOf(schema: z.core.$ZodType): FieldPolicy | undefined {
  return policies.get(schema as z.ZodType);
}

export function isSame(policy: FieldPolicy, left: unknown, right: unknown, state: JsonObject): boolean {
  return sameJson(left, right) || policy.same?.(left, right, state) === true;
}

export function hasDrifted(policy: FieldPolicy, stored: unknown, live: unknown, state: JsonObject): boolean {
  if (isSame(policy, stored, live, state)) return false;
  return policy.isDrift?.(stored, live) ?? true;
}
