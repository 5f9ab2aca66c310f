import type { Notify } from "../run/session";
import { describeLabels } from "./concurrent";
import type { Held } from "./definition";

/** Members no longer declared that may be another resource's. They stay, and one note names them. */
export class Undecided {
  private readonly members: string[] = [];
  private readonly causes = new Set<string>();
  private conversation = "";

  constructor(
    private readonly notify: Notify,
    /** Why they stay, and what happens next, for "it" or "them". */
    private readonly describe: (them: string, causes: readonly string[]) => string,
  ) {}

  note({ label, sid, state }: Held, because?: string): void {
    this.conversation = String(state["resolvedConversationSid"] ?? state["conversationSid"]);
    this.members.push(label.endsWith(sid) ? label : `${label} (${sid})`);
    if (because !== undefined) this.causes.add(because);
  }

  say(): void {
    const { members, causes, conversation } = this;
    if (members.length === 0) return;
    const [stay, them] = members.length === 1 ? ["stays", "it"] : ["stay", "them"];
    this.notify(
      `${describeLabels(members)} ${stay} in conversation ${conversation}, although its roster no longer declares ${them}: ` +
        this.describe(them, [...causes]),
    );
  }
}

export function describeUnclear(_them: string, causes: readonly string[]): string {
  return (
    "another resource declares the same identity or address, and it is unknown whether in the same conversation " +
    `(${causes.join("; ")}). The next \`pulumi up\` tries again.`
  );
}

export function describeUnheard(them: string): string {
  return (
    `an earlier run left ${them} to another resource, and this one was told of none that declares ${them}. ` +
    `With \`--target\` Pulumi may hide it: run \`pulumi up\` without. The next \`pulumi up\` that is told of none removes ${them}.`
  );
}
