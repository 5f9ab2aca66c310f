import { existsSync } from "node:fs";
import { join } from "node:path";
import { repository } from "./folders.mjs";
import { Problem } from "./problem.mjs";
import { compareVersions, OLDEST_NODE } from "./version.mjs";

/** What every script needs before it can do anything. */
export function checkRequirements() {
  if (!existsSync(join(repository, "node_modules", "@pulumi", "pulumi", "package.json"))) {
    throw new Problem("the project's dependencies are not installed. Run `npm ci`, then try again.");
  }
  if (compareVersions(process.versions.node, OLDEST_NODE) < 0) {
    throw new Problem(
      `this runs on Node ${process.versions.node}, and ${OLDEST_NODE} or newer is needed. ` +
        "`npm ci` brings its own Node 22 for the npm scripts, unless it ran with --ignore-scripts: " +
        "run `npm ci` again without that, or install Node 22.",
    );
  }
  if (process.platform === "win32") {
    throw new Problem("set-up does not know Windows. Run it in WSL (Windows Subsystem for Linux).");
  }
}
