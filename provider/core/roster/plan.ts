import { type DiffResult, diff } from "../state/diff";
import type { Held, RosterDefinition, Wanted } from "./definition";
import { isReserved, isUnmanaged } from "./member";

/** A member that stays, under the same label or another one. */
export interface Staying {
  readonly held: Held;
  readonly wanted: Wanted;
  readonly changes: DiffResult["changes"];
}

/** The steps from the recorded members to the declared ones. */
export interface Plan {
  readonly staying: readonly Staying[];
  readonly added: readonly Wanted[];
  readonly removed: readonly Held[];
}

/**
 * Pairs members by natural key, so that a new label is no new member, and two labels can exchange members. Of unmanaged
 * members the plan holds only those to remove.
 */
export function planOf(
  definition: RosterDefinition,
  held: readonly Held[],
  wanted: readonly Wanted[],
  isExclusive: boolean,
): Plan {
  const declared = held.filter((member) => !isUnmanaged(member));
  const staying = new Map<Wanted, Staying>();
  const taken = new Set<Held>();
  const pair = (one: Wanted, candidates: readonly Held[]) => {
    for (const candidate of candidates) {
      if (taken.has(candidate)) continue;
      const { changes, replaces } = isReserved(one.label)
        ? UNTOUCHED
        : diff(definition.member, candidate.state, one.inputs);
      if (replaces.length > 0) continue;
      taken.add(candidate);
      staying.set(one, { held: candidate, wanted: one, changes });
      return;
    }
  };
  const byLabel = new Map(held.map((member) => [member.label, member]));
  for (const one of wanted) {
    const existing = byLabel.get(one.label);
    if (existing !== undefined) pair(one, [existing]);
  }
  const { matches } = definition.member.naturalKey;
  for (const one of wanted)
    if (!staying.has(one))
      pair(
        one,
        declared.filter(({ state }) => matches(one.inputs, state)),
      );
  const added = wanted.filter((one) => !staying.has(one));
  const isWanted = (member: Held) => added.some(({ inputs }) => matches(inputs, member.state));
  const removed = held.filter((member) =>
    isUnmanaged(member) ? isExclusive && !taken.has(member) && !isWanted(member) : !taken.has(member),
  );
  return { staying: wanted.flatMap((one) => staying.get(one) ?? []), added, removed };
}

/** Members that a refresh showed come back from `ignoreChanges`, and stay unchanged. */
const UNTOUCHED: DiffResult = { changes: false, replaces: [] };

/**
 * Whether Pulumi's engine can see a change in the inputs; as the SDK's DiffResult. It does not see members that only
 * the state holds.
 */
export function changesIn(
  { staying, added, removed }: Plan,
  isHidden: (member: Held) => boolean,
): DiffResult["changes"] {
  const isVisible = staying.some(
    ({ held, wanted, changes }) => changes === undefined || held.label !== wanted.label,
  );
  if (isVisible || added.length > 0 || removed.some((member) => !isHidden(member))) return undefined;
  return removed.length > 0 || staying.some(({ changes }) => changes === true);
}
