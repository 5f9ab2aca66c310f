import type { Pulumi, RecordedRun } from "../../../../provider/cli/recover/elsewhere";
import { URN } from "./states";

const TYPE = "pulumi-nodejs:dynamic/twilio:Participant";

interface State {
  readonly resources: readonly string[];
  readonly pending: readonly string[];
}

/** A run of somebody else: begins, records what it has made each time it is told to, and ends. */
interface OtherRun {
  record(): void;
  end(): void;
}

/** A bucket or Pulumi Cloud as the CLI's commands see it, with one stack that a killed run has left. */
export class BackendElsewhere {
  state: State = { resources: ["first"], pending: ["killed"] };
  /** All that any run has ever recorded. */
  readonly recorded = new Set(["first"]);
  private lock: object | undefined;
  private readonly atWork = new Set<object>();
  private readonly runs: (RecordedRun & { readonly state: State })[] = [];
  private written = 0;

  constructor(
    private readonly isCloud: boolean,
    isLocked = true,
  ) {
    if (isLocked) this.lock = {};
  }

  readonly pulumi: Pulumi = async (args, input = "") => {
    const command = args.filter((arg) => !arg.startsWith("-")).join(" ");
    if (command.startsWith("stack export")) return ended(this.exported());
    if (command.startsWith("stack history")) return ended(JSON.stringify(this.runs));
    if (command.startsWith("stack ls"))
      return ended(JSON.stringify([{ name: "dev", updateInProgress: this.lock !== undefined }]));
    if (command.startsWith("cancel")) {
      this.lock = undefined;
      return ended("");
    }
    if (!command.startsWith("stack import")) throw new Error(command);
    if (this.lock !== undefined)
      return { code: 1, stdout: "", stderr: "error: the stack is currently locked" };
    // Pulumi clears what is pending (pulumi/pkg cmd/pulumi/stack/stack_import.go).
    this.write({ ...JSON.parse(input).kept, pending: [] });
    if (this.isCloud) this.remember("import");
    return ended("");
  };

  /** Undefined where the stack is locked, or a run is at work whose lock was taken: two would overwrite each other. */
  begin(): OtherRun | undefined {
    if (this.lock !== undefined || this.atWork.size > 0) return undefined;
    const own = {};
    this.lock = own;
    this.atWork.add(own);
    let state = this.state;
    const write = (): boolean => {
      // Pulumi Cloud takes nothing from a run that was cancelled; a bucket knows nothing of that.
      if (this.isCloud && this.lock !== own) return false;
      this.write(state);
      return true;
    };
    return {
      record: () => {
        const name = `made ${this.recorded.size}`;
        state = { ...state, resources: [...state.resources, name] };
        if (write()) this.recorded.add(name);
      },
      end: () => {
        if (write()) this.remember("update");
        if (this.lock === own) this.lock = undefined;
        this.atWork.delete(own);
      },
    };
  }

  /** What is neither in the state nor in the history. */
  get lost(): string[] {
    const kept = new Set(
      [this.state, ...this.runs.map(({ state }) => state)].flatMap(({ resources }) => resources),
    );
    return [...this.recorded].filter((name) => !kept.has(name));
  }

  /** What is not in the state: somebody has to be told. */
  get missing(): string[] {
    return [...this.recorded].filter((name) => !this.state.resources.includes(name));
  }

  private exported(): string {
    const { resources, pending } = this.state;
    const pending_operations = pending.map((name) => ({
      type: "creating",
      resource: { urn: `${URN}-${name}`, type: TYPE },
    }));
    const deployment = { manifest: { time: this.written }, resources, pending_operations };
    return JSON.stringify({ version: 3, deployment, kept: this.state });
  }

  private write(state: State): void {
    this.state = state;
    this.written += 1;
  }

  private remember(kind: string): void {
    const version = this.isCloud ? this.runs.length + 1 : undefined;
    this.runs.unshift({
      version,
      kind,
      startTime: `${this.written}`,
      result: "succeeded",
      state: this.state,
    });
  }
}

function ended(stdout: string) {
  return { code: 0, stdout, stderr: "" };
}
