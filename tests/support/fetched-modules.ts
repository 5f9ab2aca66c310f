import { execFileSync } from "node:child_process";
import { cpSync, existsSync, mkdtempSync, renameSync, rmSync } from "node:fs";
import { join } from "node:path";

/**
 * Has npm fetch what the folder's lock file names, once. Several test files may ask at the same time, and a run may be
 * killed: what is fetched takes its place whole, and whoever is later throws its own away.
 */
export function fetchModules(folder: string, ...flags: readonly string[]): void {
  const modules = join(folder, "node_modules");
  if (existsSync(modules)) return;
  const aside = mkdtempSync(join(folder, ".fetching-"));
  try {
    for (const name of ["package.json", "package-lock.json"]) cpSync(join(folder, name), join(aside, name));
    execFileSync("npm", ["ci", ...flags, "--no-audit", "--no-fund", "--silent"], { cwd: aside });
    renameSync(join(aside, "node_modules"), modules);
  } catch (error) {
    if (!existsSync(modules)) throw error;
  } finally {
    rmSync(aside, { recursive: true, force: true });
  }
}
