import { spawnSync } from "node:child_process";
import {
  existsSync,
  mkdirSync,
  readdirSync,
  readlinkSync,
  rmSync,
  statSync,
  symlinkSync,
  utimesSync,
} from "node:fs";
import { join } from "node:path";
import { repository } from "./toolchain/folders.mjs";
import { Problem } from "./toolchain/problem.mjs";

const NAME = "pulumi-twilio-conversations";

/** The programs in examples/ import the package by its name, which Node finds only in a node_modules. */
export function linkPackage() {
  const folder = join(repository, "examples", "node_modules");
  const link = join(folder, NAME);
  const target = join("..", "..");
  if (targetOf(link) === target) return;
  mkdirSync(folder, { recursive: true });
  rmSync(link, { recursive: true, force: true });
  symlinkSync(target, link, "dir");
}

function targetOf(link) {
  try {
    return readlinkSync(link);
  } catch {
    return undefined;
  }
}

/** Compiles provider/ and simulator/ when a source is newer than what was compiled. */
export function buildPackage(say) {
  const built = join(repository, "dist", ".tsbuildinfo");
  const sources = ["provider", "simulator"].map((name) => join(repository, name));
  if (existsSync(built) && newest(sources) <= statSync(built).mtimeMs) return;
  say("compiling the package (npm run build)");
  const build = spawnSync("npm", ["run", "--silent", "build"], { cwd: repository, encoding: "utf8" });
  // tsc dates the file when there were errors too, and leaves it alone when only times changed.
  const stamp = build.status === 0 ? new Date() : new Date(0);
  if (existsSync(built)) utimesSync(built, stamp, stamp);
  if (build.status !== 0) {
    throw new Problem(
      `\`npm run build\` failed:\n${(build.error?.message ?? build.stdout + build.stderr).trim()}`,
    );
  }
}

function newest(folders) {
  const files = folders
    .filter(existsSync)
    .flatMap((folder) =>
      readdirSync(folder, { recursive: true, withFileTypes: true }).filter((entry) => entry.isFile()),
    );
  return Math.max(0, ...files.map((file) => statSync(join(file.parentPath, file.name)).mtimeMs));
}
