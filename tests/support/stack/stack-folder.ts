import { mkdirSync, readFileSync, symlinkSync } from "node:fs";
import { dirname, join, relative, resolve } from "node:path";
import type { Simulator } from "../../../simulator";

const REPOSITORY = resolve(__dirname, "../../..");

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
  linkOwn(folder);
  linkSdk(folder);
}

/**
 * The same where packages are isolated, as pnpm lays them out (compared with pnpm 12.21): what the program uses is a
 * component of the workspace, and what that uses is beside the component alone.
 */
export function linkIsolated(folder: string, component: string): void {
  const store = join(folder, "node_modules", ".pnpm", "pulumi-twilio-conversations@0.1.0");
  linkOwn(store);
  for (const place of [folder, store, join(folder, component)]) linkSdk(place);
  const link = (target: string, path: string) => symlinkSync(relative(dirname(path), target), path);
  link(
    join(store, "node_modules/pulumi-twilio-conversations"),
    join(folder, component, "node_modules/pulumi-twilio-conversations"),
  );
  link(join(folder, component), join(folder, "node_modules", component));
}

function linkOwn(folder: string): void {
  const own = join(folder, "node_modules", "pulumi-twilio-conversations");
  mkdirSync(own, { recursive: true });
  for (const shipped of ["package.json", "dist", "esm"])
    symlinkSync(join(REPOSITORY, shipped), join(own, shipped));
}

function linkSdk(folder: string): void {
  const scope = join(folder, "node_modules", "@pulumi");
  mkdirSync(scope, { recursive: true });
  symlinkSync(join(REPOSITORY, "node_modules/@pulumi/pulumi"), join(scope, "pulumi"));
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
