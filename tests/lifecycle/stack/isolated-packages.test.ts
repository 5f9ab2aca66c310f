import { deepEqual, doesNotMatch, equal, match } from "node:assert/strict";
import { writeFileSync } from "node:fs";
import { join } from "node:path";
import { type Simulator, startSimulator } from "../../../simulator";
import { countOf } from "../../support/diagnostics";
import { linkIsolated } from "../../support/stack/stack-folder";
import { TestProject } from "../../support/stack/test-project";

/** The program's own package depends on this one alone. */
const COMPONENT = "desk-component";

const COMPONENT_CODE = `
  const { Conversation, StandingConversation, getConversations } = require("pulumi-twilio-conversations");
  module.exports = async (kinds) => {
    if (kinds.includes("look-up")) console.log("found", (await getConversations()).length);
    const declared = kinds.filter((kind) => kind !== "look-up").map(async (kind) => {
      await undefined;
      return kind === "component"
        ? new StandingConversation(kind, { members: { ann: { identity: "ann" } } })
        : new Conversation(kind, { uniqueName: kind });
    });
    await Promise.all(declared);
  };`;

describe("a workspace with isolated packages, where only a component depends on this one", () => {
  let simulator: Simulator;
  let project: TestProject;
  before(async () => {
    simulator = await startSimulator();
    project = await TestProject.create(simulator, COMPONENT, [], {}, (folder) => {
      linkIsolated(folder, COMPONENT);
      writeFileSync(join(folder, COMPONENT, "index.js"), COMPONENT_CODE);
      writeFileSync(join(folder, "pnpm-lock.yaml"), "");
    });
  });
  after(async () => {
    project?.remove();
    await simulator?.close();
  });

  for (const [what, kinds] of [
    ["a resource of each of its parts", ["first", "second", "third"]],
    ["a component", ["component"]],
  ] as const)
    it(`says once what to install before ${what} is registered, without a stack`, async () => {
      project.declare(kinds);
      simulator.clearRequests();
      const { code, output } = await project.up().ended;
      equal(code === 0, false);
      const [, diagnostics = ""] = output.split("\nDiagnostics:");
      match(
        diagnostics,
        /error: Pulumi's plugin cannot find pulumi-twilio-conversations from the program's folder, \S+\. Run `pnpm add pulumi-twilio-conversations` in the program's own package/,
      );
      equal(countOf(diagnostics, "error:"), 1, diagnostics);
      doesNotMatch(output, /\n\s+at |Require stack|MODULE_NOT_FOUND/);
      deepEqual([registered(project), simulator.requests()], [["pulumi:pulumi:Stack"], []]);
    });

  it("keeps look-ups, which need no plugin", async () => {
    project.declare(["look-up"]);
    const { code, output } = await project.up().ended;
    equal(code, 0, output);
    match(output, /found 0/);
  });
});

/** The types of everything in the state, the engine's own too. */
function registered(project: TestProject): string[] {
  const state = JSON.parse(project.stateText()) as {
    checkpoint: { latest?: { resources?: { type: string }[] } };
  };
  return (state.checkpoint.latest?.resources ?? []).map(({ type }) => type);
}
