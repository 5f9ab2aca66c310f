import { deepEqual, doesNotMatch, equal, match, ok } from "node:assert/strict";
import { stripVTControlCharacters } from "node:util";
import { startSimulator } from "../../simulator";
import { blocksOf } from "./documented";
import { TestedProject } from "./tested-project";

const TESTERS = ["mocha", "jest", "vitest"];
/** What the README has exported in the shell: a simulator that runs elsewhere, or no more. */
const EXPORTED = {
  TWILIO_CONVERSATIONS_URL: "http://127.0.0.1:9",
  TWILIO_ACCOUNT_SID: `AC${"f".repeat(32)}`,
  TWILIO_AUTH_TOKEN: "f".repeat(32),
};

/** What a block installs, and what it runs then. */
function partsOf(text: string): { installed: string[]; commands: string } {
  const [, names = ""] = /^npm install --save-dev (.*)$/m.exec(text) ?? [];
  return {
    installed: names.split(" ").filter((name) => name !== ""),
    commands: text.replace(/^npm install .*\n/gm, ""),
  };
}

describe("docs/testing.md", function () {
  this.timeout(240_000);
  const blocks = blocksOf("testing.md");
  const parts = blocks.filter(({ language }) => language === "sh").map(({ text }) => partsOf(text));
  const isOf = (tester: string) => (part: { commands: string }) => part.commands.includes(`npx ${tester} `);
  let project: TestedProject;
  before(() => {
    project = new TestedProject(blocks);
  });
  after(() => project?.remove());

  it("has files and commands alone, and a command for each way of testing", () => {
    deepEqual(
      blocks.filter(({ language, file }) => (language === "sh") === (file !== undefined)),
      [],
    );
    deepEqual(
      TESTERS.map((tester) => parts.filter(isOf(tester)).length),
      [2, 2, 2],
    );
  });

  for (const tester of TESTERS)
    describe(`with what it installs for ${tester} and nothing else`, () => {
      const own = parts.filter(isOf(tester));
      const installed = own.flatMap((part) => part.installed);
      before(() => project.install(installed));
      after(() => project.uninstall(installed));

      for (const { commands } of own)
        it(`runs: ${commands.trim()}`, async () => {
          const { code, stdout, stderr } = await project.run(commands, EXPORTED);
          const said = stripVTControlCharacters(stdout + stderr);
          equal(code, 0, said);
          match(said, commands.includes("simulator") ? /\b1 pass/ : /\b2 pass/);
          doesNotMatch(said, /warn|TS\d{3}/i);
        });
    });

  it("runs a preview with the policy pack, which finds what it is to find", async () => {
    const part = parts.find(({ commands }) => commands.includes("--policy-pack"));
    ok(part);
    project.install(part.installed);
    const commands = part.commands.replace(
      /--policy-pack policy$/m,
      `--policy-pack ${project.startable("policy")}`,
    );
    ok(commands !== part.commands);
    const simulator = await startSimulator();
    try {
      const { code, stdout, stderr } = await project.run(commands, simulator.env);
      equal(code, 1, stdout + stderr);
      deepEqual(stdout.match(/Take deleteConversation out of .*/g), [
        "Take deleteConversation out of owner.",
      ]);
      match(stdout, /\[mandatory\] +conversations-stay +\(pulumi-nodejs:dynamic\/twilio:Role: owner\)/);
      match(stdout, /desk-alice/);
    } finally {
      await simulator.close();
    }
  });
});
