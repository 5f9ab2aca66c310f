import { Command } from "commander";
import { definitions } from "../../resources";
import { PRINTABLE_OUTPUT } from "../printable-console";
import { resourceCommand } from "./resource-command";
import { tryCall } from "./trial";

/** `pulumi-twilio-conversations try` with a command for each resource. */
export function tryProgram(name: string, description: string): Command {
  const program = new Command(name).description(description).exitOverride().configureOutput(PRINTABLE_OUTPUT);
  for (const definition of definitions)
    program.addCommand(resourceCommand(definition, tryCall).configureOutput(PRINTABLE_OUTPUT));
  return program.addHelpText(
    "after",
    `
For example: ${name} participant --conversation-sid support --identity alice
\`${name} <resource> --help\` lists the fields of each.`,
  );
}
