import { Argument, Command, Option } from "commander";
import { UsageError } from "../../../simulator";
import type { Definition } from "../../core/definition/define";
import type { JsonObject } from "../../core/json";
import { describeProblem, type Problem } from "../../core/problem";
import { ListOption, SecretOption } from "../command-line";
import { Exit } from "../exit";
import { kebab } from "../terminal/text";
import { type Call, prepare, type Verb, verbsOf } from "./call";
import { fieldDocs, fieldHelp, optionText } from "./field-help";
import { type Flag, fieldValue, flagName, flagsOf, withValue } from "./flag";
import { SECRET_FORMS, SecretSources } from "./secret-source";

export const FORMATS = ["curl", "http-task", "json"] as const;

/** Options common to all requests. */
export interface TryFlags {
  readonly sid?: string;
  readonly format?: (typeof FORMATS)[number];
  readonly live?: true;
  readonly yes?: true;
  readonly json?: true;
  readonly stack?: string;
  readonly cwd: string;
  /** Whether a secret was read from standard input, so that it takes no more answers. */
  readonly hasReadInput?: true;
}

type Given = TryFlags & Readonly<Record<string, string | true | readonly string[] | undefined>>;

const FIELDS = "Fields:";
const EXPLANATION = `
Without --live and --format the command starts a simulator on this machine, creates every object that the request
names, and sends the request there. From a list it reads the first page.

Exit codes: 0 a 2xx answer, or the request printed; 1 refused or failed; 2 wrong command line, or a declaration that
\`pulumi preview\` would refuse.`;

/** `pulumi-twilio-conversations try <resource>` */
export function resourceCommand(
  definition: Definition,
  run: (call: Call, flags: TryFlags) => Promise<void>,
): Command {
  const verbs = verbsOf(definition);
  const flags = flagsOf(definition);
  const command = new Command(kebab(definition.type))
    .description(`${definition.noun}: ${verbs.join(", ")}`)
    .usage("[operation] [options]")
    .addArgument(new Argument("[operation]", "what to try").choices(verbs).default(verbs[0]));
  if (verbs.includes("delete"))
    command.option("--sid <SID>", "the object to update, fetch or delete, by its SID");
  command
    .option("--live", "send it to the credentials' account, after a question")
    .option("-y, --yes", "with --live: do not ask")
    .addOption(new Option("--format <format>", "print the request alone, and send nothing").choices(FORMATS))
    .option("--json", "print the request and the answer as one JSON object; asks nothing")
    .option("-s, --stack <name>", "use this stack's `twilio:` config, too")
    .option("-C, --cwd <folder>", "the folder of the stack's project", ".");
  for (const flag of flags) command.addOption(optionOf(flag));
  // Docs of fields are too long for a column beside the options.
  command.configureHelp({
    longestOptionTermLength: (_command, help) =>
      Math.max(
        ...help
          .visibleOptions(command)
          .filter(({ helpGroupHeading }) => helpGroupHeading !== FIELDS)
          .map((option) => help.optionTerm(option).length),
      ),
    formatItemList: (heading, items) => {
      if (heading === FIELDS)
        return [FIELDS, fieldHelp(flags, fieldDocs(definition.type), process.stdout.columns), ""];
      return items.length === 0 ? [] : [heading, ...items, ""];
    },
  });
  return command.addHelpText("after", EXPLANATION).action(async (verb: Verb, given: Given) => {
    const { values, files, notes, hasReadInput } = await withSecrets(flags, given);
    const call = prepare(definition, verb, inputsOf(flags, values), given.sid, files);
    if ("problems" in call) {
      for (const problem of call.problems) console.error(describeProblem(asTyped(problem)));
      throw new Exit(2);
    }
    if (given.json === true && given.format !== undefined)
      throw new UsageError("--json is for the answer, and --format prints the request alone: leave one out.");
    for (const note of notes) console.error(note);
    await run(call, { ...given, ...(hasReadInput && { hasReadInput }) });
  });
}

function optionOf(flag: Flag): Option {
  const Kind = flag.kind === "list" ? ListOption : flag.policy.secret === true ? SecretOption : Option;
  return new Kind(optionText(flag)).helpGroup(FIELDS);
}

/** The options with secrets replaced by their values, and notes about them. */
async function withSecrets(flags: readonly Flag[], given: Given) {
  const sources = new SecretSources(process.stdin, process.env);
  const files: Record<string, string> = {};
  const notes: string[] = [];
  let values = given;
  for (const flag of flags.filter(({ policy }) => policy.secret === true)) {
    const { path, name } = flag;
    const told = given[path];
    if (typeof told !== "string") continue;
    const { value, from, file, hasLineBreak } = await sources.read(flag, told);
    values = { ...values, [path]: value };
    if (file !== undefined) files[path] = file;
    if (from === "arguments")
      notes.push(
        `${name} stands in the command line, where other users of this machine see it, and in the shell's history. Give ${SECRET_FORMS}.`,
      );
    if (hasLineBreak && given.format === "curl")
      notes.push(`${name}: curl sends the line break at the end, too. \`printf %s\` writes none.`);
  }
  return { values, files, notes, hasReadInput: sources.hasReadInput };
}

function inputsOf(flags: readonly Flag[], given: Given): JsonObject {
  return flags.reduce<JsonObject>((inputs, flag) => {
    const value = given[flag.path];
    return value === undefined ? inputs : withValue(inputs, flag.path, fieldValue(flag, value));
  }, {});
}

/** The problem with the option's name instead of the field's. */
function asTyped(problem: Problem): Problem {
  return problem.path === "" ? problem : { ...problem, path: flagName(problem.path) };
}
