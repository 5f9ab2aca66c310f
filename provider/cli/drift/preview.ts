import type { EngineEvent } from "@pulumi/pulumi/automation";
import { type EngineStep, isOurs, type Observation, observationsOf } from "./observation";
import { reasonOf } from "./reason";

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
  const { LocalWorkspace, Stack } = await import("@pulumi/pulumi/automation/index.js");
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
    const workspace = await LocalWorkspace.create({ workDir: cwd, envVars: env });
    // To select it would change what the user's next `pulumi up` is about.
    workspace.selectStack = async () => {};
    const selected = await Stack.select(stack, workspace);
    await selected.preview({ refresh: true, color: "never", onEvent: hear });
  } catch (error) {
    const whole =
      errors.length > 1 ? ` Run \`pulumi preview --refresh --stack ${stack}\` to see all of it.` : "";
    throw new PreviewError(
      `the refresh preview of stack ${stack} failed: ${reasonOf(error, errors)}${whole}`,
    );
  }
  return observationsOf(steps);
}
