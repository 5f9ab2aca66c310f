import { equal, match } from "node:assert/strict";
import { spawn } from "node:child_process";
import { once } from "node:events";
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { text } from "node:stream/consumers";

const ROOT = join(__dirname, "../..");
const MOCHA = join(ROOT, "node_modules/mocha/bin/mocha.js");
const SUPPORT = join(ROOT, "tests/support/mocha");
const REPORTER = join(SUPPORT, "reporter.cjs");
const CAUSES = join(SUPPORT, "error-causes.cjs");

describe("The summary of a test run", () => {
  let folder: string;
  beforeEach(() => {
    folder = mkdtempSync(join(tmpdir(), "twilio-conversations-reporter-"));
  });
  afterEach(() => rmSync(folder, { recursive: true, force: true }));

  for (const how of [["--parallel", "--jobs", "2"], ["--no-parallel"]]) {
    it(`tells with ${how.join(" ")} what caused an error`, async () => {
      const failing = 'it("fails", () => { throw new Error("outer", { cause: new Error("inner") }); })';
      writeFileSync(join(folder, "one.cjs"), failing);
      const args = ["--no-config", ...how, "--require", CAUSES, "--reporter", REPORTER, "one.cjs"];
      const child = spawn(process.execPath, [MOCHA, ...args], {
        cwd: folder,
        // This test may run in a worker itself.
        env: { ...process.env, MOCHA_WORKER_ID: undefined },
        stdio: ["ignore", "pipe", "ignore"],
      });
      equal((await text(child.stdout)).match(/^ *Caused by: Error: inner$/gm)?.length, 1);
    });

    it(`names with ${how.join(" ")} each test that was skipped`, async () => {
      writeFileSync(
        join(folder, "one.cjs"),
        'it("looks", function () { this.skip(); }); it("counts", () => {});',
      );
      const args = ["--no-config", ...how, "--reporter", REPORTER, "one.cjs"];
      const child = spawn(process.execPath, [MOCHA, ...args], {
        cwd: folder,
        env: { ...process.env, MOCHA_WORKER_ID: undefined },
        stdio: ["ignore", "pipe", "ignore"],
      });
      match(await text(child.stdout), /^skipped: looks\n\n1 passed, 0 failed, 1 skipped$/m);
    });

    it(`takes a run with ${how.join(" ")} that is interrupted for no success`, async () => {
      const begun = 'it("hangs", (done) => { console.error("begun"); setTimeout(done, 60000); })';
      for (const name of ["one", "two"]) writeFileSync(join(folder, `${name}.cjs`), begun);
      const child = spawn(
        process.execPath,
        [MOCHA, "--no-config", ...how, "--timeout", "0", "--reporter", REPORTER, "one.cjs", "two.cjs"],
        { cwd: folder, stdio: ["ignore", "pipe", "pipe"] },
      );
      const said = text(child.stdout);
      await once(child.stderr, "data");
      child.kill("SIGINT");
      const [code] = (await once(child, "close")) as [number | null];
      equal(code, how.includes("--parallel") ? 130 : null);
      if (how.includes("--parallel")) match(await said, /^0 passed, 1 failed, interrupted$/m);
    });
  }
});
