import { equal } from "node:assert/strict";
import { spawnSync } from "node:child_process";
import { copyFileSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { repository } from "../../unit/scripts/modules";

describe("set-up: the language host that it builds", () => {
  let folder: string;
  before(() => {
    folder = mkdtempSync(join(tmpdir(), "language-host-"));
    const script = join(repository, "scripts", "toolchain", "pulumi-language-nodejs");
    copyFileSync(script, join(folder, "pulumi-language-nodejs"));
    writeFileSync(join(folder, "language-host"), '#!/bin/sh\necho "$@"\n', { mode: 0o755 });
  });
  after(() => rmSync(folder, { recursive: true }));

  /** As the engine starts it. */
  const started = () =>
    spawnSync(join(folder, "pulumi-language-nodejs"), ["127.0.0.1:1"], { cwd: folder, encoding: "utf8" });

  const cases: [what: string, runtime: string, told: string][] = [
    ["no options", "runtime: nodejs", "127.0.0.1:1"],
    [
      "none in one line",
      "runtime: { name: nodejs, options: { typescript: false } }",
      "--typescript=false 127.0.0.1:1",
    ],
    [
      "none in several lines",
      "runtime:\n  name: nodejs\n  options:\n    typescript: false",
      "--typescript=false 127.0.0.1:1",
    ],
    ["TypeScript", "runtime:\n  name: nodejs\n  options:\n    typescript: true", "127.0.0.1:1"],
    ["a comment of it", "runtime: nodejs # typescript: false", "127.0.0.1:1"],
  ];
  for (const [what, runtime, told] of cases)
    it(`is told what Pulumi.yaml says of TypeScript: ${what}`, () => {
      writeFileSync(join(folder, "Pulumi.yaml"), `name: project\n${runtime}\n`);
      equal(started().stdout.trim(), told);
    });

  it("is started where there is no Pulumi.yaml, too", () => {
    rmSync(join(folder, "Pulumi.yaml"));
    const { stdout, stderr } = started();
    equal(stdout.trim(), "127.0.0.1:1");
    equal(stderr, "");
  });
});
