import assert from "node:assert/strict";
import { existsSync, readdirSync } from "node:fs";
import { join } from "node:path";
import { type Simulator, startSimulator } from "../../simulator";
import { anonymous, repository, type TemporaryStack, temporaryStack } from "./temporary-stack";

/** What each example leaves at Twilio. A program that is not run at all ends well, too, so the tests count. */
const EXPECTED: Record<string, Counts> = {
  "support-desk": { conversations: 1, participants: 4, roles: 2 },
};

interface Counts {
  conversations: number;
  participants: number;
  roles: number;
}

const examples = readdirSync(join(repository, "examples")).filter((name) =>
  existsSync(join(repository, "examples", name, "Pulumi.yaml")),
);

describe("examples", function () {
  this.timeout(240_000);
  let simulator: Simulator;
  let stack: TemporaryStack | undefined;
  let printed: string;

  const show = (text: string) => {
    printed += text;
  };

  beforeEach(async () => {
    printed = "";
    simulator = await startSimulator();
  });
  afterEach(async function () {
    if (this.currentTest?.state === "failed") console.log(printed);
    stack?.removeFolder();
    await simulator.close();
  });

  for (const example of examples) {
    it(`${example}: comes up, is clean after a refresh, and goes`, async () => {
      const before = counts(simulator);
      stack = await temporaryStack(
        join("examples", example),
        { ...(await anonymous()), ...simulator.env },
        show,
      );

      await stack.run("up", "--yes", "--skip-preview");
      assert.deepEqual(difference(counts(simulator), before), EXPECTED[example]);

      const preview = await stack.run("preview", "--refresh", "--diff", "--expect-no-changes");
      assert.doesNotMatch(preview, /dynamic\/twilio/);

      await stack.run("destroy", "--yes", "--skip-preview");
      assert.deepEqual(counts(simulator), before);
    });
  }

  it("the project in the root previews the support desk, without an account", async () => {
    stack = await temporaryStack(".", await anonymous(), show);
    assert.match(await stack.run("preview"), /\+ 8 to create/);
    assert.equal(simulator.requests().length, 0);
  });
});

function counts(simulator: Simulator): Counts {
  return {
    conversations: simulator.conversations().length,
    participants: simulator.participants().length,
    roles: simulator.roles().length,
  };
}

function difference(after: Counts, before: Counts): Counts {
  return {
    conversations: after.conversations - before.conversations,
    participants: after.participants - before.participants,
    roles: after.roles - before.roles,
  };
}
