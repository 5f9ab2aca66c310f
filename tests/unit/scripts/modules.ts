import { join } from "node:path";
import { pathToFileURL } from "node:url";

export const repository = join(__dirname, "../../..");

/** The scripts are plain ES modules that have to run before anything is compiled, so they have no types. */
export function script<T>(name: string): Promise<T> {
  return import(pathToFileURL(join(repository, "scripts", name)).href) as Promise<T>;
}
