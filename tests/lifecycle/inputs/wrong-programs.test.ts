import assert from "node:assert/strict";
import { Conversation, Role, ServiceWebhooks } from "../../../provider";
import { type Simulator, startSimulator } from "../../../simulator";
import { diagnosticsIn } from "../../support/diagnostics";
import { TestProject } from "../../support/stack/test-project";
import { TestStack } from "../../support/stack/test-stack";

/** Five of different kinds, and what is said of each: of one by a secret, of one beside an unknown. */
const WRONG = [
  {
    type: "Role",
    name: "agent",
    args: { friendlyName: "agent", type: "service", permissions: ["sendMessage"] },
  },
  {
    type: "Conversation",
    name: "desk",
    args: { attributes: { $secret: '{"pin":"CANARY"' }, state: "asleep" },
  },
  { type: "Participant", name: "alice", args: { conversationSid: { $of: "desk" }, identity: "system" } },
  {
    type: "Roster",
    name: "crew",
    args: { conversationSid: "crew", members: { bob: { identiy: "CANARY" } } },
  },
  { type: "Credential", name: "push", args: { type: "fcm", friendlyName: "push", scret: "CANARY" } },
];
const RIGHT = [{ type: "User", name: "carol", args: { identity: "carol" } }];
const TOLD = [
  "Conversation (desk) attributes",
  "Conversation (desk) state",
  "Credential (push) scret",
  "Credential (push) secret",
  "Participant (alice) identity",
  "Role (agent) permissions.0",
  "Roster (crew) members.bob",
  "Roster (crew) members.bob.identiy",
];

describe("a program with several wrong resources, by the CLI", () => {
  let simulator: Simulator;
  let project: TestProject;
  before(async () => {
    simulator = await startSimulator();
    const program = require.resolve("../../support/stack/declare-all.cjs");
    project = await TestProject.create(simulator, program, [...WRONG, ...RIGHT]);
  });
  after(async () => {
    project?.remove();
    await simulator?.close();
  });

  const run = async (...args: string[]) => {
    simulator.clearRequests();
    const { code, output } = await project.start(...args).ended;
    assert.doesNotMatch(output, /CANARY/);
    assert.doesNotMatch(output, /\n\s+at /);
    return { code, screen: diagnosticsIn(output), requests: simulator.requests() };
  };

  for (const command of [["preview"], ["preview", "--refresh"], ["up", "--yes"]])
    it(`is told all of it by one \`pulumi ${command.join(" ")}\`, each once at its resource, and nothing is sent`, async () => {
      const { code, screen, requests } = await run(...command);
      assert.notEqual(code, 0);
      assert.deepEqual(toldIn(screen), TOLD);
      assert.deepEqual(requests, []);
    });

  it("is told by `pulumi preview --diff`, which shows nothing of what is wrong", async () => {
    const { code, screen } = await run("preview", "--diff");
    assert.notEqual(code, 0);
    assert.equal(screen.split("has a problem: ").length - 1, TOLD.length);
    assert.doesNotMatch(screen, /__problems/);
  });

  it("sends nothing of what is wrong by `pulumi up --skip-preview`, which stops at the first", async () => {
    const { code, requests } = await run("up", "--yes", "--skip-preview");
    assert.notEqual(code, 0);
    const written = requests.filter(({ method }) => method !== "GET").map(({ path }) => path);
    assert.deepEqual(
      written.filter((path) => !path.startsWith("/v1/Users")),
      [],
    );
  });

  it("is told wrong credentials once, beside what else is wrong", async () => {
    await project.start("config", "set", "twilio:timeoutSeconds", "soon").ended;
    const { code, screen, requests } = await run("preview");
    await project.start("config", "rm", "twilio:timeoutSeconds").ended;
    assert.notEqual(code, 0);
    const isSetting = (told: string) => told.endsWith(" twilio");
    const told = toldIn(screen);
    assert.equal(told.filter(isSetting).length, 1);
    assert.match(screen, /twilio:timeoutSeconds must be a whole number/);
    assert.deepEqual(
      told.filter((one) => !isSetting(one)),
      TOLD,
    );
    assert.deepEqual(requests, []);
  });

  it("is told what the engine does not carry beside all else", async () => {
    const half = "cut \ud83d CANARY";
    const dora = { conversationSid: "desk", identity: "dora", attributes: { a: half } };
    project.declare([
      { type: "Participant", name: "dora", args: dora },
      {
        type: "Roster",
        name: "team",
        args: { conversationSid: "desk", members: { eve: { identity: half } } },
      },
      { type: "Credential", name: "key", args: { type: "fcm", secret: half } },
      { type: "User", name: "cut \ud83d", args: { identity: "frank" } },
      ...WRONG,
    ]);
    const { code, screen, requests } = await run("preview");
    assert.notEqual(code, 0);
    const told = [...screen.matchAll(/^ {4}error: (\w+ .+): (.+): holds half of a character/gm)];
    assert.deepEqual(told.map(([, where, path]) => `${where} ${path}`).sort(), [
      "Credential key secret",
      "Participant dora attributes.a",
      "Roster team members.eve.identity",
      "User cut \ufffd its name",
    ]);
    assert.deepEqual(toldIn(screen), TOLD);
    assert.deepEqual(requests, []);
  });

  it("fails also where a setting is declared twice, which no check sees", async () => {
    const filters = ["onMessageAdded"];
    const serviceSid = `IS${"0".repeat(32)}`;
    const twins = ["one", "two"].map((name) => ({
      type: "ServiceWebhooks",
      name,
      args: { serviceSid, filters },
    }));
    project.declare([...twins, ...WRONG]);
    const { code, screen, requests } = await run("up", "--yes");
    assert.notEqual(code, 0);
    assert.match(screen, /error: two is declared twice/);
    assert.deepEqual(toldIn(screen), TOLD);
    assert.deepEqual(requests, []);
  });
});

/** What the diagnostics tell of resources, each by its heading and the path or the beginning of what is said. */
function toldIn(screen: string): string[] {
  let heading = "";
  return screen
    .split("\n")
    .flatMap((line) => {
      heading = /^ {2}pulumi-nodejs:dynamic\/twilio:(\w+ \(\w+\)):$/.exec(line)?.[1] ?? heading;
      const [, told] = /^ {4}error: .* has a problem: ([^:]+)/.exec(line) ?? [];
      return told === undefined ? [] : [`${heading} ${told}`];
    })
    .sort();
}

describe("a wrong program of the Automation API", () => {
  let simulator: Simulator;
  const stacks: TestStack[] = [];
  const create = async (program: () => Promise<void>) => {
    const stack = await TestStack.create(simulator, program);
    stacks.push(stack);
    return stack;
  };
  before(async () => {
    simulator = await startSimulator();
  });
  after(async () => {
    for (const stack of stacks) stack.remove();
    await simulator?.close();
  });

  it("fails, and no other run of its process", async () => {
    let ended: () => void = () => undefined;
    const isOver = new Promise<void>((resolve) => {
      ended = resolve;
    });
    let begun: () => void = () => undefined;
    const hasBegun = new Promise<void>((resolve) => {
      begun = resolve;
    });
    const right = await create(async () => {
      new Conversation("desk", { friendlyName: "desk" });
      begun();
      await isOver;
    });
    const wrong = await create(async () => {
      for (const name of ["one", "two"])
        new ServiceWebhooks(name, { serviceSid: `IS${"0".repeat(32)}`, filters: ["onMessageAdded"] });
      new Role("agent", { friendlyName: "agent", type: "service", permissions: [] });
    });
    const other = right.preview();
    await hasBegun;
    const text = diagnosticsIn(await wrong.failing(() => wrong.preview()).finally(ended));
    assert.match(text, /two is declared twice/);
    assert.match(text, /agent.*permissions/);
    assert.equal((await other).steps["desk"]?.op, "create");
  });
});
