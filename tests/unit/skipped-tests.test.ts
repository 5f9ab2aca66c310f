import { deepEqual } from "node:assert/strict";
import { outside, sourcesIn } from "./repository-sources";

/** The tests that do not run everywhere, with the reason. A run names those that it skips. */
const REASONS: Record<string, string> = {
  "tests/cli/recover/recover-locks.test.ts": "a terminal is made with Linux's script",
  "tests/cli/recover/recover.test.ts": "a terminal is made with Linux's script",
  "tests/cli/try.test.ts": "a line for curl runs where curl is",
  "tests/process/drift-page.test.ts": "a page is looked at in Chromium",
  "tests/process/recover/lock.test.ts": "namespaces of processes are Linux's",
  "tests/process/recover/odd-files.test.ts": "Windows has no FIFO and no link for everybody",
  "tests/process/reporter.test.ts": "it writes a test that is skipped",
  "tests/process/simulator/data-lock.test.ts": "Windows has no FIFO and no link for everybody",
  "tests/process/simulator/page.test.ts": "a page is looked at in Chromium",
};

const CONDITION =
  /\bthis\.skip\(|\b(it|describe|context)\.skip\(|process\.platform|\bhasBrowser\b|\bplatform\(\)/;

describe("tests that are skipped", () => {
  it("are known, each file with its reason", () => {
    const sources = outside(
      sourcesIn("tests").filter(({ path }) => path.endsWith(".test.ts")),
      "tests/unit/skipped-tests",
    );
    const files = sources.filter(({ lines }) => lines.some((line) => CONDITION.test(line)));
    deepEqual(files.map(({ path }) => path).sort(), Object.keys(REASONS).sort());
  });
});
