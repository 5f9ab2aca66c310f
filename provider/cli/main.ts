#!/usr/bin/env node
import { CommanderError } from "commander";
import { UsageError } from "../../simulator";
import { commandProgram } from "./command-program";
import { Exit } from "./exit";
import { Interrupted } from "./pulumi/interruption";
import { printableConsole } from "./terminal/printable-console";

async function main(argv: readonly string[]): Promise<number> {
  try {
    await commandProgram().parseAsync(argv);
    return 0;
  } catch (error) {
    // Commander has printed its own message; help and version end this way too.
    if (error instanceof CommanderError) return error.exitCode === 0 ? 0 : 2;
    if (error instanceof Exit) return error.code;
    // The process ends by that signal.
    if (error instanceof Interrupted) return 1;
    console.error(`pulumi-twilio-conversations: ${error instanceof Error ? error.message : String(error)}`);
    return error instanceof UsageError ? 2 : 1;
  }
}

/** A reader closed the pipe early (`… --help | head`): drop the rest and keep the exit code. */
for (const stream of [process.stdout, process.stderr])
  stream.on("error", (error: NodeJS.ErrnoException) => {
    if (error.code !== "EPIPE") throw error;
  });

globalThis.console = printableConsole();

void main(process.argv).then((code) => {
  process.exitCode = code;
});
