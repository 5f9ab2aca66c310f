import { Command } from "commander";
import { type Check, checkAll, isWell } from "./doctor/check";
import { jsonOf, textOf } from "./doctor/report";
import { stackChecks } from "./doctor/stack";
import { toolchainChecks } from "./doctor/toolchain";
import { twilioChecks } from "./doctor/twilio";
import { wiringChecks } from "./doctor/wiring";
import { Exit } from "./exit";
import { findProject, givenFolder, type Project, selectedStack } from "./pulumi/project";
import { pulumiVersion } from "./pulumi/pulumi";
import { paintFor } from "./terminal/colour";
import { withProgress } from "./terminal/progress";

interface DoctorFlags {
  readonly stack?: string;
  readonly cwd: string;
  readonly json?: true;
}

const EXPLANATION = `
Checks Node, the Pulumi CLI and its language host, how the project resolves the provider package, the credentials,
whether Twilio accepts them (one GET, no write), the clock, and what a killed run left in the stack. Shows no secret.

Exit codes: 0 no problem, perhaps warnings; 1 a problem that keeps runs from working; 2 wrong command line.`;

/** `pulumi-twilio-conversations doctor` */
export function doctorCommand(): Command {
  return new Command("doctor")
    .summary("check what a run needs, from Node to Twilio, with hints")
    .description("Check what a run needs, from Node to Twilio, with a hint for each problem.")
    .option("-s, --stack <name>", "the stack (default: the selected one)")
    .option("-C, --cwd <folder>", "the folder of the project", ".")
    .option("--json", "print one JSON object")
    .addHelpText("after", EXPLANATION)
    .action(doctor);
}

async function doctor(flags: DoctorFlags): Promise<void> {
  const cwd = givenFolder(flags.cwd);
  const found = projectIn(cwd, flags.stack);
  const version = pulumiVersion(cwd);
  // The check named pulumi reports the failure.
  const cliVersion = version.catch(() => undefined);
  const checked = await withProgress("looking at the machine, the project and Twilio", () =>
    checkAll([
      ...toolchainChecks(cwd, version),
      ...("failure" in found ? [unreadable(found.failure)] : wiringChecks(cwd, found.project, cliVersion)),
      ...twilioChecks({ cwd, stack: found.stack }),
      ...stackChecks(cwd, found.stack),
    ]),
  );
  console.log(
    flags.json === undefined
      ? textOf(checked, paintFor(process.stdout))
      : JSON.stringify(jsonOf(checked), null, 2),
  );
  if (!isWell(checked)) throw new Exit(1);
}

/** A project that cannot be read does not stop the other checks. */
function projectIn(cwd: string, named: string | undefined): Found {
  try {
    const project = findProject(cwd);
    return { project, stack: named ?? (project && selectedStack(project)) };
  } catch (failure) {
    return { failure, stack: named };
  }
}

type Found = { readonly stack: string | undefined } & (
  | { readonly project: Project | undefined }
  | { readonly failure: unknown }
);

function unreadable(failure: unknown): Check {
  return { name: "project", find: () => Promise.reject(failure) };
}
