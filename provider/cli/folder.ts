import { existsSync } from "node:fs";
import { resolve } from "node:path";
import { UsageError } from "../../simulator";

/** The folder that `--cwd` names. */
export function givenFolder(cwd: string): string {
  const folder = resolve(cwd);
  if (!existsSync(folder)) throw new UsageError(`--cwd: there is no folder ${folder}.`);
  return folder;
}
