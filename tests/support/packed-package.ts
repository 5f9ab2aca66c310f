import { execFileSync } from "node:child_process";
import { mkdirSync, symlinkSync } from "node:fs";
import { join, resolve } from "node:path";

const REPOSITORY = resolve(__dirname, "..", "..");
export const REPOSITORYS_MODULES = join(REPOSITORY, "node_modules");
export const PACKAGE = "pulumi-twilio-conversations";

/** Puts the package into a project's modules, as it is packed for npm. */
export function installPacked(modules: string): void {
  const folder = join(modules, PACKAGE);
  mkdirSync(folder, { recursive: true });
  unpack(folder, REPOSITORY);
}

/** What `npm pack` gives, in a folder: of a folder, or of a package of the registry. */
export function unpack(folder: string, cwd: string, ...what: string[]): void {
  const packing = ["pack", ...what, "--ignore-scripts", "--silent", "--pack-destination", folder];
  const name = execFileSync("npm", packing, { cwd, encoding: "utf8" }).trim();
  execFileSync("tar", ["-xzf", join(folder, name), "-C", folder, "--strip-components", "1"]);
}

/** Makes a module of another folder one of a project's. */
export function linkModule(target: string, path: string): void {
  mkdirSync(join(path, ".."), { recursive: true });
  symlinkSync(target, path);
}
