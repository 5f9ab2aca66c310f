import type { Mutant } from "./mutants";
import type { TestFile } from "./reached-code";

/** So much of tests is run for one change; whatever has not noticed it by then has not. */
const LONGEST_MS = 20_000;

/** The test files that reach a change, those first that most likely and most quickly notice it. */
export function candidatesFor(mutant: Mutant, tests: readonly TestFile[]): TestFile[] {
  const prefix = `${mutant.file}:`;
  const promising = tests
    .filter(({ reached }) => reached.has(mutant.inFunction))
    .map((test) => ({ test, promise: shareOf(prefix, test) / (100 + test.ms) }))
    .sort((a, b) => b.promise - a.promise)
    .map(({ test }) => test);
  let ms = 0;
  return promising.filter((test, index) => {
    const isIn = index === 0 || ms + test.ms <= LONGEST_MS;
    if (isIn) ms += test.ms;
    return isIn;
  });
}

/** How much of what a test file reaches is in this file. */
function shareOf(prefix: string, { reached }: TestFile): number {
  return [...reached].filter((id) => id.startsWith(prefix)).length / reached.size;
}
