import type { EngineEvent, PulumiCommand } from "@pulumi/pulumi/automation";
import { Interrupted } from "../pulumi/interruption";
import { runPulumi } from "../pulumi/pulumi";
import { type EngineStep, isOurs, type Observation, observationsOf } from "./observation";

/** A preview failed; the message has Pulumi's words. */
export class PreviewError extends Error {
  override name = "PreviewError";
}

export interface PreviewOptions {
  readonly cwd: string;
  readonly stack: string;
  /** Additional environment variables for the CLI. */
  readonly env: Record<string, string>;
  /** Receives the number of resources read so far. */
  readonly onRead: (count: number) => void;
}

/** Runs a refresh preview and returns our resources. It writes no state and selects no stack. */
export async function refreshPreview({ cwd, stack, env, onRead }: PreviewOptions): Promise<Observation[]> {
  // Takes a second to load; a help text should not wait for it.
  const { LocalWorkspace, PulumiCommand, Stack } = await import("@pulumi/pulumi/automation/index.js");
  const steps: EngineStep[] = [];
  const errors: string[] = [];
  let read = 0;
  const hear = ({ resourcePreEvent, resOutputsEvent, diagnosticEvent }: EngineEvent) => {
    const step = (resOutputsEvent ?? resourcePreEvent)?.metadata as EngineStep | undefined;
    // A refresh that has only begun has read nothing.
    if (step !== undefined && !(resourcePreEvent !== undefined && step.op === "refresh")) steps.push(step);
    if (step?.op === "refresh" && resOutputsEvent !== undefined && isOurs(step)) onRead(++read);
    // All other diagnostics are debug output of Pulumi's engine, with secrets in clear (measured at 3.255.0).
    if (diagnosticEvent?.severity === "error") errors.push(diagnosticEvent.message);
  };
  try {
    const pulumiCommand = ownCommand(await PulumiCommand.get());
    const workspace = await LocalWorkspace.create({ workDir: cwd, envVars: env, pulumiCommand });
    // Selecting the stack would change the target of the user's next `pulumi up`.
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
 * The Automation API starts the CLI so that a Ctrl-C reaches it twice, and the CLI then leaves its plugins running
 * (found at 3.255.0). It calls `run` of the command passed in, an internal of `PulumiCommand` since 3.99.
 */
function ownCommand(command: PulumiCommand): PulumiCommand {
  const run = async (args: readonly string[], cwd: string, env: Record<string, string>) => {
    const ended = await runPulumi(args, { cwd, env: { ...env, PULUMI_AUTOMATION_API: "true" } });
    if (ended.code !== 0) throw new Error(ended.stderr || ended.stdout);
    return ended;
  };
  return Object.assign(command, { run });
}

/** Why a preview failed, in one paragraph: from the engine's errors, else from the command's output. */
export function reasonOf(error: unknown, errors: readonly string[]): string {
  // Of several errors with one cause, the engine prints one in full and the others short, in no fixed order.
  const [told] = errors.map(withoutTrace).sort((one, other) => other.length - one.length);
  const text = told || lastError(error instanceof Error ? error.message : String(error));
  return /[.!?]$/.test(text) ? text : `${text}.`;
}

/** Drops the stack trace of a program's exception; `pulumi preview` shows it. */
function withoutTrace(message: string): string {
  const lines = message.trim().split("\n");
  const trace = lines.findIndex((line) => /^\s+at /.test(line));
  return lines
    .slice(0, trace === -1 ? lines.length : trace)
    .map((line) => line.trim())
    .join(" ");
}

/** The last error line in a failed command's output, else its first line. */
function lastError(output: string): string {
  const told = [...output.matchAll(/^(?:\s*stderr: ?)?error: (.+)$/gm)].at(-1)?.[1];
  return (told ?? output.trim().split("\n")[0] ?? "").trim();
}
