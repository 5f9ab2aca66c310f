import { counted } from "../counted";
import { PulumiError, pulumiOutput, runPulumi } from "../pulumi";
import type { PendingOperation } from "./checkpoint";
import { describePending, isRecoverable } from "./pending";
import type { Diagnosis, Step, StepKind } from "./report";

interface Deployment {
  readonly deployment?: {
    readonly pending_operations?: { type: string; resource: { urn: string; type: string } }[];
  } | null;
}

/**
 * A stack whose state is in a bucket, a database or Pulumi Cloud: its files are out of reach, so what can be seen and
 * done is what Pulumi's own commands see and do.
 */
export class StackElsewhere {
  private exported = "";

  constructor(
    private readonly stack: string,
    private readonly url: string,
    private readonly cwd: string,
  ) {}

  async diagnose(): Promise<Diagnosis> {
    const { code, stdout, stderr } = await this.pulumi("stack", "export");
    if (code !== 0)
      throw new PulumiError(
        `the state cannot be read: ${stderr.trim()}\nA broken state is mended in backends of files alone. In a bucket, put a complete copy (.pulumi/stacks/…/STACK.json.bak, or one of .pulumi/history) in its place by hand.`,
      );
    this.exported = stdout;
    const pending = pendingIn(JSON.parse(stdout));
    // An import clears them all, also those that must not be lost.
    const isClear = pending.every(isRecoverable);
    return {
      steps: [...(await this.lockSteps()), ...(pending.length > 0 && isClear ? [pendingStep(pending)] : [])],
      notes: isClear ? [] : pending.map(describePending),
    };
  }

  async mend(agreed: ReadonlySet<StepKind>): Promise<string[]> {
    if (agreed.has("lock")) await pulumiOutput(["cancel", "--yes", "--stack", this.stack], this.cwd);
    if (agreed.has("pending"))
      await pulumiOutput(["stack", "import", "--stack", this.stack], this.cwd, this.exported);
    return [];
  }

  /** Only Pulumi Cloud tells whether somebody works on a stack, and nobody tells who. */
  private async lockSteps(): Promise<Step[]> {
    if (!/^https?:/.test(this.url))
      return [
        this.lockStep(`a lock cannot be seen in ${this.url}: \`pulumi cancel\` removes whatever is there`),
      ];
    const stacks = JSON.parse(await pulumiOutput(["stack", "ls", "--json"], this.cwd)) as {
      name: string;
      updateInProgress?: boolean;
    }[];
    const isBusy = stacks.some(
      ({ name, updateInProgress }) =>
        updateInProgress && name.split("/").at(-1) === this.stack.split("/").at(-1),
    );
    return isBusy
      ? [this.lockStep("an update is in progress, or was killed: Pulumi Cloud does not tell which")]
      : [];
  }

  private lockStep(found: string): Step {
    return {
      kind: "lock",
      found: [found],
      question: "Are you sure that no Pulumi works on this stack, and cancel?",
      done: "cancelled",
      unseen: [this.stack],
    };
  }

  private pulumi(...args: string[]) {
    return runPulumi([...args, "--stack", this.stack], { cwd: this.cwd });
  }
}

function pendingIn({ deployment }: Deployment): PendingOperation[] {
  return (deployment?.pending_operations ?? []).map(({ type, resource }) => ({
    type,
    urn: resource.urn,
    resourceType: resource.type,
  }));
}

function pendingStep(pending: readonly PendingOperation[]): Step {
  return {
    kind: "pending",
    found: pending.map(describePending),
    question: `Clear ${pending.length === 1 ? "it" : `these ${pending.length} operations`}?`,
    done: `cleared ${counted(pending.length, "pending operation")}`,
  };
}
