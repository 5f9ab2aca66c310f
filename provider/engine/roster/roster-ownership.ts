import type { Claims } from "../claims";
import type { JsonObject } from "../json";
import type { RosterDefinition } from "./roster-definition";

/** Whether the program declares the member by a resource of its own, or in another roster. */
export function isDeclaredElsewhere(
  { member, isSameParent }: RosterDefinition,
  claims: Claims,
  state: JsonObject,
): boolean {
  return claims
    .declarationsOf(member)
    .some((inputs) => isSameParent(inputs, state) && member.naturalKey.matches(inputs, state));
}
