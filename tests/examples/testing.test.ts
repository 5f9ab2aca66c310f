import { deepEqual, equal, match, ok } from "node:assert/strict";
import { stripVTControlCharacters } from "node:util";
import { blocksOf } from "./documented";
import { TestedProject } from "./tested-project";

const POLICY_COMMAND = "pulumi preview --policy-pack policy\n";

/** What the policy pack is to find: one role of two. */
const PROGRAM = `
import { Role, StandingConversation } from "pulumi-twilio-conversations";

const role = (name: string, permissions: string[]) =>
  new Role(name, { friendlyName: name, type: "conversation", permissions });
role("reader", ["leaveConversation"]);
role("owner", ["leaveConversation", "deleteConversation"]);
new StandingConversation("desk", { members: { alice: { identity: "alice" } } });
`;

describe("docs/testing.md", function () {
  this.timeout(240_000);
  const blocks = blocksOf("testing.md");
  const commands = blocks.filter(({ language }) => language === "sh").map(({ text }) => text);
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
    for (const way of [/mocha/, /jest/, /vitest/, /--policy-pack/])
      ok(commands.some((text) => way.test(text)));
  });

  for (const text of commands.filter((command) => command !== POLICY_COMMAND))
    it(`runs: ${text.trim()}`, async () => {
      const { code, stdout, stderr } = await project.run(text);
      const said = stripVTControlCharacters(stdout + stderr);
      equal(code, 0, said);
      match(said, text.includes("simulator") ? /\b1 pass/ : /\b2 pass/);
    });

  it(`runs: ${POLICY_COMMAND.trim()}`, async () => {
    ok(commands.includes(POLICY_COMMAND));
    project.addPolicies();
    project.write("index.ts", PROGRAM);
    const command = POLICY_COMMAND.replace(/policy$/m, project.startable("policy"));
    const { code, stdout, stderr } = await project.run(`pulumi stack init test\n${command}`);
    equal(code, 1, stdout + stderr);
    deepEqual(stdout.match(/Take deleteConversation out of .*/g), ["Take deleteConversation out of owner."]);
    match(stdout, /\[mandatory\] +conversations-stay +\(pulumi-nodejs:dynamic\/twilio:Role: owner\)/);
  });
});
