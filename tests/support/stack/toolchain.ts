import { execFileSync } from "node:child_process";
import { delimiter, dirname, resolve } from "node:path";

let folder: string | undefined;

/** Puts the CLI that set-up found first on PATH, and this very Node for the processes that it starts. */
export function useToolchain(): string {
  if (folder !== undefined) return folder;
  const setup = resolve(__dirname, "../../../scripts/setup.mjs");
  folder = execFileSync(process.execPath, [setup, "--print"], { encoding: "utf8" }).trim();
  process.env["PATH"] = [folder, dirname(process.execPath), process.env["PATH"]].join(delimiter);
  process.env["PULUMI_SKIP_UPDATE_CHECK"] = "true";
  return folder;
}
