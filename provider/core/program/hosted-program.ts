import { existsSync, readFileSync } from "node:fs";
import * as pulumi from "@pulumi/pulumi";
import { processEnvironment } from "../api/settings";
import { isHosted } from "./current-run";
import { BUN, type Obstacle, obstacleFrom, PNP } from "./plugin-reach";
import { ProgramError } from "./program-error";
import { programFolder, projectFileIn } from "./program-folder";

/** The plugin would not find this package, or Pulumi runs no dynamic provider there. */
export class UnreachableProviderError extends ProgramError {
  override name = "UnreachableProviderError";
}

/** Where the language host has started this process, before the program can go elsewhere. */
const STARTED_IN = process.cwd();

/** One and the same: Pulumi reports each error once. */
let refusal: { readonly error: UnreachableProviderError | undefined } | undefined;

/**
 * Refuses to declare anything that the plugin could not load: it would fail with a stack for each resource, after others
 * have been registered. An inline program of the Automation API is let through, since its process is the user's own and
 * nothing in it tells the folder of the plugin: that is the workspace's. So are tests with mocks, which have no plugin.
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
 * The program may have gone elsewhere before it loaded this package. So nothing is refused that the plugin would find from
 * where the project file says; not every language host tells where that is.
 */
function obstacleFor(folder: string): Obstacle | undefined {
  const obstacle = obstacleFrom(folder);
  const root = processEnvironment()["PULUMI_NODEJS_ROOT_DIRECTORY"];
  if (obstacle === undefined || root === undefined) return obstacle;
  const file = projectFileIn(root);
  const named = file && programFolder(file, readFileSync(file, "utf8"));
  return named && existsSync(named) ? obstacleFrom(named) : obstacle;
}

function textOf({ found, cure }: Obstacle): string {
  return `${found}. ${cure}`;
}
