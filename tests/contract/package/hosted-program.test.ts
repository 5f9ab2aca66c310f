import { equal, match } from "node:assert/strict";
import { spawnSync } from "node:child_process";
import { mkdirSync, mkdtempSync, realpathSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join, resolve } from "node:path";
import { PACKAGE } from "../../../provider/core/program/plugin-reach";

const REPOSITORY = resolve(__dirname, "../../..");
const HOSTED = {
  PULUMI_NODEJS_MONITOR: "127.0.0.1:1",
  PULUMI_NODEJS_PROJECT: "desk",
  PULUMI_NODEJS_STACK: "dev",
};
const ROOT_DIRECTORY = "PULUMI_NODEJS_ROOT_DIRECTORY";
/** As hosts of today tell it; the folder of the project is relative here, since each test has its own. */
const IN_PROJECT = { ...HOSTED, [ROOT_DIRECTORY]: ".." };

interface Program {
  /** Where the package is, below the root; nowhere unless told. */
  readonly installed?: string;
  /** What the language host tells; there is none unless told. */
  readonly host?: Record<string, string>;
  /** Before the package is loaded, and after. */
  readonly first?: string;
  readonly later?: string;
}

const versions = (name: string) =>
  `Object.defineProperty(process, "versions", { value: { ...process.versions, ${name}: "3" } });`;
const inline = (stack: string) =>
  `require("@pulumi/pulumi").runtime.resetOptions("desk", "${stack}", 1, "", "127.0.0.1:2", true, "");`;

const ABSENT =
  /^UnreachableProviderError: Pulumi's plugin cannot find pulumi-twilio-conversations from the program's folder, \S+infra\. Run/;
const programs: Readonly<Record<string, [Program, "declares" | RegExp]>> = {
  "is installed for": [{ installed: "infra", host: HOSTED }, "declares"],
  "is not installed for": [{ host: HOSTED }, ABSENT],
  "has it only where it goes": [
    { installed: "elsewhere", host: HOSTED, later: 'process.chdir("../elsewhere");' },
    ABSENT,
  ],
  "goes elsewhere": [
    { installed: "infra", host: HOSTED, later: 'process.chdir("../elsewhere");' },
    "declares",
  ],
  "goes elsewhere before it loads anything": [
    {
      installed: "infra",
      host: IN_PROJECT,
      first: 'process.chdir("../elsewhere");',
    },
    "declares",
  ],
  "goes elsewhere before, and is not installed for": [
    { host: IN_PROJECT, first: 'process.chdir("../elsewhere");' },
    ABSENT,
  ],
  "is told a folder without a project": [{ host: { ...HOSTED, [ROOT_DIRECTORY]: "/nowhere" } }, ABSENT],
  "is an inline one, or has mocks": [{}, "declares"],
  "is an inline one within another": [{ host: HOSTED, later: inline("inner") }, "declares"],
  "runs under Bun": [
    { installed: "infra", host: HOSTED, first: versions("bun") },
    /^UnreachableProviderError: The program runs under Bun, .*\. Set `runtime: nodejs` in Pulumi\.yaml\./,
  ],
  "is an inline one under Bun": [{ first: versions("bun") }, "declares"],
  "runs under Yarn PnP, where it is found": [
    { installed: "infra", host: HOSTED, first: versions("pnp") },
    /^warning: \[runtime\] The program runs under Yarn PnP, .* Set `nodeLinker: node-modules` .*\ndeclares$/,
  ],
  "runs under Yarn PnP, where it is not": [{ host: HOSTED, first: versions("pnp") }, ABSENT],
};

describe("a program, before it declares anything", () => {
  let root: string;
  before(() => {
    root = realpathSync(mkdtempSync(join(tmpdir(), "hosted-program-")));
    writeFileSync(join(root, "Pulumi.yaml"), "name: desk\nmain: infra\n");
  });
  beforeEach(() => {
    for (const folder of ["infra", "elsewhere"]) mkdirSync(join(root, folder), { recursive: true });
  });
  afterEach(() => {
    for (const folder of ["infra", "elsewhere"]) rmSync(join(root, folder), { recursive: true });
  });
  after(() => rmSync(root, { recursive: true }));

  const run = ({ installed, host = {}, first = "", later = "" }: Program) => {
    if (installed !== undefined) {
      const folder = join(root, installed, "node_modules", PACKAGE);
      mkdirSync(folder, { recursive: true });
      writeFileSync(join(folder, "provider.js"), "");
    }
    const script = `
      const load = require("node:module").createRequire(${JSON.stringify(join(REPOSITORY, "index.js"))});
      ((require) => {
        ${first}
        const { refuseUnreachable } = require("./dist/provider/core/program/hosted-program");
        ${later}
        const errors = new Set();
        for (const _ of [1, 2, 3])
          try {
            refuseUnreachable();
          } catch (error) {
            errors.add(error);
          }
        for (const error of errors) console.log(error.name + ": " + error.message);
        if (errors.size === 0) console.log("declares");
      })(load);`;
    const { PULUMI_NODEJS_MONITOR: _, ...env } = process.env;
    const { stdout, stderr } = spawnSync(process.execPath, ["-e", script], {
      cwd: join(root, "infra"),
      encoding: "utf8",
      env: { ...env, ...host },
    });
    return `${stderr}${stdout}`.trim();
  };

  for (const [what, [program, expected]] of Object.entries(programs))
    it(`that ${what}`, () => {
      const printed = run(program);
      if (expected === "declares") equal(printed, "declares");
      else match(printed, expected);
      equal(printed.split("UnreachableProviderError").length <= 2, true, printed);
    });
});
