import { z } from "zod";
import { fieldsOf, type ObjectDefinition, type SingletonDefinition } from "../definition/define";
import type { JsonObject } from "../json";
import type { Problem } from "../problem";

/**
 * All objects of one collection as one resource. It is a singleton, since each parent has one collection, with or
 * without a program. Its members are objects of another definition, each under a label of the program.
 */
export interface RosterDefinition<Schema extends z.ZodObject = z.ZodObject>
  extends SingletonDefinition<Schema> {
  /** The definition of its members. */
  readonly member: ObjectDefinition;
  /** The same without the shared fields, as a program declares a member. */
  readonly element: ObjectDefinition;
  /** Path of the parent; a read of it gives the SID if the program gives its name. */
  readonly parentPath: (location: JsonObject) => readonly string[];
  /** Problems of the members taken together. */
  readonly limits: (wanted: readonly Wanted[]) => Problem[];
}

/** The key of the members in inputs and state. */
export const MEMBERS = "members";

/** The fields that the roster says once for all its members. */
export function sharedFields({ schema, member }: RosterDefinition): readonly string[] {
  return Object.keys(schema.shape).filter((name) => name in member.schema.shape);
}

/** The fields that each member says for itself. */
export function ownFields({ element }: RosterDefinition): readonly string[] {
  return fieldsOf(element).map(({ name }) => name);
}

export function defineRoster<Schema extends z.ZodObject>(
  definition: Omit<RosterDefinition<Schema>, "element">,
): RosterDefinition<Schema> {
  const { member, schema } = definition;
  const own = Object.entries(member.schema.shape).filter(([name]) => !(name in schema.shape));
  const element = {
    ...member,
    type: "a member",
    schema: z.strictObject(Object.fromEntries(own)),
  };
  return { ...definition, element };
}

/** A member that the state holds, as if it were a resource of its own. */
export interface Held {
  readonly label: string;
  readonly sid: string;
  readonly state: JsonObject;
}

/** A member that the program declares, as if it were a resource of its own. */
export interface Wanted {
  readonly label: string;
  readonly inputs: JsonObject;
}
