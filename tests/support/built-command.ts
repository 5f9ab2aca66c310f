import { spawn } from "node:child_process";
import { once } from "node:events";
import { resolve } from "node:path";

/** `pulumi-twilio-conversations`, as it was built. */
export const BUILT = resolve(__dirname, "../../dist/provider/cli/main.js");

/** No command takes that long; it ends one that hangs. */
const LONGEST_MS = 60_000;

export interface Ran {
  readonly code: number;
  readonly stdout: string;
  readonly stderr: string;
}

export interface Circumstances {
  /** Added to the environment, of which the developer's own account is no part. */
  readonly env?: NodeJS.ProcessEnv;
  readonly cwd?: string;
  /** What is typed. */
  readonly input?: string;
  /** When it is ended. */
  readonly timeoutMs?: number;
}

/** `pulumi-twilio-conversations …` as a user runs it, without a terminal. */
export function runBuilt(args: readonly string[], circumstances?: Circumstances): Promise<Ran> {
  return run(process.execPath, [BUILT, ...args], circumstances);
}

export async function run(
  program: string,
  args: readonly string[],
  { env, cwd, input = "", timeoutMs = LONGEST_MS }: Circumstances = {},
): Promise<Ran> {
  const kept = Object.entries(process.env).filter(([name]) => !name.startsWith("TWILIO_"));
  const child = spawn(program, args, {
    cwd,
    env: { ...Object.fromEntries(kept), ...env },
    timeout: timeoutMs,
  });
  child.stdin.end(input);
  const output = { stdout: "", stderr: "" };
  for (const name of ["stdout", "stderr"] as const)
    child[name].setEncoding("utf8").on("data", (text) => {
      output[name] += text;
    });
  const [code] = await once(child, "close");
  return { code, ...output };
}
