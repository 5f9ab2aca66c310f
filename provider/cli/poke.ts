import { Command } from "commander";
import { UsageError } from "../../simulator";
import { askControl, ControlRefusal } from "../../simulator/control/control-client";
import { parsedJson } from "../../simulator/control/parsed-json";
import { nearest } from "../core/definition/did-you-mean";
import { printableLine } from "../http/redaction/printable";

interface PokeFlags {
  readonly delete?: true;
  readonly url?: string;
}

const ADDRESS_VARIABLE = "TWILIO_CONVERSATIONS_URL";

const EXPLANATION = `
WHAT is a SID, the unique name of a conversation, CONVERSATION/MEMBER, the identity of a user or the name of a role.
MEMBER is the identity of a participant or, if it has none, its address in Twilio's form, such as +14155550123. It is
not the name of the resource in the program. A value that is valid JSON counts as JSON, any other as text. Attributes
are JSON text, as in Twilio's API.

  poke support friendlyName="Changed by hand"
  poke support/alice attributes='{"team":"night"}'
  poke support/alice --delete

Then \`pulumi preview --refresh\` and \`npx pulumi-twilio-conversations drift\` show the change, and
\`pulumi up --refresh\` reverts it.

Exit codes: 0 done; 1 the simulator refused, or does not run; 2 wrong command line.`;

/** `pulumi-twilio-conversations simulator poke` */
export function pokeCommand(): Command {
  return new Command("poke")
    .summary("change an object on a running simulator, outside Pulumi")
    .description("Change or delete an object on a running simulator, outside the program that declares it.")
    .argument("<what>", "the object to change")
    .argument("[field=value...]", "the fields to set")
    .option("--delete", "delete it instead, with its contents")
    .option("--url <url>", `where the simulator listens (default: ${ADDRESS_VARIABLE})`)
    .addHelpText("after", EXPLANATION)
    .action(poke);
}

async function poke(what: string, settings: readonly string[], flags: PokeFlags): Promise<void> {
  if (flags.delete === undefined && settings.length === 0)
    throw new UsageError("say what to set, as field=value, or give --delete.");
  if (flags.delete !== undefined && settings.length > 0)
    throw new UsageError("give --delete, or what to set, not both.");
  const url = addressOf(flags.url ?? process.env[ADDRESS_VARIABLE]);
  if (flags.delete !== undefined) {
    await ask(url, "delete", { sid: what });
    console.log(`Deleted ${what}.`);
  } else {
    const fields = fieldsOf(settings);
    await ask(url, "change", { sid: what, fields });
    console.log(`Changed ${what}: ${Object.keys(fields).join(", ")}.`);
  }
  console.log(
    "`pulumi preview --refresh` and `npx pulumi-twilio-conversations drift` show it where the program declares it.",
  );
}

/** Sends the request; a refusal's message suggests names that the simulator knows. */
async function ask(url: URL, operation: "change" | "delete", body: unknown): Promise<void> {
  try {
    await askControl(url, operation, body);
  } catch (error) {
    if (!(error instanceof ControlRefusal)) throw error;
    const { reason, given, known } = error;
    throw new Error(
      printableLine(`the simulator refused: ${reason}.${given === undefined ? "" : offer(given, known)}`),
    );
  }
}

const MAX_EDITS = 2;
/** How many names a message lists, and the longest one that it shows. */
const MAX_LISTED = 10;
const MAX_CHARACTERS = 80;

function offer(given: string, known: readonly string[]): string {
  if (known.length === 0) return " None is there.";
  const meant = nearest(given, known, MAX_EDITS);
  const listed = known.filter((name) => name.length <= MAX_CHARACTERS).slice(0, MAX_LISTED);
  const more = known.length - listed.length;
  const unlisted = more === 0 ? "" : listed.length === 0 ? `${more} with long names` : ` and ${more} more`;
  const suggestion = meant === undefined ? "" : ` Did you mean ${meant}?`;
  return `${suggestion} There are ${listed.join(", ")}${unlisted}.`;
}

function addressOf(text: string | undefined): URL {
  if (!text) throw new UsageError(`say where the simulator listens: --url, or ${ADDRESS_VARIABLE}.`);
  if (!URL.canParse(text))
    throw new UsageError(`${text} is not a URL: give one such as http://127.0.0.1:4010.`);
  return new URL(text);
}

function fieldsOf(settings: readonly string[]): Record<string, unknown> {
  const fields = settings.map(fieldOf);
  const twice = fields.find(([name], at) => fields.findIndex((other) => other[0] === name) < at);
  if (twice !== undefined) throw new UsageError(`${twice[0]} was given more than once: give it once.`);
  return Object.fromEntries(fields);
}

/** Converts the name to Twilio's JSON name, as the simulator expects. */
function fieldOf(setting: string): [name: string, value: unknown] {
  const at = setting.indexOf("=");
  if (at < 1) throw new UsageError(`${setting} is no field=value.`);
  const name = setting.slice(0, at).replaceAll(/[A-Z]/g, (letter) => `_${letter.toLowerCase()}`);
  const text = setting.slice(at + 1);
  return [name, name === "attributes" ? text : jsonOrText(text)];
}

function jsonOrText(text: string): unknown {
  try {
    return parsedJson(text);
  } catch (error) {
    if (!(error instanceof SyntaxError)) throw error;
    return text;
  }
}
