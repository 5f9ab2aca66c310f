import assert from "node:assert/strict";
import { execFileSync } from "node:child_process";
import { mkdirSync, mkdtempSync, rmSync, symlinkSync } from "node:fs";
import { tmpdir } from "node:os";
import { join, resolve } from "node:path";
import { definitions, roster } from "../../../provider/resources";

const REPOSITORY = resolve(__dirname, "../../..");

describe("The package in somebody's project", () => {
  let project: string;
  before(() => {
    project = mkdtempSync(join(tmpdir(), "consumer-"));
    mkdirSync(join(project, "node_modules"));
    symlinkSync(REPOSITORY, join(project, "node_modules", "pulumi-twilio-conversations"));
  });
  after(() => rmSync(project, { recursive: true }));

  const print = (program: string, type: "commonjs" | "module", ...flags: string[]) =>
    execFileSync(process.execPath, [...flags, `--input-type=${type}`, "-e", program], {
      cwd: project,
      encoding: "utf8",
    }).trim();

  it("gives the same classes and functions to require and to import", () => {
    const program = `
      import { createRequire } from "node:module";
      import { Participant, Conversation, membersFromFile } from "pulumi-twilio-conversations";
      const required = createRequire(import.meta.url)("pulumi-twilio-conversations");
      console.log([Participant === required.Participant, Conversation === required.Conversation, membersFromFile === required.membersFromFile]);`;
    assert.equal(print(program, "module"), "[ true, true, true ]");
  });

  it("has a provider for each class, loaded as the state's provider text says", () => {
    const program = `
      const { Role } = require("pulumi-twilio-conversations/provider");
      console.log(Object.keys(require("pulumi-twilio-conversations/provider")).sort().join(), Object.keys(Role).sort().join());`;
    const types = [...definitions, roster].map(({ type }) => type).sort();
    assert.equal(print(program, "commonjs"), `${types} check,configure,create,delete,diff,read,update`);
  });

  it("needs no ES module under mocks: the require of a test runner may take none", () => {
    const program = `
      const { runtime } = require("${REPOSITORY}/node_modules/@pulumi/pulumi");
      const { getRole, Role } = require("pulumi-twilio-conversations");
      runtime.setMocks({ newResource: ({ inputs }) => ({ id: "RL", state: inputs }), call: ({ token }) => ({ token }) });
      new Role("agent", { friendlyName: "agent", type: "service", permissions: ["joinConversation"] });
      getRole({ sid: "RL" }).then(({ token }) => console.log(token));`;
    assert.equal(print(program, "commonjs", "--no-experimental-require-module"), "twilio:index:getRole");
  });

  it("has a simulator for import and for require", () => {
    const started =
      "startSimulator().then(async (sim) => { console.log(Object.keys(sim.env).length); await sim.close(); })";
    assert.equal(
      print(`import { startSimulator } from "pulumi-twilio-conversations/simulator"; ${started}`, "module"),
      "3",
    );
    assert.equal(
      print(
        `const { startSimulator } = require("pulumi-twilio-conversations/simulator"); ${started}`,
        "commonjs",
      ),
      "3",
    );
  });

  it("packs what it exports, and nothing of the repository's own", () => {
    const listing = execFileSync("npm", ["pack", "--dry-run", "--json", "--ignore-scripts"], {
      cwd: REPOSITORY,
      encoding: "utf8",
    });
    const files = (JSON.parse(listing) as [{ files: { path: string }[] }])[0].files.map(({ path }) => path);
    for (const file of [
      "dist/provider/index.js",
      "dist/provider/plugin/dynamic/dynamic.js",
      "dist/provider/cli/main.js",
      "dist/provider/cli/try/field-docs.json",
      "dist/simulator/index.js",
      "esm/index.mjs",
    ])
      assert.ok(files.includes(file), file);
    assert.deepEqual(files.filter((path) => /\.d\.[cm]?ts$/.test(path)).sort(), [
      "dist/provider/index.d.ts",
      "dist/provider/plugin/dynamic/dynamic.d.ts",
      "dist/simulator/index.d.ts",
      "esm/index.d.mts",
      "esm/simulator.d.mts",
    ]);
    assert.deepEqual(
      files.filter((path) => /^(tests|scripts|examples|\.ci|node_modules)\//.test(path)),
      [],
    );
  });
});
