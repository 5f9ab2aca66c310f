import { deepEqual, equal, match } from "node:assert/strict";
import { mkdirSync, mkdtempSync, realpathSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { installedFrom, nestedCopies } from "../../../../provider/cli/doctor/packages";
import { judgedPackage, judgedProject, judgedSdk } from "../../../../provider/cli/doctor/wiring";
import { PACKAGE } from "../../../../provider/core/program/plugin-reach";
import { programFolder } from "../../../../provider/core/program/program-folder";
import { VERSION } from "../../../../provider/version";

/** With them a module finds the package that it belongs to by its name. */
const exports = { "./package.json": "./package.json" };

describe("doctor: packages", () => {
  let root: string;
  beforeEach(() => {
    root = realpathSync(mkdtempSync(join(tmpdir(), "doctor-test-")));
  });
  afterEach(() => rmSync(root, { recursive: true }));
  const install = (version: string, ...path: string[]) => {
    const folder = join(root, ...path);
    mkdirSync(folder, { recursive: true });
    writeFileSync(join(folder, "package.json"), JSON.stringify({ name: PACKAGE, version, exports }));
    return { version, folder };
  };

  it("are found from the folder upwards", () => {
    const installed = install("1.2.3", "node_modules", PACKAGE);
    mkdirSync(join(root, "infra", "main"), { recursive: true });
    deepEqual(installedFrom(join(root, "infra", "main"), PACKAGE), installed);
  });

  it("are not found where the folder is the package itself, as the plugin finds none there", () => {
    install("1.2.3");
    equal(installedFrom(root, PACKAGE), undefined);
  });

  it("are found where another package has its own copy", () => {
    install("1.2.3", "node_modules", PACKAGE);
    const copies = [
      install("1.0.0", "node_modules", "@desk", "kit", "node_modules", PACKAGE),
      install("1.1.0", "node_modules", "kit", "node_modules", PACKAGE),
    ];
    deepEqual(nestedCopies(join(root, "node_modules"), PACKAGE), copies);
    deepEqual(nestedCopies(join(root, "nowhere"), PACKAGE), []);
  });

  it("are one version, that of this command", () => {
    const [here, old] = [
      { version: VERSION, folder: "/here" },
      { version: "0.0.9", folder: "/kit" },
    ];
    equal(judgedPackage(here, [here]).status, "ok");
    match(judgedPackage(here, [old]).found, /runs .*, but there is 0\.0\.9 in \/kit too/);
    match(judgedPackage(old, []).hint ?? "", /npx pulumi-twilio-conversations doctor/);
    const pnp = judgedPackage(here, [here], true);
    deepEqual([pnp.status, /Yarn PnP/.test(pnp.found)], ["warning", true]);
  });

  it("have one SDK, that is new enough, and not newer than the CLI", () => {
    const sdk = (version: string, folder = "/sdk") => ({ version, folder });
    const judged = (...[ofProgram, ofProvider, cliVersion]: [unknown?, unknown?, string?]) =>
      judgedSdk("/here", { ofProgram, ofProvider, cliVersion } as Parameters<typeof judgedSdk>[1]);
    const statuses = [
      judged(),
      judged(sdk("3.215.0")),
      judged(sdk("3.255.0"), sdk("3.255.0", "/other")),
      judged(sdk("3.255.0"), sdk("3.255.0"), "v3.254.0"),
      judged(sdk("3.255.0"), sdk("3.255.0"), "v3.255.0"),
      judged(sdk("3.255.0")),
    ].map(({ status }) => status);
    deepEqual(statuses, ["problem", "problem", "warning", "warning", "ok", "ok"]);
  });

  it("run under Node, and not under Bun, which goes on installing them", () => {
    const project = { name: "desk", file: "/desk/Pulumi.yaml" };
    const judged = ["nodejs", "bun", "go", undefined].map((runtime) => judgedProject(project, runtime));
    deepEqual(
      judged.map(({ status }) => status),
      ["ok", "problem", "problem", "problem"],
    );
    match(judged[1]?.found ?? "", /under Bun, where Pulumi does not run dynamic providers/);
    match(judged[1]?.hint ?? "", /`runtime: nodejs` in Pulumi\.yaml.*packagemanager: bun/);
  });

  it("are looked for where Pulumi starts the program", () => {
    mkdirSync(join(root, "infra"));
    const file = join(root, "Pulumi.yaml");
    for (const [text, folder] of [
      ["name: desk\n", root],
      ["name: desk\nmain: infra/\n", join(root, "infra")],
      ["name: desk\nmain: 'infra/index.ts' # the program\n", join(root, "infra")],
      ['{ "name": "desk", "main": "infra" }', join(root, "infra")],
      ["name: desk\noptions:\n  main: infra\n", root],
    ] as const)
      equal(programFolder(file, text), folder, text);
  });
});
