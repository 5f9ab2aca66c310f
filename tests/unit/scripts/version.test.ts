import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { repository, script } from "./modules";

interface VersionModule {
  PULUMI_VERSION: string;
  parseVersion(text: string): number[] | undefined;
  compareVersions(a: string, b: string): number;
  isUsablePulumi(text: string): boolean;
  newestUsablePulumi(texts: string[]): string | undefined;
}

describe("set-up: versions", () => {
  let version: VersionModule;
  before(async () => {
    version = await script<VersionModule>("toolchain/version.mjs");
  });

  it("reads what Pulumi, Go and Node print", () => {
    assert.deepEqual(version.parseVersion("v3.255.0\n"), [3, 255, 0]);
    assert.deepEqual(version.parseVersion("3.216.1-alpha.7+dirty"), [3, 216, 1]);
    assert.deepEqual(version.parseVersion("go1.26"), [1, 26, 0]);
    assert.equal(version.parseVersion("command not found"), undefined);
  });

  it("compares numbers, not text", () => {
    assert.ok(version.compareVersions("3.99.0", "3.216.0") < 0);
    assert.ok(version.compareVersions("go1.26.8", "1.25.11") > 0);
    assert.equal(version.compareVersions("v3.216", "3.216.0"), 0);
  });

  it("takes Pulumi 3 from 3.216 on", () => {
    assert.ok(version.isUsablePulumi("v3.216.0"));
    assert.ok(!version.isUsablePulumi("v3.215.9"));
    assert.ok(!version.isUsablePulumi("v4.0.0"));
    assert.ok(!version.isUsablePulumi(""));
  });

  it("prefers the newest in a cache of several", () => {
    assert.equal(version.newestUsablePulumi(["3.99.0", "3.250.0", "3.216.0", "tmp"]), "3.250.0");
    assert.equal(version.newestUsablePulumi(["3.99.0"]), undefined);
  });

  it("names one Pulumi release everywhere", () => {
    const { devDependencies } = JSON.parse(readFileSync(join(repository, "package.json"), "utf8"));
    const pins = readFileSync(join(repository, "scripts/toolchain/cli/go.mod"), "utf8");
    assert.equal(devDependencies["@pulumi/pulumi"], version.PULUMI_VERSION);
    assert.ok(pins.includes(`github.com/pulumi/pulumi/pkg/v3 v${version.PULUMI_VERSION}\n`));
  });
});
