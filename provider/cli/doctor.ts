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
Looks at Node, the Pulumi CLI and its language host, how the project reaches the provider package, the credentials,
whether Twilio answers to them (one GET, nothing is written), the clock, and what a killed run has left of the stack.
No secret is shown.

Exit codes: 0 nothing keeps a run from working (there may be warnings); 1 something does; 2 wrong command line.`;

/** `pulumi-twilio-conversations doctor` */
export function doctorCommand(): Command {
  return new Command("doctor")
    .summary("check everything a run needs, from Node to Twilio, with a hint for each problem")
    .description("Check everything a run needs, from Node to Twilio, with a hint for each problem.")
    .option("-s, --stack <name>", "the stack (default: the selected one)")
    .option("-C, --cwd <folder>", "where the project is", ".")
    .option("--json", "print one JSON object")
    .addHelpText("after", EXPLANATION)
    .action(doctor);
}

async function doctor(flags: DoctorFlags): Promise<void> {
  const cwd = givenFolder(flags.cwd);
  const found = projectIn(cwd, flags.stack);
  const version = pulumiVersion(cwd);
  // Its own check reports the failure.
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
