import type { EngineEvent, PulumiCommand } from "@pulumi/pulumi/automation";
import { Interrupted } from "../pulumi/interruption";
import { runPulumi } from "../pulumi/pulumi";
import { type EngineStep, isOurs, type Observation, observationsOf } from "./observation";

/** Why a preview could not be made, in Pulumi's own words. */
export class PreviewError extends Error {
  override name = "PreviewError";
}

export interface PreviewOptions {
  readonly cwd: string;
  readonly stack: string;
  /** What the CLI is told besides. */
  readonly env: Record<string, string>;
  /** Told the number of resources that were read so far. */
  readonly onRead: (count: number) => void;
}

/** What a preview with refresh says of our resources. It writes no state and selects no stack. */
export async function refreshPreview({ cwd, stack, env, onRead }: PreviewOptions): Promise<Observation[]> {
  // A second to load, which nobody is to wait for to read a help text.
  const { LocalWorkspace, PulumiCommand, Stack } = await import("@pulumi/pulumi/automation/index.js");
  const steps: EngineStep[] = [];
  const errors: string[] = [];
  let read = 0;
  const hear = ({ resourcePreEvent, resOutputsEvent, diagnosticEvent }: EngineEvent) => {
    const step = (resOutputsEvent ?? resourcePreEvent)?.metadata as EngineStep | undefined;
    // What is only begun has not been read.
    if (step !== undefined && !(resourcePreEvent !== undefined && step.op === "refresh")) steps.push(step);
    if (step?.op === "refresh" && resOutputsEvent !== undefined && isOurs(step)) onRead(++read);
    // The rest of them are the engine's debugging, with secrets in clear (measured at 3.255.0).
    if (diagnosticEvent?.severity === "error") errors.push(diagnosticEvent.message);
  };
  try {
    const pulumiCommand = ownCommand(await PulumiCommand.get());
    const workspace = await LocalWorkspace.create({ workDir: cwd, envVars: env, pulumiCommand });
    // To select it would change what the user's next `pulumi up` is about.
    workspace.selectStack = async () => {};
    const selected = await Stack.select(stack, workspace);
    await selected.preview({ refresh: true, onEvent: hear });
  } catch (error) {
    if (error instanceof Interrupted) throw error;
    const whole =
      errors.length > 1 ? ` Run \`pulumi preview --refresh --stack ${stack}\` to see all of it.` : "";
    throw new PreviewError(
      `the refresh preview of stack ${stack} failed: ${reasonOf(error, errors)}${whole}`,
    );
  }
  return observationsOf(steps);
}

/**
 * The Automation API would start the CLI so that a Ctrl-C reaches it by two ways, which makes it leave its plugins
 * behind (found at 3.255.0). It asks `run` of what it is given, an internal one of `PulumiCommand` since 3.99.
 */
function ownCommand(command: PulumiCommand): PulumiCommand {
  const run = async (args: readonly string[], cwd: string, env: Record<string, string>) => {
    const ended = await runPulumi(args, { cwd, env: { ...env, PULUMI_AUTOMATION_API: "true" } });
    if (ended.code !== 0) throw new Error(ended.stderr || ended.stdout);
    return ended;
  };
  return Object.assign(command, { run });
}

/** Why a preview failed, in one paragraph: by the errors that the engine told, or else by what its command printed. */
export function reasonOf(error: unknown, errors: readonly string[]): string {
  // Of errors with one cause the first to be told is told in full, the others in short, in no order.
  const [told] = errors.map(withoutTrace).sort((one, other) => other.length - one.length);
  const text = told || lastError(error instanceof Error ? error.message : String(error));
  return /[.!?]$/.test(text) ? text : `${text}.`;
}

/** What an exception of the program says comes with where it was thrown, which `pulumi preview` shows. */
function withoutTrace(message: string): string {
  const lines = message.trim().split("\n");
  const trace = lines.findIndex((line) => /^\s+at /.test(line));
  return lines
    .slice(0, trace === -1 ? lines.length : trace)
    .map((line) => line.trim())
    .join(" ");
}

/** Of the output of a command that failed, what it says last is wrong; else its first line. */
function lastError(output: string): string {
  const told = [...output.matchAll(/^(?:\s*stderr: ?)?error: (.+)$/gm)].at(-1)?.[1];
  return (told ?? output.trim().split("\n")[0] ?? "").trim();
}
