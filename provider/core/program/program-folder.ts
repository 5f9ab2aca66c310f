import { existsSync, statSync } from "node:fs";
import { dirname, join, resolve } from "node:path";

const PROJECT_FILES = ["Pulumi.yaml", "Pulumi.yml", "Pulumi.json"];

/** The project file of a folder, if it is a Pulumi project. */
export function projectFileIn(folder: string): string | undefined {
  return PROJECT_FILES.map((name) => join(folder, name)).find((path) => existsSync(path));
}

/** Where Pulumi starts the program and the plugin: the project's folder, unless `main` names another. */
export function programFolder(projectFile: string, text: string): string {
  const folder = dirname(projectFile);
  const main = mainIn(text);
  if (main === undefined) return folder;
  const path = resolve(folder, main);
  return existsSync(path) && statSync(path).isDirectory() ? path : dirname(path);
}

/** In YAML `main` stands at the beginning of a line; an option's `main` does not. */
function mainIn(text: string): string | undefined {
  const isJson = /^\s*\{/.test(text);
  const value = isJson ? /"main"\s*:\s*"([^"]+)"/ : /^main[ \t]*:[ \t]*["']?([^"'#\r\n]+)/m;
  return value.exec(text)?.[1]?.trim();
}

/** The nearest of the named files, from a folder upwards; within one folder, the first. */
export function nearestFile(folder: string, names: readonly string[]): string | undefined {
  const found = names.find((name) => existsSync(join(folder, name)));
  if (found !== undefined) return found;
  return dirname(folder) === folder ? undefined : nearestFile(dirname(folder), names);
}
