import type { Simulator } from "../../../simulator";
import type { Specimen } from "../../types/specimen";
import { LifecycleContext } from "./context";
import {
  adopts,
  createsEach,
  destroysAll,
  removeBases,
  survivesRename,
  survivesTwins,
} from "./existence-steps";
import { CollectionKind } from "./kind";
import { lends } from "./loan-steps";
import { survivesReplaceAndTaint } from "./replacement-steps";
import { Subject } from "./subject";
import {
  hasEveryField,
  previewsUnknowns,
  refreshesQuietly,
  repairsDrift,
  replacesInstead,
  staysUnchanged,
  updatesInPlace,
} from "./value-steps";

/**
 * The life of several kinds of resources, each in the account's default service and in a service of its own, at once.
 * An engine operation costs seconds whatever is in the program, so each step is taken by all declarations together.
 */
export function describeLifecycle(name: string, specimens: readonly Specimen[]): void {
  describe(name, () => {
    const current = LifecycleContext.inBlock((simulator) => prepare(specimens, simulator));
    for (const specimen of specimens) hasEveryField(specimen);
    previewsUnknowns(current);
    createsEach(current);
    staysUnchanged(current);
    refreshesQuietly(current);
    updatesInPlace(current);
    replacesInstead(current);
    repairsDrift(current, removeBases);
    survivesRename(current);
    survivesReplaceAndTaint(current);
    survivesTwins(current, specimens);
    adopts(current, specimens);
    lends(current, specimens);
    destroysAll(current);
  });
}

/** What one kind needs around it can be rows of another: all is made before any kind counts what is not its own. */
async function prepare(specimens: readonly Specimen[], simulator: Simulator): Promise<CollectionKind[]> {
  const prepared: [Specimen, Subject[]][] = [];
  for (const specimen of specimens)
    prepared.push([specimen, await Subject.inEveryScope(specimen, simulator)]);
  return prepared.map(([specimen, subjects]) => new CollectionKind(specimen, subjects));
}
