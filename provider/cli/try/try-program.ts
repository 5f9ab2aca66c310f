import { Command } from "commander";
import { definitions } from "../../resources";
import { strict } from "../command-line";
import { resourceCommand } from "./resource-command";
import { tryCall } from "./trial";

/** `pulumi-twilio-conversations try` with a command for each resource. */
export function tryProgram(name: string, description: string): Command {
  const program = new Command(name).description(description);
  for (const definition of definitions) program.addCommand(resourceCommand(definition, tryCall));
  return strict(program).addHelpText(
    "after",
    `
For example: ${name} participant --conversation-sid support --identity alice
\`${name} <resource> --help\` lists the fields of each.`,
  );
}
