import { spawn } from "node:child_process";
import { cpSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { hostname, tmpdir, userInfo } from "node:os";
import { join } from "node:path";
import type { Simulator } from "../../../simulator";
import { BUILT } from "../built-command";
import { linkPackages, readState, type StackState, stackEnvironment, stateFile } from "./stack-folder";
import { useToolchain } from "./toolchain";

const PROJECT = "project";
const STACK = "test";

/** By whom a run of this user locks a stack. */
export const OWN_LOCKS = `${userInfo().username}@${hostname()}`;

/** A command of the CLI that was started, and can be killed. */
export interface Command {
  readonly pid: number;
  readonly ended: Promise<{ code: number | null; output: string }>;
}

/** A Pulumi project whose program has a process of its own, as a user's has; what it declares is given as data. */
export class TestProject {
  private constructor(
    readonly folder: string,
    private readonly environment: NodeJS.ProcessEnv,
  ) {}

  /**
   * `program` is a module that takes the data; `env` adds to what the CLI is told, or takes from it; `link` gives the
   * folder its node_modules.
   */
  static async create(
    simulator: Simulator,
    program: string,
    data: unknown,
    env: Record<string, string> = {},
    link: (folder: string) => void = linkPackages,
  ): Promise<TestProject> {
    useToolchain();
    const folder = mkdtempSync(join(tmpdir(), "twilio-conversations-project-"));
    link(folder);
    const write = (name: string, text: string) => writeFileSync(join(folder, name), text);
    write("Pulumi.yaml", `name: ${PROJECT}\nruntime: { name: nodejs, options: { typescript: false } }\n`);
    write("package.json", JSON.stringify({ name: PROJECT, main: "index.cjs" }));
    write("index.cjs", `require(${JSON.stringify(program)})(require("./data.json"));\n`);
    const project = new TestProject(folder, {
      ...process.env,
      ...stackEnvironment(folder, simulator),
      ...env,
      PULUMI_HOME: join(folder, "home"),
    });
    project.declare(data);
    const { code, output } = await project.start("stack", "init").ended;
    if (code !== 0) throw new Error(output);
    cpSync(project.backend, project.unused, { recursive: true });
    return project;
  }

  /** Changes what the program declares from now on. */
  declare(data: unknown): void {
    writeFileSync(join(this.folder, "data.json"), JSON.stringify(data));
  }

  /** Gives the stack's config the secrets that an imported program asks for. */
  async setSecrets(keys: readonly string[]): Promise<void> {
    if (keys.length === 0) return;
    const secrets = keys.flatMap((key) => ["--secret", `${key}=hidden`]);
    const { code, output } = await this.start("config", "set-all", ...secrets).ended;
    if (code !== 0) throw new Error(output);
  }

  /** Where the CLI keeps its state, locks and backups. */
  get backend(): string {
    return join(this.folder, ".pulumi");
  }

  private get unused(): string {
    return join(this.folder, "unused-backend");
  }

  /** `pulumi …` on this stack. */
  start(...args: string[]): Command {
    return this.startOn(STACK, ...args);
  }

  /** The same on another stack of the project. */
  startOn(stack: string, ...args: string[]): Command {
    return this.spawn("pulumi", [...args, "--stack", stack, "--non-interactive", "--color", "never"]);
  }

  /** Another stack of the project, as empty as this one was. */
  async addStack(name: string): Promise<void> {
    const init = this.spawn("pulumi", ["stack", "init", name, "--no-select", "--non-interactive"]);
    const { code, output } = await init.ended;
    if (code !== 0) throw new Error(output);
  }

  /** `pulumi-twilio-conversations …` on this stack, as it was built. */
  startOurs(...args: string[]): Command {
    return this.spawn(process.execPath, [BUILT, ...args, "--stack", STACK]);
  }

  /** `recover` of what was killed here; in a container nobody can see that it is gone, so it is named. */
  recover(): Command {
    return this.startOurs("recover", "--yes", "--force-unlock", OWN_LOCKS);
  }

  /** Lines for a shell, as a page of the docs has them. */
  startShell(script: string): Command {
    return this.spawn("sh", ["-ec", script]);
  }

  private spawn(program: string, args: readonly string[]): Command {
    const child = spawn(program, args, {
      cwd: this.folder,
      env: this.environment,
      stdio: ["ignore", "pipe", "pipe"],
    });
    let output = "";
    for (const stream of [child.stdout, child.stderr])
      stream.setEncoding("utf8").on("data", (text) => {
        output += text;
      });
    const ended = new Promise<{ code: number | null; output: string }>((done, fail) => {
      child.once("error", fail);
      // Not `close`: what outlives the CLI keeps its output open.
      child.once("exit", (code) => done({ code, output }));
    });
    return { pid: child.pid ?? 0, ended };
  }

  up(): Command {
    return this.start("up", "--yes", "--skip-preview", "--suppress-progress");
  }

  state(): StackState {
    return readState(this.folder, PROJECT, STACK);
  }

  /** The same as the text of its file. */
  stateText(): string {
    return readFileSync(stateFile(this.folder, PROJECT, STACK), "utf8");
  }

  /** What a kill has left empty or cut, of the state and what stands beside it. */
  damagedFiles(): string[] {
    const folder = join(this.backend, "stacks", PROJECT);
    return readdirSync(folder).filter((name) => !isJson(readFileSync(join(folder, name), "utf8")));
  }

  /** As if the stack had never been up. */
  forget(): void {
    rmSync(this.backend, { recursive: true });
    cpSync(this.unused, this.backend, { recursive: true });
  }

  remove(): void {
    rmSync(this.folder, { recursive: true, force: true });
  }
}

function isJson(text: string): boolean {
  try {
    JSON.parse(text);
    return true;
  } catch {
    return false;
  }
}
