import { readFileSync } from "node:fs";
import { join } from "node:path";
import { inTurns } from "../support/in-turns";
import { withNotes } from "./reach";
import { Sandbox } from "./sandbox";
import { TestProcess } from "./test-process";

/** What a test file does when nothing is wrong. */
export interface TestFile {
  readonly file: string;
  readonly ms: number;
  readonly reached: ReadonlySet<string>;
}

const LONGEST_MS = 120_000;

/** Runs each test file once over code with notes; those that fail or take too long are left out and named. */
export async function measureTestFiles(
  project: string,
  code: readonly string[],
  files: readonly string[],
  processes: number,
): Promise<{ readonly tests: TestFile[]; readonly leftOut: string[] }> {
  const sandbox = new Sandbox(project);
  for (const file of code) sandbox.write(file, withNotes(file, readFileSync(join(project, file), "utf8")));
  const idle = Array.from({ length: processes }, () => new TestProcess(sandbox.root));
  const tests: TestFile[] = [];
  const leftOut: string[] = [];
  await inTurns(
    files.map((file) => async () => {
      const process = idle.pop() as TestProcess;
      const began = Date.now();
      const result = await process.run({ files: [file], bail: false }, LONGEST_MS);
      if (typeof result === "string") leftOut.push(`${file}: ${result}`);
      else if (result.failed !== undefined) leftOut.push(result.failed);
      else tests.push({ file, ms: Date.now() - began, reached: new Set(result.reached) });
      idle.push(process);
    }),
    processes,
  );
  await Promise.all(idle.map((process) => process.replace()));
  sandbox.remove();
  return { tests, leftOut };
}
