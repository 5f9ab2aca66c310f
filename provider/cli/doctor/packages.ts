import { existsSync, readdirSync, readFileSync, realpathSync } from "node:fs";
import { dirname, join } from "node:path";
import { requireFrom } from "../../core/program/plugin-reach";

/** An installed package. */
export interface Installed {
  readonly version: string;
  /** Resolved, without links. */
  readonly folder: string;
}

export const SDK = "@pulumi/pulumi";

/** The package that Pulumi's plugin resolves from a folder. */
export function installedFrom(folder: string, name: string): Installed | undefined {
  try {
    return installedIn(dirname(requireFrom(folder).resolve(`${name}/package.json`)));
  } catch {
    return undefined;
  }
}

/** Copies nested in other packages: resources of those packages would use another version. */
export function nestedCopies(modules: string, name: string): Installed[] {
  return packagesIn(modules)
    .map((folder) => join(folder, "node_modules", name))
    .filter((folder) => existsSync(join(folder, "package.json")))
    .map(installedIn);
}

function packagesIn(modules: string): string[] {
  if (!existsSync(modules)) return [];
  return readdirSync(modules).flatMap((entry) => {
    const folder = join(modules, entry);
    return entry.startsWith("@") ? readdirSync(folder).map((name) => join(folder, name)) : [folder];
  });
}

function installedIn(folder: string): Installed {
  const { version } = JSON.parse(readFileSync(join(folder, "package.json"), "utf8")) as { version: string };
  return { version, folder: realpathSync(folder) };
}
