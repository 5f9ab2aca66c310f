import { isDeepStrictEqual } from "node:util";
import { outputOf, PulumiError } from "../pulumi/pulumi";
import type { Ended } from "../pulumi/started-program";
import { counted } from "../terminal/text";
import type { PendingOperation } from "./checkpoint";
import { describePending, isRecoverable } from "./pending";
import type { Diagnosis, Step, StepKind } from "./report";

interface Deployment {
  readonly deployment?: {
    readonly pending_operations?: { type: string; resource: { urn: string; type: string } }[];
  } | null;
}

/** Runs a command of the Pulumi CLI in the project. */
export type Pulumi = (args: readonly string[], input?: string) => Promise<Ended>;

/**
 * A stack whose state is in a bucket, a database or Pulumi Cloud. Its files are out of reach, so this sees and does
 * what Pulumi's own commands can.
 */
export class StackElsewhere {
  private diagnosed = "";

  constructor(
    private readonly stack: string,
    private readonly url: string,
    private readonly pulumi: Pulumi,
  ) {}

  async diagnose(): Promise<Diagnosis> {
    const { code, stdout, stderr } = await this.pulumi(["stack", "export", "--stack", this.stack]);
    if (code !== 0)
      throw new PulumiError(
        `the state cannot be read: ${stderr.trim()}\nA broken state is mended in backends of files alone. In a bucket, put a complete copy (.pulumi/stacks/…/STACK.json.bak, or one of .pulumi/history) in its place by hand.`,
      );
    this.diagnosed = stdout;
    const pending = pendingIn(JSON.parse(stdout));
    // An import clears all operations, also those that must not be lost.
    const isClear = pending.every(isRecoverable);
    return {
      steps: [...(await this.lockSteps()), ...(pending.length > 0 && isClear ? [pendingStep(pending)] : [])],
      notes: isClear ? [] : pending.map(describePending),
    };
  }

  async mend(agreed: ReadonlySet<StepKind>): Promise<string[]> {
    if (agreed.has("lock")) await this.output(["cancel", "--yes"]);
    try {
      if (agreed.has("pending")) await this.clearPending();
    } catch (error) {
      if (agreed.has("lock") && error instanceof Error)
        error.message = `the lock was cancelled, but ${error.message}`;
      throw error;
    }
    return [];
  }

  /**
   * Clears pending operations by an import, which replaces the whole current state. So it imports a fresh export that
   * equals the diagnosed one. A run recorded between the two commands stays in Pulumi's history, and an error reports
   * it.
   */
  private async clearPending(): Promise<void> {
    const before = await this.runs();
    const exported = await this.output(["stack", "export"]);
    if (!isSame(exported, this.diagnosed))
      throw new Error(
        `something changed the stack meanwhile, so its pending operations were left. Run it again.`,
      );
    await this.output(["stack", "import"], exported);
    const [latest] = endedSince(before, await this.runs());
    if (latest !== undefined) throw new Error(this.describeOverwritten(latest));
  }

  private describeOverwritten({ kind, version, startTime }: RecordedRun): string {
    const kept = this.isCloud
      ? `Pulumi Cloud keeps it: look at \`pulumi stack export --version ${version} --stack ${this.stack}\``
      : `Pulumi keeps it: look at the newest .checkpoint.json of this stack in .pulumi/history of ${this.url}`;
    return `another run of Pulumi (${kind}, begun ${startTime}) ended while the pending operations were cleared, so what it recorded may be missing in the state. ${kept}, and where it has more than the state has, put it back with \`pulumi stack import\`.`;
  }

  private async runs(): Promise<RecordedRun[]> {
    return JSON.parse(await this.output(["stack", "history", "--json"]));
  }

  private get isCloud(): boolean {
    return /^https?:/.test(this.url);
  }

  /** Only Pulumi Cloud shows whether somebody works on a stack, and no backend shows who. */
  private async lockSteps(): Promise<Step[]> {
    if (!this.isCloud)
      return [
        {
          ...this.lockStep(`a lock cannot be seen in ${this.url}: \`pulumi cancel\` removes any lock`),
          isAssumed: true,
        },
      ];
    const args = ["stack", "ls", "--json", ...placeIn(this.stack)];
    const stacks = JSON.parse(outputOf(args, await this.pulumi(args))) as {
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

  private async output(command: readonly string[], input?: string): Promise<string> {
    const args = [...command, "--stack", this.stack];
    return outputOf(args, await this.pulumi(args, input));
  }
}

/** Without these arguments Pulumi lists only this project's stacks, and would miss a run on another project's. */
function placeIn(stack: string): string[] {
  const [organization, project, ...rest] = stack.split("/");
  if (organization === undefined || project === undefined) return [];
  return ["--organization", organization, ...(rest.length > 0 ? ["--project", project] : [])];
}

/** Compares texts first: deeply nested values would overflow the stack. */
function isSame(one: string, other: string): boolean {
  return one === other || isDeepStrictEqual(JSON.parse(one), JSON.parse(other));
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

/** A run in `pulumi stack history --json`, newest first. */
export interface RecordedRun {
  /** Only Pulumi Cloud counts versions. */
  readonly version?: number;
  /** update, refresh, destroy, import, … */
  readonly kind: string;
  readonly startTime: string;
  /** in-progress, succeeded or failed */
  readonly result?: string;
}

/** The runs that ended between two readings of the history, without our own import. */
export function endedSince(before: readonly RecordedRun[], after: readonly RecordedRun[]): RecordedRun[] {
  const known = new Set(before.map(identityOf));
  const ended = after.filter((run) => !known.has(identityOf(run)) && run.result !== "in-progress");
  // Pulumi Cloud records the import; other backends do not.
  const own = ended.find(({ kind }) => kind === "import");
  return ended.filter((run) => run !== own);
}

function identityOf({ version, kind, startTime, result }: RecordedRun): string {
  return JSON.stringify([version, kind, startTime, result]);
}
