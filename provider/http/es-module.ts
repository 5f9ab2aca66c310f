import type Module from "node:module";
import { runInThisContext } from "node:vm";

/**
 * A package that is an ES module alone. Node's own `require` takes one, so `load` does it with that, where a bundler
 * sees it. The `require` of a test runner may take none, as Jest's before Node 24.9, and the look-ups of an inline
 * program run in there: then Node's own is fetched from outside the runner's sandbox, in which `node:module` is one of
 * the runner's, too (measured at Jest 30.5).
 */
export function esModule<Package>(name: string, load: () => unknown): Package {
  try {
    return load() as Package;
  } catch {
    const { createRequire } = runInThisContext('process.getBuiltinModule("node:module")') as typeof Module;
    return createRequire(__filename)(name);
  }
}
