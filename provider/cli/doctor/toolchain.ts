import { accessSync, constants, realpathSync } from "node:fs";
import { delimiter, dirname, join } from "node:path";
import { nodeProblem } from "../../plugin/node-version";
import { isAtLeast, LEAST_IMPORT, LEAST_PULUMI, PulumiError } from "../pulumi/pulumi";
import { runProgram } from "../pulumi/started-program";
import { type Check, type Finding, ok, problem, warning } from "./check";

/** Programs that the Pulumi CLI starts: the language host and the provider plugin. */
const HELPERS = ["pulumi-language-nodejs", "pulumi-resource-pulumi-nodejs"];
const INSTALL = "Reinstall the Pulumi CLI, which includes both: https://www.pulumi.com/docs/install/.";

/** Checks Pulumi and what it starts from PATH. */
export function toolchainChecks(
  cwd: string,
  version: Promise<string>,
  path = process.env["PATH"] ?? "",
): Check[] {
  return [
    { name: "node", find: () => findNode(cwd) },
    { name: "pulumi", find: () => findPulumi(version) },
    { name: "language host", find: async () => findHelpers(path.split(delimiter)) },
  ];
}

/** Checks the first `node` on PATH, which may differ from the one running this. */
async function findNode(cwd: string): Promise<Finding> {
  const script = "console.log(JSON.stringify([process.version, process.features]))";
  const answer = await runProgram("node", ["-e", script], { cwd }).catch(() => undefined);
  if (answer?.code !== 0)
    return problem(
      "there is no `node` on PATH that runs",
      "Install Node 22.12 or newer, and put it on PATH.",
    );
  const [version, features] = JSON.parse(answer.stdout) as [string, { require_module?: boolean }];
  const found = nodeProblem(version, features);
  return found === undefined ? ok(version) : problem(version, found);
}

async function findPulumi(version: Promise<string>): Promise<Finding> {
  try {
    return judgedPulumi(await version);
  } catch (error) {
    if (!(error instanceof PulumiError)) throw error;
    return problem(error.message, "See https://www.pulumi.com/docs/install/.");
  }
}

export function judgedPulumi(version: string): Finding {
  const upgrade = "Install a newer Pulumi CLI: https://www.pulumi.com/docs/install/.";
  if (!isAtLeast(version, LEAST_PULUMI))
    return problem(`${version}: the provider needs ${LEAST_PULUMI} or newer`, upgrade);
  if (!isAtLeast(version, LEAST_IMPORT))
    return warning(
      `${version}: \`pulumi-twilio-conversations import\` needs ${LEAST_IMPORT} or newer`,
      upgrade,
    );
  return ok(version);
}

/** The Pulumi CLI looks beside itself and on PATH. */
function findHelpers(folders: readonly string[]): Finding {
  const pulumi = found(folders, "pulumi");
  if (pulumi === undefined) return problem("not looked for, since there is no `pulumi` on PATH", INSTALL);
  const places = [dirname(realpathSync(pulumi)), ...folders];
  const missing = HELPERS.filter((name) => found(places, name) === undefined);
  return missing.length === 0
    ? ok(HELPERS.join(" and "))
    : problem(`${missing.join(" and ")} not found beside pulumi or on PATH`, INSTALL);
}

function found(folders: readonly string[], name: string): string | undefined {
  const names = process.platform === "win32" ? [`${name}.exe`, `${name}.cmd`] : [name];
  return folders.flatMap((folder) => names.map((file) => join(folder || ".", file))).find(isExecutable);
}

function isExecutable(file: string): boolean {
  try {
    accessSync(file, constants.X_OK);
    return true;
  } catch {
    return false;
  }
}
