import { type Ran, runBuilt } from "../../support/built-command";

export interface Report {
  readonly well: boolean;
  readonly checks: readonly { name: string; status: string; found: string; cure?: string }[];
}

export function doctor(args: string[], env: NodeJS.ProcessEnv): Promise<Ran> {
  return runBuilt(["doctor", ...args], { env });
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
