import { readFileSync } from "node:fs";
import { join } from "node:path";
import { candidatesFor, type Distances } from "./candidates";
import { type Mutant, mutated } from "./mutants";
import type { TestFile } from "./reached-code";
import { Sandbox } from "./sandbox";
import { TestProcess } from "./test-process";

export interface Verdict {
  readonly mutant: Mutant;
  /** What noticed the change: a test, or that the tests did not end. None where nothing did. */
  readonly noticedBy?: string;
  /** Whether any test runs the changed code. */
  readonly isReached: boolean;
}

/** The file that `noticedBy` begins with; all, where no test had the time to fail. */
function noticingFile(noticedBy: string, candidates: readonly TestFile[]): readonly TestFile[] {
  const found = candidates.filter(({ file }) => noticedBy.startsWith(`${file}:`));
  return found.length === 0 ? candidates : found;
}

/** A process is not trusted for longer: what one change leaves behind could be taken for the next one's. */
const RUNS_OF_A_PROCESS = 20;

/** Changes one file after the other in a copy of its own, and runs the tests that reach the change. */
export class Judge {
  private readonly sandbox: Sandbox;
  private readonly process: TestProcess;

  constructor(
    private readonly project: string,
    private readonly tests: readonly TestFile[],
    private readonly distancesFrom: (testFile: string) => Distances,
  ) {
    this.sandbox = new Sandbox(project);
    this.process = new TestProcess(this.sandbox.root);
  }

  async verdictOn(mutant: Mutant): Promise<Verdict> {
    const candidates = candidatesFor(mutant, this.tests, this.distancesFrom);
    if (candidates.length === 0) return { mutant, isReached: false };
    const noticedBy = await this.noticed(mutant, candidates);
    if (this.process.runsOfThisProcess >= RUNS_OF_A_PROCESS) await this.process.replace();
    return { mutant, isReached: true, ...(noticedBy !== undefined && { noticedBy }) };
  }

  async end(): Promise<void> {
    await this.process.replace();
    this.sandbox.remove();
  }

  private async noticed(mutant: Mutant, candidates: readonly TestFile[]): Promise<string | undefined> {
    const text = readFileSync(join(this.project, mutant.file), "utf8");
    this.sandbox.write(mutant.file, mutated(text, mutant));
    const first = await this.run(candidates);
    this.sandbox.restore(mutant.file);
    if (first === undefined || (await this.run(noticingFile(first, candidates))) === undefined) return first;
    // The unchanged code fails there too: the process is at fault, not the change.
    await this.process.replace();
    this.sandbox.write(mutant.file, mutated(text, mutant));
    const again = await this.run(candidates);
    this.sandbox.restore(mutant.file);
    await this.process.replace();
    return again;
  }

  /** What a test says on the code that is in the copy; nothing where all pass. */
  private async run(candidates: readonly TestFile[]): Promise<string | undefined> {
    const expectedMs = candidates.reduce((sum, { ms }) => sum + ms, 0);
    const files = candidates.map(({ file }) => file);
    const result = await this.process.run({ files, bail: true }, 15_000 + 4 * expectedMs);
    return typeof result === "string" ? `the tests ${result}` : result.failed;
  }
}
