import { fieldsOf } from "../core/definition/define";
import { roster } from "../resources";

/** The fields that a file can say of a member. */
export const MEMBER_FIELDS: readonly string[] = fieldsOf(roster.element)
  .filter(({ policy }) => policy.internal !== true)
  .map(({ name }) => name);
