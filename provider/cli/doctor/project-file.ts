import { existsSync, statSync } from "node:fs";
import { dirname, resolve } from "node:path";

/** The name of the runtime in a Pulumi.yaml or Pulumi.json, plain or with options. */
export function runtimeIn(text: string): string | undefined {
  const value =
    /^\s*["']?runtime["']?\s*:[ \t]*(?:\{[^}]*?["']?name["']?\s*:\s*|\r?\n\s+name\s*:\s*)?["']?([\w-]+)/m;
  return value.exec(text)?.[1];
}

/** Whether Pulumi compiles the program: it does, unless the runtime's options say that it shall not. */
export function usesTypeScript(text: string): boolean {
  return !/["']?typescript["']?\s*:\s*["']?false\b/.test(text);
}

/** Where Pulumi starts the program and the plugin: the project's folder, unless `main` names another. */
export function programFolder(projectFile: string, text: string): string {
  const folder = dirname(projectFile);
  const main = mainIn(text);
  if (main === undefined) return folder;
  const path = resolve(folder, main);
  return existsSync(path) && statSync(path).isDirectory() ? path : dirname(path);
}

/** In YAML it stands at the beginning of a line: `main` of an option is another one. */
function mainIn(text: string): string | undefined {
  const isJson = /^\s*\{/.test(text);
  const value = isJson ? /"main"\s*:\s*"([^"]+)"/ : /^main[ \t]*:[ \t]*["']?([^"'#\r\n]+)/m;
  return value.exec(text)?.[1]?.trim();
}
