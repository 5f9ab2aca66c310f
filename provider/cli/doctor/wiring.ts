import { readFileSync } from "node:fs";
import { createRequire } from "node:module";
import { dirname, join } from "node:path";
import { VERSION } from "../../version";
import type { Project } from "../project";
import { type Check, type Finding, ok, problem, warning } from "./check";
import { isAtLeast, LEAST_PULUMI } from "./versions";

const PACKAGE = "pulumi-twilio-conversations";
const SDK = "@pulumi/pulumi";

/** How the project reaches the provider: the plugin loads it from the program's folder. */
export function wiringChecks(cwd: string, project: Project | undefined): Check[] {
  if (project === undefined) return [{ name: "project", find: async () => noProject(cwd) }];
  const folder = dirname(project.file);
  return [
    { name: "project", find: async () => judgedProject(project) },
    { name: "provider package", find: async () => findPackage(folder) },
    { name: "Pulumi SDK", find: async () => findSdk(folder) },
  ];
}

function noProject(cwd: string): Finding {
  return warning(
    `there is no Pulumi.yaml in ${cwd} or above, so nothing of a project was looked at`,
    "Run it in the project's folder, or name that with --cwd.",
  );
}

function judgedProject({ name, file }: Project): Finding {
  const runtime = runtimeIn(readFileSync(file, "utf8"));
  if (runtime === "nodejs") return ok(`${name}, ${file}`);
  return problem(
    `${file} has ${runtime === undefined ? "no runtime" : `the runtime ${runtime}`}`,
    "Resources of this provider are declared in TypeScript or JavaScript: set `runtime: nodejs`.",
  );
}

/** The name of the runtime in a Pulumi.yaml or Pulumi.json, plain or with options. */
export function runtimeIn(text: string): string | undefined {
  const value =
    /^\s*["']?runtime["']?\s*:[ \t]*(?:\{[^}]*?["']?name["']?\s*:\s*|\r?\n\s+name\s*:\s*)?["']?([\w-]+)/m;
  return value.exec(text)?.[1];
}

function findPackage(folder: string): Finding {
  const resolve = resolverFrom(folder);
  const [main, provider] = [resolve(`${PACKAGE}/package.json`), resolve(`${PACKAGE}/provider`)];
  if (main === undefined || provider === undefined)
    return problem(
      `${PACKAGE} cannot be loaded from ${folder}`,
      `Run \`npm install ${PACKAGE}\` there. In a workspace, install it where the program is: the plugin looks from there.`,
    );
  const version = versionIn(main);
  if (version === VERSION) return ok(`${version}, ${dirname(main)}`);
  return warning(
    `${version} in the project, but this command is of ${VERSION}`,
    "Run the project's own: `npx twilio-conversations doctor` in its folder.",
  );
}

function findSdk(folder: string): Finding {
  const resolve = resolverFrom(folder);
  const file = resolve(`${SDK}/package.json`);
  const install = `Run \`npm install ${SDK}@^3\` there.`;
  if (file === undefined) return problem(`${SDK} cannot be loaded from ${folder}`, install);
  const version = versionIn(file);
  if (!isAtLeast(version, LEAST_PULUMI))
    return problem(`${version}: the provider needs ${LEAST_PULUMI} or newer`, install);
  return ok(version);
}

/** As a module in the folder finds it; undefined where it does not. */
function resolverFrom(folder: string): (name: string) => string | undefined {
  const { resolve } = createRequire(join(folder, "index.js"));
  return (name) => {
    try {
      return resolve(name);
    } catch {
      return undefined;
    }
  };
}

function versionIn(file: string): string {
  return (JSON.parse(readFileSync(file, "utf8")) as { version: string }).version;
}
