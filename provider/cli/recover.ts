import { Command } from "commander";
import { Exit } from "./exit";
import { givenFolder } from "./pulumi/project";
import { agreedSteps } from "./recover/agreement";
import {
  type Diagnosis,
  endText,
  foundText,
  isMended,
  jsonReport,
  type Outcome,
  type Step,
} from "./recover/report";
import { findStack, type Patient } from "./recover/stack";
import { paintFor } from "./terminal/colour";
import { withProgress } from "./terminal/progress";
import { agreedTo, hasTerminal } from "./terminal/question";

interface RecoverFlags {
  readonly stack?: string;
  readonly cwd: string;
  readonly yes?: true;
  readonly forceUnlock?: readonly string[];
  readonly json?: true;
}

const EXPLANATION = `
Asks before each change. Cancels the lock of a process that has ended. Restores files that the kill left empty or cut
from Pulumi's own copies, and keeps the broken ones. Clears pending operations from the state. Never touches a stack
that a running process on this machine has locked. Without a terminal and without --yes it only shows what it would do.

--yes covers a lock only if its holder has provably ended. Where this command cannot see the holder (another host,
another container, macOS, Windows, a bucket, Pulumi Cloud), it asks for the holder's name, or takes it from
--force-unlock: USER@HOST as shown, or the stack's name if no holder is shown. If that holder still runs Pulumi on the
stack, the state can lose what it records later.

Exit codes: 0 nothing to mend, or mended; 1 failed, refused or something left undone; 2 wrong command line.`;

/** `pulumi-twilio-conversations recover` */
export function recoverCommand(): Command {
  return new Command("recover")
    .summary("make a stack usable again after a killed run")
    .description("Make a stack usable again after a killed run, so that `pulumi up` can repair the rest.")
    .option("-s, --stack <name>", "the stack (default: the selected one)")
    .option("-C, --cwd <folder>", "the folder of the project", ".")
    .option("-y, --yes", "make every change without asking")
    .option(
      "--force-unlock <name...>",
      "cancel a lock, too, whose holder this command cannot see: USER@HOST, or the stack",
    )
    .option("--json", "print one JSON object; asks nothing, so it changes something only with --yes")
    .addHelpText("after", EXPLANATION)
    .action(recover);
}

async function recover(flags: RecoverFlags): Promise<void> {
  const cwd = givenFolder(flags.cwd);
  const [patient, diagnosis] = await withProgress("looking at the stack's state", async () => {
    const found = await findStack(cwd, flags.stack);
    return [found, await found.diagnose()] as const;
  });
  const isAsking = flags.yes === undefined && flags.json === undefined && hasTerminal();
  if (flags.json === undefined) console.log(foundText(patient.subject, diagnosis, paintFor(process.stdout)));
  const agreed = diagnosis.refusal === undefined ? await agreement(diagnosis, flags, isAsking) : [];
  const outcome = await carryOut(patient, agreed);
  say(patient, diagnosis, outcome, flags, isAsking);
  if (!isMended(diagnosis, outcome)) throw new Exit(1);
}

async function agreement({ steps }: Diagnosis, flags: RecoverFlags, isAsking: boolean): Promise<Step[]> {
  const isForced = (name: string) => flags.forceUnlock?.includes(name) === true;
  if (!isAsking)
    return agreedSteps(steps, {
      isAgreed: async () => flags.yes === true,
      isNamed: async (name) => isForced(name),
    });
  return agreedTo<Step[]>((questions) => {
    const type = async (name: string) =>
      await questions.answer(`Then type ${name}, whose run may still be alive out of sight:`);
    return agreedSteps(steps, {
      isAgreed: (question) => questions.isAgreed(question),
      isNamed: async (name) => isForced(name) || (await type(name)) === name,
    });
  }, []);
}

async function carryOut(patient: Patient, agreed: Step[]): Promise<Outcome> {
  if (agreed.length === 0) return { done: [], details: [] };
  const kinds = new Set(agreed.map(({ kind }) => kind));
  return { done: agreed, details: await withProgress("mending the stack", () => patient.mend(kinds)) };
}

function say(
  { subject }: Patient,
  diagnosis: Diagnosis,
  outcome: Outcome,
  flags: RecoverFlags,
  isAsking: boolean,
): void {
  const given = { isYes: flags.yes === true, isAsking, forced: flags.forceUnlock ?? [] };
  if (flags.json !== undefined)
    console.log(JSON.stringify(jsonReport(subject, diagnosis, outcome, given), null, 2));
  else if (diagnosis.refusal !== undefined) console.error(paintFor(process.stderr)("red", diagnosis.refusal));
  else {
    const text = endText(subject, diagnosis, outcome, given, paintFor(process.stdout));
    if (text !== "") console.log(text);
  }
}
