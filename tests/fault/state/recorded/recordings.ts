import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import type { Declared } from "../../../types/in-estate";

/** What one version left in a user's state file: the program, and the deployment as it recorded it. */
export interface Recorded {
  readonly declared: readonly Declared[];
  readonly deployment: { readonly resources: JsonRow[] };
}
export type JsonRow = Record<string, unknown> & { outputs?: Record<string, unknown> };

export const fileOf = (version: string) => join(__dirname, `${version}.json`);

/** The versions whose states are recorded. */
export function recordedVersions(): string[] {
  return readdirSync(__dirname).flatMap((name) =>
    name.endsWith(".json") ? [name.replace(/\.json$/, "")] : [],
  );
}

/** The recording of a version that is out. */
export function recordingOf(version: string): Recorded {
  return JSON.parse(readFileSync(fileOf(version), "utf8"));
}
