import { type Command, Option } from "commander";
import { nearest } from "../core/definition/did-you-mean";
import { printableLine } from "../http/redaction/printable";
import { PRINTABLE_OUTPUT } from "./terminal/printable-console";

/** A repeatable option that collects one value each time. */
export class ListOption extends Option {
  constructor(flags: string, description?: string) {
    super(flags, description);
    this.argParser((text: string, before: readonly string[] = []) => [...before, text]);
  }
}

/** An option whose value never appears in a message. */
export class SecretOption extends Option {}

const MAX_EDITS = 2;
/** Length of a value shown in a message. */
const MAX_CHARACTERS = 60;

/**
 * Makes a command and its subcommands strict: every mistake is one printable sentence, and no argument is dropped
 * silently.
 */
export function strict(command: Command): Command {
  command.exitOverride().configureOutput(PRINTABLE_OUTPUT);
  for (const option of command.options) refuseRepeated(command, option);
  // Commander reports this when no subcommand matches and the command has no action.
  command.on("command:*", ([word]: readonly string[]) => refuseUnknown(command, word));
  for (const below of command.commands) strict(below);
  return command;
}

/** Refuses a word that is no subcommand of this command. */
export function refuseUnknown(command: Command, word = ""): never {
  const names = command.commands.map((below) => below.name());
  const meant = nearest(word, names, MAX_EDITS);
  const offer = meant === undefined ? "" : ` Did you mean ${meant}?`;
  return command.error(
    `error: unknown command '${shown(word)}'.${offer} The commands are ${names.join(", ")}; --help says what each does.`,
    { code: "commander.unknownCommand" },
  );
}

/** Commander keeps the last of several values and drops the others silently. */
function refuseRepeated(command: Command, option: Option): void {
  if (option.variadic || option instanceof ListOption) return;
  const seen: string[] = [];
  command.on(`option:${option.name()}`, (value: string | null | undefined) => {
    seen.push(typeof value === "string" ? shown(value) : "without a value");
    if (seen.length < 2) return;
    const isTold = (option.required || option.optional) && !(option instanceof SecretOption);
    const values = isTold ? `: ${seen.join(", then ")}` : "";
    command.error(`error: ${option.long ?? option.flags} was given more than once${values}. Give it once.`, {
      code: "commander.repeatedOption",
    });
  });
}

function shown(text: string): string {
  const characters = [...printableLine(text)];
  return characters.length <= MAX_CHARACTERS
    ? characters.join("")
    : `${characters.slice(0, MAX_CHARACTERS).join("")}…`;
}
