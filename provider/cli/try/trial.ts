import { Command } from "commander";
import { UsageError } from "../../../simulator";
import { definitions } from "../../resources";
import { strict } from "../command-line";
import { Exit } from "../exit";
import { cliSession } from "../pulumi/cli-session";
import { givenFolder } from "../pulumi/project";
import { withProgress } from "../terminal/progress";
import { agreedTo, hasTerminal } from "../terminal/question";
import { isDone, type Outcome, send } from "./api-call";
import type { Call } from "./call";
import { curlLine } from "./curl";
import { httpTask } from "./http-task";
import { type Rehearsal, rehearse } from "./rehearsal";
import { resourceCommand, type TryFlags } from "./resource-command";
import { outcomeJson, outcomeText, requestJson, requestText, type Target } from "./shown-request";

const FORMATTED = {
  curl: curlLine,
  "http-task": (call: Call, origin: string) => pretty(httpTask(call, origin)),
  json: (call: Call, origin: string) => pretty(requestJson(call, origin)),
} as const;

/** Prints a request, or sends it and shows the answer. */
export async function tryCall(call: Call, flags: TryFlags): Promise<void> {
  const target: Target = flags.live === true ? "live" : "simulator";
  if (target === "live") refuseUnasked(flags);
  const cwd = givenFolder(flags.cwd);
  const session = await cliSession({ cwd, stack: flags.stack });
  const { origin } = session.settings;
  for (const note of call.notes) console.error(note);
  if (flags.format !== undefined) {
    console.log(FORMATTED[flags.format](call, origin));
    return;
  }
  if (flags.json === undefined) console.log(`${requestText(call, target === "live" ? origin : undefined)}\n`);
  const outcome: Rehearsal =
    target === "live" ? { ...(await sendLive(call, flags, session)), origin } : await rehearsed(call);
  if (flags.json === undefined) console.log(outcomeText(outcome, target));
  else console.log(pretty(outcomeJson(call, outcome.origin, target, outcome)));
  if (!isDone(outcome)) throw new Exit(1);
}

function refuseUnasked({ format, yes, json, hasReadInput }: TryFlags): void {
  if (format !== undefined)
    throw new UsageError("--format prints the request alone, and --live sends it: leave one out.");
  if (yes === undefined && (json !== undefined || hasReadInput || !hasTerminal()))
    throw new UsageError("--live asks before it sends, but cannot ask here: add --yes to send it.");
}

type Session = Awaited<ReturnType<typeof cliSession>>;

async function sendLive(call: Call, { yes }: TryFlags, session: Session): Promise<Outcome> {
  const connection = session.connection(call.inputs);
  const { accountSid } = connection.credentials;
  if (
    yes === undefined &&
    !(await agreedTo((questions) => questions.isAgreed(`Send it to account ${accountSid}?`), false))
  ) {
    console.error("Nothing was sent.");
    throw new Exit(1);
  }
  // The provider does this before its first write: a key of another account would write there.
  const guard = () => connection.verified();
  return withProgress("asking Twilio", () => send(connection, call.request, call, guard));
}

function rehearsed(call: Call): Promise<Rehearsal> {
  return withProgress("asking the simulator", () => rehearse(call, definitions));
}

function pretty(value: object): string {
  return JSON.stringify(value, null, 2);
}

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
