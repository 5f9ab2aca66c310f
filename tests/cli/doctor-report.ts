import { execFile } from "node:child_process";
import { resolve } from "node:path";

const MAIN = resolve(__dirname, "../../dist/provider/cli/main.js");

export interface Ran {
  readonly code: number;
  readonly stdout: string;
  readonly stderr: string;
}

export interface Report {
  readonly well: boolean;
  readonly checks: readonly { name: string; status: string; found: string; cure?: string }[];
}

export function doctor(args: string[], env: NodeJS.ProcessEnv): Promise<Ran> {
  return new Promise((done) => {
    execFile(
      process.execPath,
      [MAIN, "doctor", ...args],
      { env: { ...process.env, ...env }, timeout: 60_000 },
      (error, stdout, stderr) =>
        done({ code: error === null ? 0 : Number(error.code ?? -1), stdout, stderr }),
    );
  });
}

export function reportOf({ code, stdout }: Ran): { code: number; stdout: string; report: Report } {
  return { code, stdout, report: JSON.parse(stdout) as Report };
}

export function problemsIn({ checks }: Report): string[] {
  return checks.filter(({ status }) => status === "problem").map(({ name }) => name);
}

export function checkOf({ checks }: Report, wanted: string): Report["checks"][number] {
  const found = checks.find(({ name }) => name === wanted);
  if (found === undefined) throw new Error(`there is no check of ${wanted}`);
  return found;
}
