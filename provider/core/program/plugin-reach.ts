import { realpathSync } from "node:fs";
import { createRequire } from "node:module";
import { dirname, join } from "node:path";
import { nearestFile } from "./program-folder";

export const PACKAGE = "pulumi-twilio-conversations";

/** Why the plugin cannot run this package's resources, and what to do. */
export interface Obstacle {
  readonly found: string;
  readonly hint: string;
}

/**
 * Resolves modules from a folder as the plugin does: from the folder upwards, then by NODE_PATH. It never finds the
 * package that the folder itself belongs to, although a module in it could by that name. Pulumi's engine starts the
 * plugin in the program's folder, and a resource's provider text has no file from which Node could look
 * (`require-from-string`, seen at 3.255.0). Modules that the program itself has loaded do not matter. Yarn PnP uses the
 * same folder.
 */
export function requireFrom(folder: string): NodeJS.Require {
  // A process knows its start folder without links.
  return createRequire(join(realpathSync(folder), "node_modules", "plugin.js"));
}

/** Why the plugin cannot find this package from the program's folder. */
export function obstacleFrom(folder: string): Obstacle | undefined {
  const provider = `${PACKAGE}/provider`;
  if (resolvedFrom(folder, provider) !== undefined || loadsFrom(folder, provider)) return undefined;
  const broken = resolvedFrom(folder, `${PACKAGE}/package.json`);
  if (broken !== undefined)
    return {
      found: `There is no provider in ${dirname(broken)}, where Pulumi's plugin looks for it`,
      hint: `Install the project's packages anew, with ${PACKAGE} among them.`,
    };
  return absenceFrom(folder);
}

/** The obstacle if the package is not found at all. */
export function absenceFrom(folder: string): Obstacle {
  const left = leftIn(folder);
  const before =
    left === ".pnp.cjs"
      ? "Pulumi does not support Yarn PnP: set `nodeLinker: node-modules` in .yarnrc.yml. "
      : "";
  const after =
    left === "pnpm-lock.yaml"
      ? " Or name it under `publicHoistPattern` in pnpm-workspace.yaml and run `pnpm install`."
      : "";
  return {
    found: `Pulumi's plugin cannot find ${PACKAGE} from the program's folder, ${folder}`,
    hint:
      `${before}Run \`${addCommand(folder)} ${PACKAGE}\` in the program's own package: ` +
      `that another package has it is not enough.${after}`,
  };
}

/** The command that adds a package to the one that a folder is in. */
export function addCommand(folder: string): string {
  return ADD_COMMANDS[leftIn(folder) ?? ""] ?? "npm install";
}

/** By the files of the package managers. PnP's comes first, since it lies beside Yarn's lock file. */
const ADD_COMMANDS: Readonly<Record<string, string>> = {
  ".pnp.cjs": "yarn add",
  "pnpm-lock.yaml": "pnpm add",
  "yarn.lock": "yarn add",
  "bun.lock": "bun add",
  "package-lock.json": "npm install",
};

function leftIn(folder: string): string | undefined {
  return nearestFile(folder, Object.keys(ADD_COMMANDS));
}

/** Whether loading finds the package: `module.registerHooks` hooks apply to loading, not to resolving. */
function loadsFrom(folder: string, name: string): boolean {
  try {
    return requireFrom(folder)(name) !== undefined;
  } catch {
    return false;
  }
}

function resolvedFrom(folder: string, name: string): string | undefined {
  try {
    return requireFrom(folder).resolve(name);
  } catch {
    return undefined;
  }
}

/** As Pulumi documents from 3.227.0 on, which has Bun. */
export const BUN: Obstacle = {
  found: "The program runs under Bun, where Pulumi does not run dynamic providers such as this one",
  hint:
    "Set `runtime: nodejs` in Pulumi.yaml. Bun can go on installing the packages: " +
    "`runtime: { name: nodejs, options: { packagemanager: bun } }`.",
};

/**
 * The plugin finds the package only if yarn starts Pulumi (`yarn exec pulumi up`, measured with Yarn 4.18 at 3.255.0).
 */
export const PNP: Obstacle = {
  found:
    "The program runs under Yarn PnP, which Pulumi does not support: it works only where yarn starts Pulumi",
  hint: "Set `nodeLinker: node-modules` in .yarnrc.yml and run `yarn install`.",
};
