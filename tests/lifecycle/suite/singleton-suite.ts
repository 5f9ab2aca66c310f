import type { Simulator } from "../../../simulator";
import type { SingletonSpecimen } from "../../types/specimen";
import { LifecycleContext } from "./context";
import { SingletonKind } from "./singleton-kind";
import {
  givesBack,
  isGoneWithItsService,
  refusesTwins,
  setsEach,
  survivesRename,
  survivesReplaceAndTaint,
} from "./singleton-steps";
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

/** The life of settings that Twilio keeps once for each service or account, all in one stack as in suite.ts. */
export function describeSingletons(name: string, specimens: readonly SingletonSpecimen[]): void {
  describe(name, () => {
    const current = LifecycleContext.inBlock((simulator) => prepare(specimens, simulator));
    for (const specimen of specimens) hasEveryField(specimen);
    previewsUnknowns(current);
    setsEach(current);
    staysUnchanged(current);
    refreshesQuietly(current);
    refusesTwins(current);
    survivesReplaceAndTaint(current);
    updatesInPlace(current);
    replacesInstead(current);
    repairsDrift(current);
    givesBack(current);
    survivesRename(current);
    isGoneWithItsService(current);
  });
}

async function prepare(
  specimens: readonly SingletonSpecimen[],
  simulator: Simulator,
): Promise<SingletonKind[]> {
  const prepared: [SingletonSpecimen, Subject][] = [];
  for (const specimen of specimens)
    for (const subject of await Subject.inEveryScope(specimen, simulator)) prepared.push([specimen, subject]);
  return Promise.all(prepared.map(([specimen, subject]) => SingletonKind.prepared(specimen, subject)));
}
