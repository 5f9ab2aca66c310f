import { execFile } from "node:child_process";
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { promisify } from "node:util";
import {
  type EngineEvent,
  LocalWorkspace,
  PulumiCommand,
  type PulumiFn,
  type Stack,
} from "@pulumi/pulumi/automation";
import * as settings from "@pulumi/pulumi/runtime/settings";
import { READ_LAG_MS } from "../../../provider/core/api/eventual-consistency";
import type { RequestRecord, Simulator } from "../../../simulator";
import { linkPackages, nameOf, readState, type StateRow, stackEnvironment, stateFile } from "./stack-folder";
import { useToolchain } from "./toolchain";

// The SDK leaves the connections of every run behind, and they go on looking for their engine. When a later engine is
// given the port of one that is gone, its program would share that connection, and fail without an error
// (automation/server.js and @grpc/grpc-js, found at 3.255.0 and 1.14).
const { grpcClientOptions } = settings as unknown as { grpcClientOptions: Record<string, unknown> };
grpcClientOptions["grpc.use_local_subchannel_pool"] = 1;

const PROJECT = "lifecycle";

let command: Promise<PulumiCommand> | undefined;

/** The CLI, which is asked for its version once, and not for every stack. */
function cli(): Promise<PulumiCommand> {
  command ??= PulumiCommand.get();
  return command;
}

/** What the engine meant to do, or did, with one resource. */
export interface Step {
  readonly op: string;
  /** The properties that it names as changed, down to the key: `attributes.team`. */
  readonly keys: string[];
}

/** What a user sees of an operation, and what Twilio saw of it. */
export interface Outcome {
  /** By resource name; what stays the same is left out. */
  readonly steps: Record<string, Step>;
  readonly text: string;
  readonly requests: RequestRecord[];
}

export interface OperationOptions {
  readonly refresh?: boolean;
  readonly replace?: string[];
  /** How many steps at once; without it the engine takes four for each core. */
  readonly parallel?: number;
  /** URNs of the resources that it is about; of others the provider hears nothing. */
  readonly target?: string[];
}

/** A stack on the real engine, with its state in a folder of its own, against a simulator. */
export class TestStack {
  private readonly untouched: string;

  private constructor(
    private readonly stack: Stack,
    private readonly simulator: Simulator,
    private readonly folder: string,
    private readonly wasRun: () => boolean,
  ) {
    this.untouched = readFileSync(this.stateFile, "utf8");
  }

  static async create(
    simulator: Simulator,
    program: PulumiFn,
    env: Record<string, string> = {},
  ): Promise<TestStack> {
    useToolchain();
    let isRun = false;
    const noted: PulumiFn = async () => {
      await program();
      isRun = true;
    };
    const folder = mkdtempSync(join(tmpdir(), "twilio-conversations-test-"));
    linkPackages(folder);
    const stack = await LocalWorkspace.createStack(
      { stackName: "test", projectName: PROJECT, program: noted },
      {
        workDir: folder,
        pulumiCommand: await cli(),
        // Else the SDK makes the current folder the program's, and the provider is looked for there.
        projectSettings: { name: PROJECT, runtime: "nodejs" },
        pulumiHome: join(folder, "home"),
        envVars: {
          ...stackEnvironment(folder, simulator),
          // Writing the whole state at every step is a tenth of a test's time, and counts for a crash alone.
          PULUMI_SKIP_CHECKPOINTS: "true",
          ...env,
        },
      },
    );
    // After every operation the SDK asks the CLI for the outputs, twice, and for the history: half of a test's time.
    Object.assign(stack, { outputs: async () => ({}), info: async () => undefined });
    return new TestStack(stack, simulator, folder, () => {
      const wasRun = isRun;
      isRun = false;
      return wasRun;
    });
  }

  get environment(): Record<string, string> {
    return this.stack.workspace.envVars;
  }

  preview(options: OperationOptions = {}): Promise<Outcome> {
    return this.observe((watch) =>
      this.running(() => this.stack.preview({ ...options, ...watch, diff: true })),
    );
  }

  up(options: OperationOptions = {}): Promise<Outcome> {
    return this.observe((watch) => this.running(() => this.stack.up({ ...options, ...watch })));
  }

  refresh(): Promise<Outcome> {
    return this.observe((watch) => this.stack.refresh(watch));
  }

  destroy(): Promise<Outcome> {
    return this.observe((watch) => this.stack.destroy(watch));
  }

  /** What the user reads when the operation fails. */
  async failing(operation: () => Promise<Outcome>): Promise<string> {
    let outcome: Outcome;
    try {
      outcome = await operation();
    } catch (error) {
      return String(error);
    }
    throw new Error(`the operation did not fail, but did this:\n${outcome.text}`);
  }

  /** As `pulumi config set` does; what is no secret is written without the CLI, which takes half a second. */
  async setConfig(key: string, value: string, secret = false): Promise<void> {
    if (secret) return this.stack.setConfig(key, { value, secret });
    const { name, workspace } = this.stack;
    const settings = await workspace.stackSettings(name);
    await workspace.saveStackSettings(name, { ...settings, config: { ...settings.config, [key]: value } });
  }

  /** A command of the CLI on this stack. */
  async run(...args: string[]): Promise<string> {
    const env = { ...process.env, ...this.environment, PULUMI_HOME: join(this.folder, "home") };
    const command = [...args, "--stack", this.stack.name, "--non-interactive"];
    return (await promisify(execFile)("pulumi", command, { cwd: this.folder, env })).stdout;
  }

  /** The resources in state, by name. */
  state(): Record<string, StateRow> {
    return Object.fromEntries(this.rows().map((row) => [nameOf(row.urn), row]));
  }

  /** The same, with what is yet to be deleted: of one name there can be several. */
  rows(): StateRow[] {
    return readState(this.folder, PROJECT, this.stack.name).resources;
  }

  /** Makes it a stack that has never been up, without the cost of a new one. */
  forget(): void {
    writeFileSync(this.stateFile, this.untouched);
  }

  private get stateFile(): string {
    return stateFile(this.folder, PROJECT, this.stack.name);
  }

  async outputs(): Promise<Record<string, unknown>> {
    const outputs = await this.stack.workspace.stackOutputs(this.stack.name);
    return Object.fromEntries(Object.entries(outputs).map(([name, { value }]) => [name, value]));
  }

  remove(): void {
    rmSync(this.folder, { recursive: true, force: true });
  }

  /**
   * The SDK swallows a gRPC error of an inline program (automation/server.js at 3.255.0): an operation then succeeds
   * with nothing declared, and deletes everything.
   */
  private async running(operation: () => Promise<unknown>): Promise<void> {
    this.wasRun();
    await operation();
    if (!this.wasRun()) throw new Error("the operation succeeded without having run the program");
  }

  private async observe(operation: (watch: Watch) => Promise<unknown>): Promise<Outcome> {
    const steps: Record<string, Step> = {};
    let text = "";
    this.simulator.clearRequests();
    // Between two operations of a user a moment passes, in which reads catch up with writes.
    this.simulator.clock.advance(READ_LAG_MS);
    const onOutput = (chunk: string) => {
      text += chunk;
    };
    const onEvent = (event: EngineEvent) => noteStep(steps, event);
    await withoutStacks(() => operation({ onOutput, onError: onOutput, onEvent, color: "never" }));
    return { steps, text, requests: this.simulator.requests() };
  }
}

/**
 * The SDK writes down a stack for each of its promises (runtime/debuggable.js at 3.255.0): a third of the time of a large
 * program. A test that fails later has its own stack all the same.
 */
async function withoutStacks(operation: () => Promise<unknown>): Promise<void> {
  const { stackTraceLimit } = Error;
  Error.stackTraceLimit = 0;
  try {
    await operation();
  } finally {
    Error.stackTraceLimit = stackTraceLimit;
  }
}

interface Watch {
  onOutput(chunk: string): void;
  onError(chunk: string): void;
  onEvent(event: EngineEvent): void;
  color: "never";
}

const QUIET_OPS = new Set(["same", "refresh", "read", "read-replacement", "discard"]);
/** A replacement is announced as three steps: this one names the properties. */
const PARTIAL_OPS = new Set([
  "create-replacement",
  "delete-replaced",
  "read-replacement",
  "discard-replaced",
]);

function noteStep(steps: Record<string, Step>, { resourcePreEvent }: EngineEvent): void {
  const step = resourcePreEvent?.metadata;
  if (step === undefined || !step.type.includes("dynamic/twilio") || QUIET_OPS.has(step.op)) return;
  const name = nameOf(step.urn);
  if (PARTIAL_OPS.has(step.op) && steps[name]?.op === "replace") return;
  const op = PARTIAL_OPS.has(step.op) ? "replace" : step.op;
  steps[name] = { op, keys: Object.keys(step.detailedDiff ?? {}).sort() };
}
