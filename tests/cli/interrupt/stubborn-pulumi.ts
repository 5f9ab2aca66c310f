import { existsSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { delimiter, dirname, join } from "node:path";

/** `leaves`: it ends soon after a signal, and its plugin lives on; `ignores`: it takes no signal for an end, nor does its plugin. */
export type Manner = "leaves" | "ignores";

/** A `pulumi` that never answers, with a plugin in a process group of its own: what Pulumi does at its worst. */
export class StubbornPulumi {
  readonly folder = mkdtempSync(join(tmpdir(), "stubborn-pulumi-"));

  constructor(manner: Manner) {
    const deaf = 'for (const name of ["SIGINT", "SIGTERM"]) process.on(name, () => {});';
    const soon =
      'for (const name of ["SIGINT", "SIGTERM"]) process.on(name, () => setTimeout(process.exit, 150));';
    const write = (name: string, text: string, mode = 0o644) =>
      writeFileSync(join(this.folder, name), text, { mode });
    write("Pulumi.yaml", "name: desk\nruntime: nodejs\n");
    write("plugin.cjs", `${deaf} setInterval(() => {}, 1000); process.send("ready");`);
    write(
      "pulumi",
      `#!${process.execPath}
const { fork } = require("node:child_process");
const { writeFileSync } = require("node:fs");
${manner === "ignores" ? deaf : soon}
fork(__dirname + "/plugin.cjs", { detached: true }).once("message", () => writeFileSync(__dirname + "/hangs", ""));
`,
      0o755,
    );
  }

  /** It was started, and so was its plugin. */
  get hangs(): boolean {
    return existsSync(join(this.folder, "hangs"));
  }

  get environment(): NodeJS.ProcessEnv {
    const path = [this.folder, dirname(process.execPath), process.env["PATH"]].join(delimiter);
    return { PATH: path, PULUMI_BACKEND_URL: "", PULUMI_STACK: "", PULUMI_HOME: this.folder };
  }

  remove(): void {
    rmSync(this.folder, { recursive: true, force: true });
  }
}
