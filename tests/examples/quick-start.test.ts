import { deepEqual, equal, match, ok } from "node:assert/strict";
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { stripVTControlCharacters } from "node:util";
import { type Simulator, startSimulator } from "../../simulator";
import { TwilioAccount } from "../support/twilio-account";
import { blocksOf } from "./documented";
import { repository } from "./temporary-stack";
import { TestedProject } from "./tested-project";

const README = readFileSync(join(repository, "README.md"), "utf8");

/** The block without a language in a section of the README: what Pulumi prints, a line each, without its layout. */
function printedIn(section: string): string[] {
  const [, text = ""] = README.split(`\n## ${section}\n`);
  return linesOf(/\n\n```\n([\s\S]*?)\n```\n/.exec(text)?.[1] ?? "");
}

function linesOf(text: string): string[] {
  const lines = stripVTControlCharacters(text).split("\n");
  return lines.map((line) => line.trim().replaceAll(/\s+/g, " ")).filter((line) => line !== "");
}

/** The first preview checks the types of the program; after that this would only cost seconds. */
const UNCHECKED = { PULUMI_NODEJS_TRANSPILE_ONLY: "true" };

describe("The README's quick start", function () {
  this.timeout(120_000);
  const blocks = blocksOf("../README.md");
  const commands = blocks.filter(({ language }) => language === "sh").map(({ text }) => text);
  let project: TestedProject;
  let simulator: Simulator;
  before(async () => {
    project = new TestedProject(blocks.filter(({ file }) => file === "index.ts"));
    simulator = await startSimulator();
  });
  after(async () => {
    project?.remove();
    await simulator?.close();
  });

  const printed = async (text: string, env: NodeJS.ProcessEnv = {}) => {
    const { code, stdout, stderr } = await project.run(text, { ...simulator.env, ...env });
    equal(code, 0, stdout + stderr);
    return linesOf(stdout);
  };

  it("installs the file that npm pack makes", () => {
    const { name, version } = JSON.parse(readFileSync(join(repository, "package.json"), "utf8"));
    match(commands[0] ?? "", /^npm ci && npm pack /);
    ok(commands[0]?.includes(`npm install ./${name}-${version}.tgz @pulumi/pulumi`));
  });

  it("previews what it says, and creates it", async () => {
    const setUp = commands[1] ?? "";
    match(setUp, /^pulumi login --local /m);
    // Pulumi takes the home of the account that runs it, whatever HOME says: that is the developer's own state.
    await printed(setUp.replace("--local", `file://${project.folder}/home`));
    const preview = await printed("pulumi preview");
    // A terminal shows them as a tree below a heading.
    const said = printedIn("Quick start").map((line) => line.replace(/[├└]─ /, ""));
    equal(said.length, 5);
    deepEqual(
      said.slice(1).filter((line) => !preview.includes(line)),
      [],
    );
    await printed("pulumi up --yes --skip-preview", UNCHECKED);
    deepEqual(
      simulator
        .participants()
        .map(({ identity }) => identity)
        .sort(),
      ["alice", null],
    );
  });

  it("shows drift as it says, and reverts it", async () => {
    const alice = () => simulator.participants().find(({ identity }) => identity === "alice");
    await new TwilioAccount(simulator).post(
      `/Conversations/${alice()?.["conversation_sid"]}/Participants/${alice()?.sid}`,
      {
        Attributes: '{"team":"sales"}',
      },
    );
    const preview = await printed("pulumi preview --refresh --diff", UNCHECKED);
    const said = printedIn("Drift").filter((line) => !line.includes("…"));
    ok(said.length > 2);
    deepEqual(
      said.filter((line) => !preview.includes(line)),
      [],
    );
    await printed("pulumi up --refresh --yes --skip-preview", UNCHECKED);
    equal(alice()?.["attributes"], '{"team":"support"}');
  });

  it("sets what the simulator's command prints", () => {
    const names = [...(commands[2] ?? "").matchAll(/^export (\w+)=/gm)].map(([, name]) => name);
    deepEqual(names, Object.keys(simulator.env));
  });
});
