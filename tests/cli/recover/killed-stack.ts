import { cpSync, readdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { setTimeout } from "node:timers/promises";
import type { Simulator } from "../../../simulator";
import { BUILT, type Ran, run, runBuilt } from "../../support/built-command";
import { killTree } from "../../support/processes";
import { stackEnvironment } from "../../support/stack/stack-folder";
import { OWN_LOCKS, TestProject } from "../../support/stack/test-project";

const PROGRAM = require.resolve("../../support/stack/declare-all.cjs");

/** What must be neither in any output nor in clear in the state. */
export const CANARY = "canary-4711";

/** What the stack has when it was up once. */
const FIRST = [
  { type: "Credential", name: "push", args: { type: "fcm", friendlyName: "push", secret: CANARY } },
  { type: "Conversation", name: "desk", args: { uniqueName: "desk" } },
  ...["ann", "zed"].map((name) => member(name, { team: "support" })),
];
/** What it was told to become when it was killed: one update, two creations, and one deletion that was yet to come. */
const SECOND = [...FIRST.slice(0, 2), member("ann", { team: "sales" }), member("bob"), member("cleo")];
const CALLS_AT_KILL = 3;

function member(identity: string, attributes = {}) {
  const conversationSid = { $of: "desk", output: "id" };
  return { type: "Participant", name: identity, args: { conversationSid, identity, attributes } };
}

/** A stack whose second `up` was killed while Twilio's answers were awaited; its backend can be put back to that. */
export class KilledStack {
  private constructor(
    private readonly simulator: Simulator,
    readonly project: TestProject,
  ) {}

  static async create(simulator: Simulator): Promise<KilledStack> {
    const project = await TestProject.create(simulator, PROGRAM, FIRST);
    const stack = new KilledStack(simulator, project);
    const { code, output } = await project.up().ended;
    if (code !== 0) throw new Error(output);
    writeFileSync(join(project.folder, "data.json"), JSON.stringify(SECOND));
    simulator.addFault({ kind: "hang", when: "after", method: "POST" });
    const run = project.up();
    while (simulator.faults().every(({ hits }) => hits < CALLS_AT_KILL)) await setTimeout(10);
    killTree(run.pid);
    await run.ended;
    simulator.clearFaults();
    copy(project.backend, stack.kept);
    return stack;
  }

  private get kept(): string {
    return join(this.project.folder, "kept");
  }

  /** As the kill left it. */
  restore(): void {
    rmSync(this.project.backend, { recursive: true });
    copy(this.kept, this.project.backend);
  }

  /** A file that belongs to the state, by its ending. */
  stateFile(ending = ""): string {
    return join(this.project.backend, "stacks", "project", `test.json${ending}`);
  }

  get lockFolder(): string {
    return join(this.project.backend, "locks", "organization", "project", "test");
  }

  /** Every file of the backend by its path, with what it holds. */
  files(): Record<string, string> {
    const all = readdirSync(this.project.backend, { recursive: true, withFileTypes: true });
    const paths = all.filter((entry) => entry.isFile()).map(({ parentPath, name }) => join(parentPath, name));
    return Object.fromEntries(paths.sort().map((path) => [path, readFileSync(path, "latin1")]));
  }

  recover(...args: string[]): Promise<Ran> {
    return this.recoverSelected("--stack", "test", ...args);
  }

  recoverSelected(...args: string[]): Promise<Ran> {
    const all = args.includes("--yes") ? [...args, "--force-unlock", OWN_LOCKS] : args;
    return recover(["--cwd", this.project.folder, ...all], this.environment);
  }

  /** In a terminal, where somebody types. */
  recoverInTerminal(typed: string): Promise<Ran> {
    return recoverInTerminal(["--stack", "test", "--cwd", this.project.folder], this.environment, typed);
  }

  private get environment(): NodeJS.ProcessEnv {
    return {
      ...stackEnvironment(this.project.folder, this.simulator),
      PULUMI_HOME: join(this.project.folder, "home"),
    };
  }
}

export function recover(args: string[], env: NodeJS.ProcessEnv): Promise<Ran> {
  return runBuilt(["recover", ...args], { env });
}

/** By util-linux's program that gives a command a terminal of its own. */
export function recoverInTerminal(args: string[], env: NodeJS.ProcessEnv, typed: string): Promise<Ran> {
  const command = [process.execPath, BUILT, "recover", ...args].join(" ");
  return run("script", ["--quiet", "--return", "--command", command, "/dev/null"], { env, input: typed });
}

/** The times are kept: they tell which copy is the newest. */
function copy(from: string, to: string): void {
  cpSync(from, to, { recursive: true, preserveTimestamps: true });
}
