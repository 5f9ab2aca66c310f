import { spawn } from "node:child_process";
import { copyFileSync, existsSync, mkdirSync, mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { stripVTControlCharacters } from "node:util";
import { pulumiEnvironment } from "../toolchain/environment.mjs";
import { Problem } from "../toolchain/problem.mjs";

/**
 * A stack of one project whose state, home and configuration are in a temporary folder. It begins with the project's
 * own configuration for a stack of that name, if there is one.
 */
export class TemporaryStack {
  /** `show` gets what Pulumi prints, as it prints it. */
  constructor(project, toolchain, env, show = (text) => process.stdout.write(text), name = "demo") {
    this.name = name;
    this.show = show;
    this.project = project;
    this.pulumi = join(toolchain.folder, "pulumi");
    this.folder = mkdtempSync(join(tmpdir(), "twilio-conversations-demo-"));
    this.configFile = join(this.folder, `Pulumi.${name}.yaml`);
    const state = join(this.folder, "state");
    mkdirSync(join(state, "home"), { recursive: true });
    // The program is checked by `npm run check`; here that would only cost seconds at each step.
    this.env = { PULUMI_NODEJS_TRANSPILE_ONLY: "true", ...pulumiEnvironment(toolchain, state, env) };
    delete this.env.PULUMI_STACK;
  }

  async create() {
    // Pulumi writes a new stack's configuration beside its Pulumi.yaml, so this is done beside a copy.
    for (const file of ["Pulumi.yaml", `Pulumi.${this.name}.yaml`])
      if (existsSync(join(this.project, file)))
        copyFileSync(join(this.project, file), join(this.folder, file));
    await this.quietly(["stack", "init", this.name, "--no-select"], this.folder);
  }

  set(key, value) {
    return this.quietly([
      "config",
      "set",
      key,
      value,
      "--stack",
      this.name,
      "--config-file",
      this.configFile,
    ]);
  }

  /** What is protected can be destroyed after this. */
  unprotect() {
    return this.quietly(["state", "unprotect", "--all", "--yes", "--stack", this.name]);
  }

  async outputs() {
    return JSON.parse(await this.quietly(["stack", "output", "--json", "--stack", this.name]));
  }

  /** Runs one operation, shows what Pulumi prints and returns it without colours. */
  async run(command, ...flags) {
    const color = process.stdout.isTTY ? "always" : "never";
    const common = [
      "--stack",
      this.name,
      "--config-file",
      this.configFile,
      "--color",
      color,
      "--suppress-progress",
    ];
    const { code, output } = await this.start([command, ...flags, ...common], this.project, this.show);
    if (code !== 0)
      throw new Problem(`\`pulumi ${[command, ...flags].join(" ")}\` ended with exit code ${code}.`);
    return stripVTControlCharacters(output);
  }

  async quietly(args, cwd = this.project) {
    const { code, output } = await this.start(args, cwd, () => {});
    if (code !== 0) throw new Problem(`\`pulumi ${args.slice(0, 2).join(" ")}\` failed: ${output.trim()}`);
    return output;
  }

  async start(args, cwd, show) {
    if (this.interrupted && args[0] !== "destroy") throw new Problem("interrupted.");
    const child = spawn(this.pulumi, ["--non-interactive", ...args], {
      cwd,
      env: this.env,
      stdio: ["ignore", "pipe", "pipe"],
    });
    let output = "";
    for (const stream of [child.stdout, child.stderr]) {
      stream.setEncoding("utf8").on("data", (text) => {
        output += text;
        show(text);
      });
    }
    const code = await new Promise((done, fail) => {
      child.once("error", fail);
      child.once("close", done);
    });
    return { code, output };
  }

  /** Lets what runs now come to its end, and starts nothing new but a destroy. */
  interrupt() {
    this.interrupted = true;
  }

  removeFolder() {
    rmSync(this.folder, { recursive: true, force: true });
  }
}
