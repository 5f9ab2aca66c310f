import { Command } from "commander";
import { VERSION } from "../version";
import { strict } from "./command-line";
import { doctorCommand } from "./doctor";
import { driftCommand } from "./drift";
import { importCommand } from "./import";
import { recoverCommand } from "./recover";
import { simulatorCommand } from "./simulator";
import { tryCommand } from "./try";

/** The help group of each command; groups appear in the order in which commands are added. */
const GROUPS: Readonly<Record<string, string>> = {
  drift: "Review and adopt:",
  import: "Review and adopt:",
  try: "Try without an account:",
  simulator: "Try without an account:",
  doctor: "When something does not work:",
  recover: "When something does not work:",
};

const EXPLANATION = `
Exit codes: 0 done, 1 failed, 2 wrong command line. The help of each command lists its own.`;

/** The program `pulumi-twilio-conversations` with all its commands. */
export function commandProgram(): Command {
  const program = new Command("pulumi-twilio-conversations")
    .description("Twilio Conversations as code: the commands of the Pulumi provider.")
    .version(VERSION)
    .addHelpText("after", EXPLANATION)
    .configureHelp({ subcommandTerm: (command) => command.name(), visibleCommands })
    .addCommand(driftCommand())
    .addCommand(importCommand())
    .addCommand(tryCommand())
    .addCommand(simulatorCommand())
    .addCommand(doctorCommand())
    .addCommand(recoverCommand());
  for (const command of program.commands) command.helpGroup(GROUPS[command.name()] ?? "Others:");
  return strict(program);
}

/** Hides `help`, which does the same as --help. */
function visibleCommands({ commands }: Command): Command[] {
  return [...commands];
}
