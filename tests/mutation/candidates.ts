import type { Mutant } from "./mutants";
import type { TestFile } from "./reached-code";

/** So much of tests is run for one change; whatever has not noticed it by then has not. */
const LONGEST_MS = 20_000;

/** Which files a test file loads, by the number of imports from one to the next. */
export type Distances = ReadonlyMap<string, number>;

/** The test files that reach a change, those first that most likely and most quickly notice it. */
export function candidatesFor(
  mutant: Mutant,
  tests: readonly TestFile[],
  distancesFrom: (testFile: string) => Distances,
): TestFile[] {
  const promiseOf = (test: TestFile) => {
    // A test is about what it imports itself; what is far away runs in every test.
    const distance = distancesFrom(test.file).get(mutant.file) ?? FAR;
    return (0.01 + shareOf(mutant.file, test)) / distance ** 3 / (100 + test.ms);
  };
  const promising = tests
    .filter(({ reached }) => reached.has(mutant.inFunction))
    .map((test) => ({ test, promise: promiseOf(test) }))
    .sort((a, b) => b.promise - a.promise)
    .map(({ test }) => test);
  let ms = 0;
  return promising.filter((test, index) => {
    const isIn = index === 0 || ms + test.ms <= LONGEST_MS;
    if (isIn) ms += test.ms;
    return isIn;
  });
}

/** A process of its own, or a text that is read. */
const FAR = 8;

/** How much of what a test file reaches is in this file. */
function shareOf(file: string, { reached }: TestFile): number {
  const prefix = `${file}:`;
  return [...reached].filter((id) => id.startsWith(prefix)).length / reached.size;
}

/** How far each file is from a test file, by an import graph of paths without their ending. */
export function distancesIn(graph: ReadonlyMap<string, readonly string[]>): (testFile: string) => Distances {
  const known = new Map<string, Distances>();
  return (testFile) => {
    const found = known.get(testFile) ?? measured(graph, testFile.replace(/\.ts$/, ""));
    known.set(testFile, found);
    return found;
  };
}

function measured(graph: ReadonlyMap<string, readonly string[]>, from: string): Distances {
  const distances = new Map<string, number>();
  let front = [from];
  for (let distance = 1; front.length > 0; distance += 1) {
    front = [...new Set(front.flatMap((file) => graph.get(file) ?? []))].filter(
      (file) => !distances.has(`${file}.ts`),
    );
    for (const file of front) distances.set(`${file}.ts`, distance);
  }
  return distances;
}
