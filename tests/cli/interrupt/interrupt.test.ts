import { deepEqual, equal, ok } from "node:assert/strict";
import { join } from "node:path";
import { setTimeout } from "node:timers/promises";
import { type Simulator, startSimulator } from "../../../simulator";
import { stackEnvironment } from "../../support/stack/stack-folder";
import { TestProject } from "../../support/stack/test-project";
import { Interruptible } from "./interruptible";
import { type Manner, StubbornPulumi } from "./stubborn-pulumi";

const PROGRAM = require.resolve("../../support/stack/declare-all.cjs");

/** What waits at most for what is not to be hurried. */
const PATIENCE_MS = 9_000;
const HURRIED_MS = 3_000;

describe("an interrupted command that has started Pulumi", () => {
  let simulator: Simulator;
  let run: Interruptible | undefined;
  before(async () => {
    simulator = await startSimulator();
  });
  after(() => simulator?.close());
  afterEach(() => run?.kill());

  const commands: [Manner, ...string[]][] = [
    ["ignores", "drift", "--stack", "test"],
    ["leaves", "drift", "--stack", "test"],
    ["leaves", "recover", "--stack", "test"],
    ["leaves", "doctor", "--stack", "test"],
    ["leaves", "import", "--stack", "test", "--all"],
    ["leaves", "try", "conversation", "list", "--stack", "test", "--live", "--yes"],
  ];
  for (const [manner, ...command] of commands)
    it(`${command[0]} leaves nothing behind of a Pulumi that ${manner} it`, async () => {
      const pulumi = new StubbornPulumi(manner);
      run = new Interruptible(command, pulumi.folder, { ...simulator.env, ...pulumi.environment });
      await run.until(() => pulumi.hangs);
      run.pressCtrlC();
      if (manner === "ignores") {
        await setTimeout(500);
        run.pressCtrlC();
      }
      const { signal, tookMs } = await run.end();
      deepEqual([signal, run.left()], ["SIGINT", []], run.output);
      ok(tookMs < HURRIED_MS, `it took ${tookMs} ms`);
      pulumi.remove();
    }).timeout(30_000);

  it("leaves nothing behind where npx was told to end, and not it itself", async () => {
    const pulumi = new StubbornPulumi("leaves");
    const env = { ...simulator.env, ...pulumi.environment };
    run = new Interruptible(["drift", "--stack", "test"], pulumi.folder, env, true);
    await run.until(() => pulumi.hangs);
    run.send("SIGTERM");
    equal((await run.end()).signal, "SIGTERM");
    await run.until(() => run?.left().length === 0);
    pulumi.remove();
  }).timeout(30_000);

  describe("on the engine, while Twilio does not answer", () => {
    let project: TestProject;
    before(async () => {
      const desk = { type: "Conversation", name: "desk", args: { uniqueName: "desk" } };
      project = await TestProject.create(simulator, PROGRAM, [desk]);
      const { code, output } = await project.up().ended;
      deepEqual([code], [0], output);
    });
    after(() => project?.remove());

    const ways: [string, NodeJS.Signals, number, (run: Interruptible) => Promise<void>][] = [
      ["Ctrl-C", "SIGINT", PATIENCE_MS, async (one) => one.pressCtrlC()],
      ["SIGTERM", "SIGTERM", PATIENCE_MS, async (one) => one.send("SIGTERM")],
      [
        "Ctrl-C twice",
        "SIGINT",
        HURRIED_MS,
        async (one) => {
          one.pressCtrlC();
          await setTimeout(500);
          one.pressCtrlC();
        },
      ],
      [
        "Ctrl-C, which npx passes on too",
        "SIGINT",
        PATIENCE_MS,
        async (one) => {
          one.pressCtrlC();
          one.send("SIGINT");
        },
      ],
    ];
    for (const [name, signal, limitMs, interrupt] of ways)
      it(`drift ends by ${name}, with its plugins`, async () => {
        const { folder } = project;
        const env = { ...stackEnvironment(folder, simulator), PULUMI_HOME: join(folder, "home") };
        simulator.addFault({ kind: "hang", when: "before", method: "GET", route: "/v1/Conversations" });
        const hanging = () => simulator.faults().some(({ hits }) => hits > 0);
        run = new Interruptible(["drift", "--stack", "test"], folder, env);
        await run.until(hanging);
        const there = run.left();
        for (const part of ["language-host", "dynamic-provider"])
          ok(
            there.some((command) => command.includes(part)),
            `${part} is not among ${there.join("\n")}`,
          );
        await interrupt(run);
        const ended = await run.end();
        simulator.clearFaults();
        deepEqual([ended.signal, run.left()], [signal, []], run.output);
        ok(ended.tookMs < limitMs, `it took ${ended.tookMs} ms`);
      }).timeout(60_000);
  });
});
