import { type Circumstances, type Ended, runProgram } from "./started-program";

export class PulumiError extends Error {
  override name = "PulumiError";
}

/** Runs the user's Pulumi CLI, without prompts. */
export async function runPulumi(args: readonly string[], circumstances: Circumstances): Promise<Ended> {
  try {
    return await runProgram("pulumi", [...args, "--non-interactive", "--color", "never"], circumstances);
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== "ENOENT") throw error;
    throw new PulumiError("there is no `pulumi` on PATH: install the Pulumi CLI, or add its folder to PATH.");
  }
}

/** Returns a command's output, or throws an error with Pulumi's own words. */
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

/** The oldest SDK and CLI that the provider supports: the SDK's provider texts came with it. */
export const LEAST_PULUMI = "3.216.0";

/** The oldest CLI whose `pulumi import --file` takes outputs, which `pulumi-twilio-conversations import` needs. */
export const LEAST_IMPORT = "3.254.0";

/** Whether a version, as `v3.255.0` or `3.255.0-alpha.1`, is at least another. */
export function isAtLeast(version: string, least: string): boolean {
  const [have, need] = [numbersOf(version), numbersOf(least)];
  const at = have.findIndex((number, index) => number !== need[index]);
  return at === -1 || (have[at] ?? 0) > (need[at] ?? 0);
}

function numbersOf(version: string): number[] {
  const found = /(\d+)\.(\d+)\.(\d+)/.exec(version) ?? [];
  return found.slice(1).map(Number);
}

/** The Pulumi CLI's version. */
export async function pulumiVersion(cwd: string): Promise<string> {
  return (await pulumiOutput(["version"], cwd)).trim();
}
