import assert from "node:assert/strict";
import { chmodSync, mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { delimiter, join } from "node:path";
import { script } from "./modules";

interface FindModule {
  findToolchain(env: NodeJS.ProcessEnv): {
    found?: { folder: string; version: string; source: string };
    notes: string[];
  };
}

const COMPANIONS = ["pulumi-language-nodejs", "pulumi-resource-pulumi-nodejs"];

describe("set-up: which toolchain", () => {
  let find: FindModule["findToolchain"];
  let home: string;
  before(async () => {
    find = (await script<FindModule>("toolchain/find.mjs")).findToolchain;
  });
  beforeEach(() => {
    home = mkdtempSync(join(tmpdir(), "toolchain-"));
  });
  afterEach(() => rmSync(home, { recursive: true }));

  function tools(folder: string, version: string, names: string[] = COMPANIONS): string {
    const bin = join(home, folder);
    mkdirSync(bin, { recursive: true });
    for (const name of ["pulumi", ...names]) {
      writeFileSync(join(bin, name), `#!/bin/sh\necho v${version}\n`);
      chmodSync(join(bin, name), 0o755);
    }
    return bin;
  }

  /** An environment in which nothing but what the test made exists. */
  function env(...path: string[]): NodeJS.ProcessEnv {
    return { HOME: home, PULUMI_TWILIO_CACHE: join(home, "cache"), PATH: path.join(delimiter) };
  }

  const automation = (version: string) => join(".pulumi", "versions", version, "bin");
  const cache = join("cache", "pulumi-3.255.0-2", "bin");

  it("finds nothing on a new machine", () => {
    assert.deepEqual(find(env(join(home, "nowhere"))), { found: undefined, notes: [] });
  });

  it("prefers PATH, then the Automation API's cache, then ours", () => {
    const ours = tools(cache, "3.255.0");
    assert.equal(find(env()).found?.folder, ours);
    tools(automation("3.220.0"), "3.220.0");
    const newer = tools(automation("3.240.0"), "3.240.0");
    assert.equal(find(env()).found?.folder, newer);
    const onPath = tools("bin", "3.216.0");
    assert.deepEqual(find(env(onPath)).found, { folder: onPath, version: "3.216.0", source: "PATH" });
  });

  it("passes over a Pulumi that is too old, and says so", () => {
    const old = tools("bin", "3.100.0");
    const ours = tools(cache, "3.255.0");
    const { found, notes } = find(env(old));
    assert.equal(found?.folder, ours);
    assert.match(notes.join(), /it is 3\.100\.0, not 3\.216\.0 or newer/);
  });

  it("passes over a Pulumi without its language host", () => {
    const { found, notes } = find(env(tools("bin", "3.255.0", [])));
    assert.equal(found, undefined);
    assert.match(notes.join(), /pulumi-language-nodejs and pulumi-resource-pulumi-nodejs/);
  });

  it("takes companions from elsewhere on PATH", () => {
    const pulumi = tools("bin", "3.255.0", []);
    const companions = tools("companions", "3.255.0");
    assert.equal(find(env(pulumi, companions)).found?.folder, pulumi);
  });

  it("does not take half a toolchain from a cache", () => {
    tools(automation("3.255.0"), "3.255.0", []);
    tools(cache, "3.255.0", COMPANIONS.slice(1));
    assert.equal(find(env()).found, undefined);
  });
});
