import type { Notify } from "../session";
import type { Held } from "./roster-member";
import type { Unclear } from "./roster-ownership";
import { describeLabels } from "./roster-writes";

/** Members that the roster no longer declares, and that may be another resource's: they stay, and it is said at once. */
export class Undecided {
  private readonly members: string[] = [];
  private readonly causes = new Set<string>();
  private conversation = "";

  constructor(private readonly notify: Notify) {}

  note({ label, sid, state }: Held, { because }: Unclear): void {
    this.conversation = String(state["resolvedConversationSid"] ?? state["conversationSid"]);
    this.members.push(label.endsWith(sid) ? label : `${label} (${sid})`);
    this.causes.add(because);
  }

  say(): void {
    const { members, causes, conversation } = this;
    if (members.length === 0) return;
    const [stay, them] = members.length === 1 ? ["stays", "it"] : ["stay", "them"];
    this.notify(
      `${describeLabels(members)} ${stay} in conversation ${conversation}, although its roster no longer declares ${them}: ` +
        "another resource declares the same identity or address, and whether in the same conversation cannot be told " +
        `(${[...causes].join("; ")}). The next \`pulumi up\` tries again.`,
    );
  }
}
