import { mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { delimiter, dirname, join } from "node:path";

/** What a command prints, or the code that it fails with. */
export type Answers = Record<string, { stdout?: string; stderr?: string; code?: number }>;

/** A `pulumi` that answers what it is told to and notes what it is asked: for backends that no test can have. */
export class FakePulumi {
  readonly folder = mkdtempSync(join(tmpdir(), "fake-pulumi-"));

  constructor(answers: Answers) {
    this.write("Pulumi.yaml", "name: desk\nruntime: nodejs\n");
    this.write("answers.json", JSON.stringify(answers));
    this.write("calls.txt", "");
    this.write(
      "pulumi",
      `#!${process.execPath}
const { appendFileSync, readFileSync } = require("node:fs");
const args = process.argv.slice(2).filter((arg) => !["--non-interactive", "--color", "never"].includes(arg));
// Whoever asks for the version need not end its input.
const input = args[0] === "version" ? "" : readFileSync(0, "utf8");
appendFileSync(__dirname + "/calls.txt", JSON.stringify({ command: args.join(" "), input }) + "\\n");
const answers = require("./answers.json");
const name = Object.keys(answers).find((start) => args.join(" ").startsWith(start));
const { stdout = "", stderr = "", code = 0 } = answers[name] ?? { stderr: "not expected", code: 1 };
process.stdout.write(stdout);
process.stderr.write(stderr);
process.exitCode = code;
`,
      0o755,
    );
  }

  private write(name: string, text: string, mode = 0o644): void {
    writeFileSync(join(this.folder, name), text, { mode });
  }

  get environment(): NodeJS.ProcessEnv {
    const path = [this.folder, dirname(process.execPath), process.env["PATH"]].join(delimiter);
    return { PATH: path, PULUMI_BACKEND_URL: "", PULUMI_STACK: "", PULUMI_HOME: this.folder };
  }

  calls(): { command: string; input: string }[] {
    const lines = readFileSync(join(this.folder, "calls.txt"), "utf8").trim().split("\n");
    return lines.filter((line) => line !== "").map((line) => JSON.parse(line));
  }

  remove(): void {
    rmSync(this.folder, { recursive: true, force: true });
  }
}
