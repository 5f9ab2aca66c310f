import { type Circumstances, type Ended, runProgram } from "./started-program";

export class PulumiError extends Error {
  override name = "PulumiError";
}

/** Runs the user's own Pulumi CLI, which never asks anything here. */
export async function runPulumi(args: readonly string[], circumstances: Circumstances): Promise<Ended> {
  try {
    return await runProgram("pulumi", [...args, "--non-interactive", "--color", "never"], circumstances);
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== "ENOENT") throw error;
    throw new PulumiError("there is no `pulumi` on PATH: install the Pulumi CLI, or add its folder to PATH.");
  }
}

/** What a command prints; when it fails, an error with Pulumi's own words. */
export async function pulumiOutput(args: readonly string[], cwd: string): Promise<string> {
  return outputOf(args, await runPulumi(args, { cwd }));
}

export function outputOf(args: readonly string[], { code, stdout, stderr }: Ended): string {
  if (code === 0) return stdout;
  throw new PulumiError(`\`pulumi ${args.join(" ")}\` failed: ${withoutPrefix(stderr || stdout)}`);
}

function withoutPrefix(text: string): string {
  return text.trim().replace(/^error: /, "");
}
