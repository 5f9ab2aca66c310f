import { mkdirSync, readFileSync, symlinkSync } from "node:fs";
import { join, resolve } from "node:path";
import type { Simulator } from "../../simulator";

const REPOSITORY = resolve(__dirname, "..", "..");

/** Whatever the developer's shell holds stays out of the tests; an empty variable counts as none. */
const NO_CREDENTIALS = Object.fromEntries(
  ["ACCOUNT_SID", "AUTH_TOKEN", "API_KEY", "API_SECRET", "REGION", "EDGE"].map((name) => [
    `TWILIO_${name}`,
    "",
  ]),
);

/** What the CLI is told, so that everything stays in this folder and goes to this simulator. */
export function stackEnvironment(folder: string, simulator: Simulator): Record<string, string> {
  return {
    ...NO_CREDENTIALS,
    ...simulator.env,
    PULUMI_BACKEND_URL: `file://${folder}`,
    PULUMI_CONFIG_PASSPHRASE: "",
  };
}

/**
 * The project's own modules, found from the stack's folder as in a user's project: of this package what it ships, since
 * the language host looks for plugins in all that lies in there.
 */
export function linkPackages(folder: string): void {
  const own = join(folder, "node_modules", "pulumi-twilio-conversations");
  for (const made of [own, join(folder, "node_modules", "@pulumi")]) mkdirSync(made, { recursive: true });
  for (const shipped of ["package.json", "dist", "esm"])
    symlinkSync(join(REPOSITORY, shipped), join(own, shipped));
  symlinkSync(join(REPOSITORY, "node_modules/@pulumi/pulumi"), join(folder, "node_modules/@pulumi/pulumi"));
}

export interface StateRow {
  readonly urn: string;
  readonly type: string;
  readonly id: string;
  readonly inputs: Record<string, unknown>;
  readonly outputs: Record<string, unknown>;
  /** It was replaced, and is yet to be deleted. */
  readonly delete?: boolean;
  /** It was deleted, and is yet to be replaced. */
  readonly pendingReplacement?: boolean;
}

export interface StackState {
  /** Ours, without the components that they are in. */
  readonly resources: StateRow[];
  /** What a run had begun and did not end. */
  readonly pending: number;
}

/** What a stack has recorded. From the file itself: asking the CLI takes half a second each time. */
export function readState(folder: string, project: string, stack: string): StackState {
  const text = readFileSync(stateFile(folder, project, stack), "utf8");
  const { latest } = (JSON.parse(text) as StateFile).checkpoint;
  return {
    resources: (latest?.resources ?? []).filter(({ type }) => type.includes("dynamic/twilio")),
    pending: latest?.pending_operations?.length ?? 0,
  };
}

export function stateFile(folder: string, project: string, stack: string): string {
  return join(folder, ".pulumi", "stacks", project, `${stack}.json`);
}

interface StateFile {
  readonly checkpoint: {
    readonly latest?: { readonly resources?: StateRow[]; readonly pending_operations?: unknown[] };
  };
}

/** The name that a program gave a resource. */
export function nameOf(urn: string): string {
  return urn.slice(urn.lastIndexOf("::") + 2);
}
