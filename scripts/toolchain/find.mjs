import { execFileSync } from "node:child_process";
import { accessSync, constants, readdirSync, realpathSync, statSync } from "node:fs";
import { homedir } from "node:os";
import { delimiter, dirname, join } from "node:path";
import { cachedToolchain, pulumiHome } from "./folders.mjs";
import { isUsablePulumi, newestUsablePulumi, OLDEST_PULUMI, PULUMI_VERSION } from "./version.mjs";

/** What must stand beside `pulumi`, or on PATH: the language host and the dynamic provider. */
export const COMPANIONS = ["pulumi-language-nodejs", "pulumi-resource-pulumi-nodejs"];

/**
 * The toolchain that is already on this machine, in the order of preference: the user's own, the
 * Automation API's, ours. `found` is undefined when there is none; `notes` says what was passed over.
 */
export function findToolchain(env = process.env) {
  const notes = [];
  const found = onPath(env, notes) ?? inAutomationCache(env) ?? inOurCache(env);
  return { found, notes };
}

function onPath(env, notes) {
  const folders = (env.PATH ?? "").split(delimiter).filter(Boolean);
  const pulumi = executableIn(folders, "pulumi");
  if (pulumi === undefined) return undefined;

  const version = askVersion(pulumi, env);
  if (!isUsablePulumi(version)) {
    notes.push(
      `passed over ${pulumi}: it is ${version || "of no known version"}, not ${OLDEST_PULUMI} or newer`,
    );
    return undefined;
  }
  // Pulumi looks for these beside its own real file, too: its installers link only `pulumi` itself.
  const beside = dirname(realpathSync(pulumi));
  const missing = COMPANIONS.filter((name) => executableIn([beside, ...folders], name) === undefined);
  if (missing.length > 0) {
    notes.push(`passed over ${pulumi}: ${missing.join(" and ")} is not there`);
    return undefined;
  }
  return { folder: dirname(pulumi), version, source: "PATH" };
}

/** Where the Automation API keeps what it downloaded; it is only read here. */
function inAutomationCache(env) {
  const root = join(env.HOME ?? homedir(), ".pulumi", "versions");
  const complete = foldersIn(root).filter((name) => isComplete(join(root, name)));
  const version = newestUsablePulumi(complete);
  return version && { folder: join(root, version, "bin"), version, source: "the Automation API's cache" };
}

function inOurCache(env) {
  const root = cachedToolchain(env);
  return isComplete(root)
    ? { folder: join(root, "bin"), version: PULUMI_VERSION, source: "the cache of this project" }
    : undefined;
}

/** Whether a folder holds a whole toolchain in its `bin`. */
export function isComplete(root) {
  return ["pulumi", ...COMPANIONS].every((name) => isExecutable(join(root, "bin", name)));
}

function executableIn(folders, name) {
  return folders.map((folder) => join(folder, name)).find(isExecutable);
}

function isExecutable(path) {
  try {
    accessSync(path, constants.X_OK);
    return statSync(path).isFile();
  } catch {
    return false;
  }
}

function foldersIn(root) {
  try {
    return readdirSync(root);
  } catch {
    return [];
  }
}

function askVersion(pulumi, env) {
  // Even `pulumi version` writes a log into its home, and the user's own is not to be touched.
  const quiet = { ...env, PULUMI_HOME: pulumiHome(env), PULUMI_SKIP_UPDATE_CHECK: "true" };
  try {
    const options = { env: quiet, stdio: ["ignore", "pipe", "ignore"], encoding: "utf8", timeout: 10_000 };
    return execFileSync(pulumi, ["version"], options).trim().replace(/^v/, "");
  } catch {
    return "";
  }
}
