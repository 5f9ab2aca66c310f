import { existsSync, readFileSync } from "node:fs";
import * as pulumi from "@pulumi/pulumi";
import { processEnvironment } from "../api/settings";
import { isHosted } from "./current-run";
import { BUN, type Obstacle, obstacleFrom, PNP } from "./plugin-reach";
import { ProgramError } from "./program-error";
import { programFolder, projectFileIn } from "./program-folder";

/** The plugin would not find this package, or Pulumi runs no dynamic providers there. */
export class UnreachableProviderError extends ProgramError {
  override name = "UnreachableProviderError";
}

/** The folder in which the language host started this process, before the program changes it. */
const STARTED_IN = process.cwd();

/** One error object for all resources: Pulumi reports each error object once. */
let refusal: { readonly error: UnreachableProviderError | undefined } | undefined;

/**
 * Throws if the plugin could not load this package. The plugin itself would fail with a stack for each resource, after
 * others have been registered. An inline program of the Automation API passes: its process is the user's, and only the
 * workspace knows the plugin's folder. Tests with mocks pass too, since they have no plugin.
 */
export function refuseUnreachable(): void {
  if (!isHosted()) return;
  if (refusal === undefined) {
    const obstacle = process.versions["bun"] === undefined ? obstacleFor(STARTED_IN) : BUN;
    refusal = { error: obstacle && new UnreachableProviderError(textOf(obstacle)) };
    if (obstacle === undefined && process.versions["pnp"] !== undefined) void pulumi.log.warn(textOf(PNP));
  }
  if (refusal.error !== undefined) throw refusal.error;
}

/**
 * The program may have changed its folder before it loaded this package. So nothing is refused that the plugin would
 * find from the project file's folder, which not every language host tells.
 */
function obstacleFor(folder: string): Obstacle | undefined {
  const obstacle = obstacleFrom(folder);
  const root = processEnvironment()["PULUMI_NODEJS_ROOT_DIRECTORY"];
  if (obstacle === undefined || root === undefined) return obstacle;
  const file = projectFileIn(root);
  const named = file && programFolder(file, readFileSync(file, "utf8"));
  return named && existsSync(named) ? obstacleFrom(named) : obstacle;
}

function textOf({ found, hint }: Obstacle): string {
  return `${found}. ${hint}`;
}
