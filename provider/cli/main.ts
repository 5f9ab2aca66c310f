#!/usr/bin/env node
import { Command, CommanderError } from "commander";
import { UsageError } from "../../simulator";
import { VERSION } from "../version";
import { doctorCommand } from "./doctor";
import { Exit } from "./exit";
import { importCommand } from "./import";
import { recoverCommand } from "./recover";
import { simulatorCommand } from "./simulator";

/** Exit codes: 0 done, 1 it failed, 2 the command line was wrong. */
async function main(argv: readonly string[]): Promise<number> {
  const program = new Command("twilio-conversations")
    .description("Twilio Conversations as code: tools beside the Pulumi provider.")
    .version(VERSION)
    .exitOverride()
    .addCommand(simulatorCommand())
    .addCommand(doctorCommand())
    .addCommand(importCommand())
    .addCommand(recoverCommand());
  for (const command of program.commands) command.exitOverride();
  try {
    await program.parseAsync(argv);
    return 0;
  } catch (error) {
    // Commander has printed its own message already, and ends help and version this way too.
    if (error instanceof CommanderError) return error.exitCode === 0 ? 0 : 2;
    if (error instanceof Exit) return error.code;
    console.error(`twilio-conversations: ${error instanceof Error ? error.message : String(error)}`);
    return error instanceof UsageError ? 2 : 1;
  }
}

void main(process.argv).then((code) => {
  process.exitCode = code;
});
