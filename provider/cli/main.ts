#!/usr/bin/env node
import { Command, CommanderError } from "commander";
import { UsageError } from "../../simulator";
import { VERSION } from "../version";
import { doctorCommand } from "./doctor";
import { driftCommand } from "./drift";
import { Exit } from "./exit";
import { importCommand } from "./import";
import { Interrupted } from "./interruption";
import { PRINTABLE_OUTPUT, printableConsole } from "./printable-console";
import { recoverCommand } from "./recover";
import { simulatorCommand } from "./simulator";
import { tryCommand } from "./try";

/** Where the help shows a command; the groups are in the order in which commands are added. */
const GROUPS: Readonly<Record<string, string>> = {
  drift: "Review and adopt:",
  import: "Review and adopt:",
  try: "Try without an account:",
  simulator: "Try without an account:",
  doctor: "When something does not work:",
  recover: "When something does not work:",
};

const EXPLANATION = `
Exit codes: 0 done, 1 it failed, 2 wrong command line; what else a command may end with stands in its own help.`;

async function main(argv: readonly string[]): Promise<number> {
  const program = new Command("pulumi-twilio-conversations")
    .description("Twilio Conversations as code: tools beside the Pulumi provider.")
    .version(VERSION)
    .addHelpText("after", EXPLANATION)
    .configureHelp({ subcommandTerm: (command) => command.name(), visibleCommands })
    .exitOverride()
    .configureOutput(PRINTABLE_OUTPUT)
    .addCommand(driftCommand())
    .addCommand(importCommand())
    .addCommand(tryCommand())
    .addCommand(simulatorCommand())
    .addCommand(doctorCommand())
    .addCommand(recoverCommand());
  for (const command of program.commands) {
    command
      .exitOverride()
      .configureOutput(PRINTABLE_OUTPUT)
      .helpGroup(GROUPS[command.name()] ?? "Others:");
    for (const below of command.commands) below.exitOverride().configureOutput(PRINTABLE_OUTPUT);
  }
  try {
    await program.parseAsync(argv);
    return 0;
  } catch (error) {
    // Commander has printed its own message already, and ends help and version this way too.
    if (error instanceof CommanderError) return error.exitCode === 0 ? 0 : 2;
    if (error instanceof Exit) return error.code;
    // It ends by that signal.
    if (error instanceof Interrupted) return 1;
    console.error(`pulumi-twilio-conversations: ${error instanceof Error ? error.message : String(error)}`);
    return error instanceof UsageError ? 2 : 1;
  }
}

/** Without `help`, which does what --help does. */
function visibleCommands({ commands }: Command): Command[] {
  return [...commands];
}

/** Whoever reads has seen enough (`… --help | head`): the rest is for nobody, and the exit code stays what it is. */
for (const stream of [process.stdout, process.stderr])
  stream.on("error", (error: NodeJS.ErrnoException) => {
    if (error.code !== "EPIPE") throw error;
  });

globalThis.console = printableConsole();

void main(process.argv).then((code) => {
  process.exitCode = code;
});
