import { join } from "node:path";
import { pathToFileURL } from "node:url";

export const repository = join(__dirname, "../..");

/** What the tests use of scripts/demo/stack.mjs: a stack of a project, with all of its state in a temporary folder. */
export interface TemporaryStack {
  readonly name: string;
  /** A copy of the project's own for a stack of this name, with what was set since. */
  readonly configFile: string;
  create(): Promise<void>;
  set(key: string, value: string): Promise<void>;
  run(command: string, ...flags: string[]): Promise<string>;
  quietly(args: readonly string[]): Promise<string>;
  unprotect(): Promise<void>;
  outputs(): Promise<Record<string, unknown>>;
  removeFolder(): void;
}

/** `show` gets what set-up and Pulumi print. */
export async function temporaryStack(
  project: string,
  env: NodeJS.ProcessEnv,
  show: (text: string) => void,
  name?: string,
): Promise<TemporaryStack> {
  const { TemporaryStack } = await script("demo/stack.mjs");
  const { prepare } = await script("prepare.mjs");
  const stack = new TemporaryStack(join(repository, project), await prepare(show), env, show, name);
  await stack.create();
  return stack;
}

export function script(name: string) {
  return import(pathToFileURL(join(repository, "scripts", name)).href);
}

/** Whether a destroy would be refused. */
export async function protectsAny(stack: TemporaryStack): Promise<boolean> {
  const state = await stack.quietly(["stack", "export", "--stack", stack.name]);
  return /"protect": true/.test(state);
}

/** The user's environment without any account in it, and without a passphrase: the examples are kept under none. */
export async function anonymous(): Promise<NodeJS.ProcessEnv> {
  const { withoutTheWorld } = await script("demo/account.mjs");
  const { PULUMI_CONFIG_PASSPHRASE, PULUMI_CONFIG_PASSPHRASE_FILE, ...env } = withoutTheWorld(process.env);
  return env;
}
