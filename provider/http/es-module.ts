import type Module from "node:module";
import { runInThisContext } from "node:vm";

/**
 * Loads a package that is only an ES module. `load` uses Node's own `require`, which bundlers see. A test runner's
 * `require` may not take ES modules, as Jest's before Node 24.9, and look-ups of an inline program run in there. Then
 * Node's own `require` comes from outside the runner's sandbox, because `node:module` in it is the runner's too
 * (measured at Jest 30.5).
 */
export function esModule<Package>(name: string, load: () => unknown): Package {
  try {
    return load() as Package;
  } catch {
    const { createRequire } = runInThisContext('process.getBuiltinModule("node:module")') as typeof Module;
    return createRequire(__filename)(name);
  }
}
