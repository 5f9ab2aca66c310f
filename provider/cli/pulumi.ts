import { spawn } from "node:child_process";

/** How a command of the Pulumi CLI ended. */
export interface Ended {
  readonly code: number;
  readonly stdout: string;
  readonly stderr: string;
}

export class PulumiError extends Error {
  override name = "PulumiError";
}

/** Runs the user's own Pulumi CLI, which never asks anything here. */
export function runPulumi(args: readonly string[], cwd: string, input = ""): Promise<Ended> {
  const child = spawn("pulumi", [...args, "--non-interactive", "--color", "never"], { cwd });
  const read = { stdout: "", stderr: "" };
  for (const name of ["stdout", "stderr"] as const)
    child[name].setEncoding("utf8").on("data", (text: string) => {
      read[name] += text;
    });
  // A command that fails early closes its input before it has read it.
  child.stdin.on("error", () => {});
  child.stdin.end(input);
  return new Promise((done, fail) => {
    child.once("error", (error: NodeJS.ErrnoException) =>
      fail(
        error.code === "ENOENT"
          ? new PulumiError(
              "there is no `pulumi` on PATH: install the Pulumi CLI, or add its folder to PATH.",
            )
          : error,
      ),
    );
    child.once("close", (code) => done({ code: code ?? 1, ...read }));
  });
}

/** What a command prints; when it fails, an error with Pulumi's own words. */
export async function pulumiOutput(args: readonly string[], cwd: string, input?: string): Promise<string> {
  const { code, stdout, stderr } = await runPulumi(args, cwd, input);
  if (code === 0) return stdout;
  throw new PulumiError(`\`pulumi ${args.join(" ")}\` failed: ${withoutPrefix(stderr || stdout)}`);
}

function withoutPrefix(text: string): string {
  return text.trim().replace(/^error: /, "");
}
