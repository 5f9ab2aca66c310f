import { globSync, mkdirSync, readFileSync, writeFileSync } from "node:fs";
import { availableParallelism } from "node:os";
import { join, resolve } from "node:path";
import { seededRandom } from "../../simulator/random";
import { importGraph, importsOf, reachedFrom, runtimeImportsOf, sourcesIn } from "../unit/repository-sources";
import { distancesIn } from "./candidates";
import { type Mutant, mutantsOf } from "./mutants";
import { optionsOf, USAGE, UsageError } from "./options";
import { measureTestFiles } from "./reached-code";
import { report } from "./report";
import { Judge, type Verdict } from "./verdicts";

// npm run mutation: does a test notice when one line of the code is wrong?

const ROOT = resolve(__dirname, "../..");
const ARTIFACT = join(ROOT, "artifacts/mutation.json");
/** Of the changes whose tests ran in time; fewer is a failure. */
const LEAST_NOTICED = 0.85;

async function main(): Promise<number> {
  const { minutes, seed, files, count } = optionsOf(process.argv.slice(2));
  const endsAtMs = Date.now() + minutes * 60_000;
  const code = globSync(["provider/**/*.ts", "simulator/**/*.ts"], { cwd: ROOT }).sort();
  const mutants = shuffled(
    code
      .filter((file) => files.length === 0 || files.some((prefix) => file.startsWith(prefix)))
      .flatMap((file) => mutantsOf(file, readFileSync(join(ROOT, file), "utf8"))),
    seededRandom(seed),
  ).slice(0, count);
  const processes = Math.min(2, availableParallelism());
  console.log(`mutation with --seed ${seed}: ${mutants.length} changes, as many as ${minutes} min allow`);
  const { tests, leftOut } = await measureTestFiles(ROOT, code, lightTests(), processes);
  for (const one of leftOut) console.log(`left out, it fails in a copy: ${one}`);
  const verdicts = await judge(mutants, tests, processes, endsAtMs);
  mkdirSync(join(ROOT, "artifacts"), { recursive: true });
  writeFileSync(ARTIFACT, JSON.stringify(verdicts, null, 1));
  console.log(report(verdicts));
  const noticed = verdicts.filter(({ noticedBy }) => noticedBy !== undefined).length;
  return noticed >= LEAST_NOTICED * verdicts.length ? 0 : 1;
}

async function judge(
  mutants: readonly Mutant[],
  tests: Awaited<ReturnType<typeof measureTestFiles>>["tests"],
  processes: number,
  endsAtMs: number,
): Promise<Verdict[]> {
  const graph = importGraph(
    ["provider", "simulator", "tests"].flatMap((folder) => sourcesIn(folder)),
    importsOf,
  );
  const distancesFrom = distancesIn(graph);
  const waiting = mutants.values();
  const verdicts: Verdict[] = [];
  const work = async () => {
    const judge = new Judge(ROOT, tests, distancesFrom);
    for (const mutant of waiting) {
      if (Date.now() > endsAtMs) break;
      const verdict = await judge.verdictOn(mutant);
      verdicts.push(verdict);
      if (verdict.noticedBy === undefined) console.log(survivor(verdict));
      if (verdicts.length % 100 === 0) console.log(`${verdicts.length} …`);
    }
    await judge.end();
  };
  await Promise.all(Array.from({ length: processes }, work));
  return verdicts;
}

function survivor({ mutant, isReached }: Verdict): string {
  const { file, line, kind, start, end, replacement } = mutant;
  const was = readFileSync(join(ROOT, file), "utf8").slice(start, end).replaceAll(/\s+/g, " ");
  return `${isReached ? "survived" : "not reached"}: ${file}:${line} ${kind}: ${was.slice(0, 80)} → ${replacement.slice(0, 80) || "(nothing)"}`;
}

/** The test files that neither start Pulumi's engine nor build anything. */
function lightTests(): string[] {
  const graph = importGraph(sourcesIn("tests"), runtimeImportsOf);
  return [...graph.keys()]
    .filter((file) => file.endsWith(".test"))
    .filter(
      (file) => ![...reachedFrom(graph, [file])].some((other) => other.startsWith("tests/support/stack/")),
    )
    .map((file) => `${file}.ts`);
}

function shuffled<T>(items: readonly T[], random: () => number): T[] {
  return items
    .map((item) => ({ item, at: random() }))
    .sort((a, b) => a.at - b.at)
    .map(({ item }) => item);
}

main().then(
  (code) => {
    process.exitCode = code;
  },
  (error: unknown) => {
    console.error(error instanceof UsageError ? `${error.message}\n\n${USAGE}` : error);
    process.exitCode = error instanceof UsageError ? 2 : 1;
  },
);
