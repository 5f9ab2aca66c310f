import { existsSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { absenceFrom, addCommand, BUN, PACKAGE, PNP } from "../../core/program/plugin-reach";
import { programFolder } from "../../core/program/program-folder";
import { VERSION } from "../../version";
import type { Project } from "../pulumi/project";
import { isAtLeast, LEAST_PULUMI } from "../pulumi/pulumi";
import { runProgram } from "../pulumi/started-program";
import { type Check, type Finding, ok, problem, warning } from "./check";
import { type Installed, installedFrom, nestedCopies, SDK } from "./packages";
import { findTypeScript, runtimeIn } from "./typescript";

/** Checks how the project resolves the provider. `cliVersion`: of the Pulumi CLI, if there is one. */
export function wiringChecks(
  cwd: string,
  project: Project | undefined,
  cliVersion: Promise<string | undefined>,
): Check[] {
  if (project === undefined) return [{ name: "project", find: async () => noProject(cwd) }];
  const text = readFileSync(project.file, "utf8");
  const folder = programFolder(project.file, text);
  if (!existsSync(folder)) return [{ name: "project", find: async () => noProgram(project, folder) }];
  return [
    { name: "project", find: async () => judgedProject(project, runtimeIn(text)) },
    { name: "provider package", find: () => findPackage(folder) },
    { name: "Pulumi SDK", find: async () => findSdk(folder, await cliVersion) },
    { name: "TypeScript", find: async () => findTypeScript(folder, text) },
  ];
}

function noProject(cwd: string): Finding {
  return warning(
    `there is no Pulumi.yaml in ${cwd} or above, so nothing of a project was looked at`,
    "Run it in the project's folder, or name that with --cwd.",
  );
}

function noProgram({ file }: Project, folder: string): Finding {
  return problem(
    `${file} names the program folder ${folder}, which does not exist`,
    "Correct `main` in that file.",
  );
}

export function judgedProject({ name, file }: Project, runtime: string | undefined): Finding {
  if (runtime === "nodejs") return ok(`${name}, ${file}`);
  if (runtime === "bun") return problem(BUN.found, BUN.hint);
  return problem(
    `${file} has ${runtime === undefined ? "no runtime" : `the runtime ${runtime}`}`,
    "Resources of this provider are declared in TypeScript or JavaScript: set `runtime: nodejs`.",
  );
}

/** Pulumi's plugin loads the package from the program's folder, whatever the program itself has loaded. */
async function findPackage(folder: string): Promise<Finding> {
  const found = installedFrom(folder, PACKAGE);
  if (found === undefined) {
    const absence = absenceFrom(folder);
    return problem(absence.found, absence.hint);
  }
  const failure = await loadFailure(folder);
  if (failure !== undefined)
    return problem(
      `${found.version} is in ${found.folder}, but does not load: ${failure}`,
      "Install the project's packages anew with `npm ci`.",
    );
  return judgedPackage(found, nestedCopies(join(folder, "node_modules"), PACKAGE));
}

export function judgedPackage(
  found: Installed,
  nested: readonly Installed[],
  isPnp = process.versions["pnp"] !== undefined,
): Finding {
  if (isPnp) return warning(PNP.found, PNP.hint);
  const others = nested.filter(({ version }) => version !== found.version);
  if (others.length > 0)
    return warning(
      `the plugin runs ${found.version}, but there is ${others.map(({ version, folder }) => `${version} in ${folder}`).join(" and ")} too`,
      "Have one version: `npm dedupe`, or the same version in each package.json.",
    );
  if (found.version === VERSION) return ok(`${found.version}, ${found.folder}`);
  return warning(
    `${found.version} in the project, but this command is of ${VERSION}`,
    "Run the project's own: `npx pulumi-twilio-conversations doctor` in its folder.",
  );
}

/** Loads the package in a separate process, as the plugin would. Returns the reason of a failure in one line. */
async function loadFailure(folder: string): Promise<string | undefined> {
  const script = `
    const { createRequire } = require("node:module");
    const load = createRequire(process.cwd() + "/node_modules/plugin.js");
    try {
      load("${PACKAGE}/provider");
      console.log("null");
    } catch (error) {
      console.log(JSON.stringify(String(error.message).split("\\n")[0]));
    }`;
  const { code, stdout, stderr } = await runProgram(process.execPath, ["-e", script], { cwd: folder });
  if (code !== 0) throw new Error(stderr.trim());
  return (JSON.parse(stdout) as string | null) ?? undefined;
}

function findSdk(folder: string, cliVersion: string | undefined): Finding {
  const provider = installedFrom(folder, PACKAGE);
  return judgedSdk(folder, {
    ofProgram: installedFrom(folder, SDK),
    ofProvider: provider && installedFrom(provider.folder, SDK),
    cliVersion,
  });
}

export interface Sdks {
  readonly ofProgram: Installed | undefined;
  /** The copy that the provider package loads. */
  readonly ofProvider?: Installed | undefined;
  readonly cliVersion?: string | undefined;
}

export function judgedSdk(folder: string, { ofProgram, ofProvider, cliVersion }: Sdks): Finding {
  const install = `Run \`${addCommand(folder)} ${SDK}@^3\` there.`;
  if (ofProgram === undefined) return problem(`${SDK} cannot be found from ${folder}`, install);
  const { version } = ofProgram;
  if (!isAtLeast(version, LEAST_PULUMI))
    return problem(`${version}: the provider needs ${LEAST_PULUMI} or newer`, install);
  if (ofProvider !== undefined && ofProvider.folder !== ofProgram.folder)
    return warning(
      `the program has ${version} of ${ofProgram.folder}, the provider package has ${ofProvider.version} of ${ofProvider.folder}`,
      "Keep one copy, so that it knows all resources: run `npm dedupe`, or for a linked package link the SDK, too.",
    );
  if (cliVersion !== undefined && !isAtLeast(cliVersion, version))
    return warning(
      `${version} is newer than the Pulumi CLI, ${cliVersion}`,
      "Install a newer Pulumi CLI, so that it supports all that the SDK uses.",
    );
  return ok(version);
}
