import type { Exchanged } from "../core/api/call";
import { type ObjectDefinition, parentFields } from "../core/definition/define";
import { AdoptionError } from "../core/errors";
import { sameJson } from "../core/json";
import { createdAtMs, isNamesake } from "../core/state/adoption-rules";
import type { Search } from "./namesake";

/** Rises from what came first to what came last. */
function orderIn({ orderOf = createdAtMs }: ObjectDefinition): (found: Exchanged) => number {
  return ({ live }) => orderOf(live);
}

/** The latest first: what an interrupted run left in place of another came after that one. */
function latestFirst(definition: ObjectDefinition, found: readonly Exchanged[]): Exchanged[] {
  const order = orderIn(definition);
  return [...found].sort((left, right) => order(right) - order(left));
}

/**
 * The namesakes without those that are replaced, the latest first: to take over what leaves would be no replacement.
 * What a refresh has read is in the state of some resource, so that these come first. Where nothing gives the SIDs of
 * the others, they are those that came first.
 */
export function withoutReplaced(search: Search, found: readonly Exchanged[]): readonly Exchanged[] {
  const { definition, session, inputs } = search;
  const { claims, replacements } = session;
  const staying = latestFirst(
    definition,
    found.filter(({ live }) => !replacements.isLeaving(definition, String(live["sid"]))),
  );
  const leaving = replacements
    .inputsOf(definition)
    .filter((olds) => sameJson(parentFields(definition, olds), parentFields(definition, inputs)))
    .filter((olds) => staying.some(({ live }) => isNamesake(definition, olds, live)));
  if (leaving.length === 0) return staying;
  const unread = staying.filter(({ live }) => !claims.isHeld(definition, String(live["sid"])));
  const untold = Math.max(0, leaving.length - (staying.length - unread.length));
  const count = Math.max(0, unread.length - untold);
  refuseAlike(search, unread, count);
  return unread.slice(0, count);
}

/** Refuses to choose among objects of which nothing tells which one came first. */
function refuseAlike(
  { definition, session, inputs }: Search,
  found: readonly Exchanged[],
  count: number,
): void {
  const [later, earlier] = [found[count - 1], found[count]];
  if (later === undefined || earlier === undefined || session.adoption(inputs) === "never") return;
  const order = orderIn(definition);
  if (order(later) > order(earlier)) return;
  const sids = found.map(({ id }) => id).join(" or ");
  throw new AdoptionError(
    `cannot create ${definition.noun}: ${sids} is the one to be replaced, and nothing tells which. Another resource ` +
      'of the program may hold the other. Set adopt: "never" for this `pulumi up`: it creates another beside them.',
  );
}
