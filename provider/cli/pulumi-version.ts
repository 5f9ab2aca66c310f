import { pulumiOutput } from "./pulumi";

/** The oldest SDK and CLI that the provider runs with: the SDK's provider texts came with it. */
export const LEAST_PULUMI = "3.216.0";
/** `pulumi import --file` takes outputs too since then, which `pulumi-twilio-conversations import` needs. */
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

/** What the Pulumi CLI says of its version. */
export async function pulumiVersion(cwd: string): Promise<string> {
  return (await pulumiOutput(["version"], cwd)).trim();
}
