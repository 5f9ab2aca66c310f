import { TwilioError } from "../../http/errors";
import type { Lifecycle } from "../lifecycle/lifecycle";
import type { Declaration } from "../run/ownership";
import type { Session } from "../run/session";
import { describeLabels } from "./concurrent";
import type { Held, RosterDefinition } from "./definition";
import type { MemberOwnership } from "./ownership";

interface Handed {
  readonly member: Held;
  /** The member's entry in the roster's state until the other resource records it. */
  readonly rest: Held;
}

/**
 * Members that another resource now declares. Its create may fail, or never begin. So the roster keeps a member in its
 * own state until the other resource has recorded it, since no resource would hold it otherwise.
 */
export class HandedOver {
  private readonly handed: Handed[] = [];
  private readonly gone = new Set<Handed>();

  constructor(
    private readonly definition: RosterDefinition,
    private readonly session: Session,
    private readonly lifecycle: Lifecycle,
    private readonly ownership: MemberOwnership,
  ) {}

  note(member: Held, rest: Held): void {
    this.handed.push({ member, rest });
  }

  /**
   * State entries of the members that other resources have recorded. Waits while there is progress, but not for a
   * resource that has failed. Nothing tells of one that never begins.
   */
  async taken(): Promise<Held[]> {
    const { ownership, quietPeriod } = this.session;
    const owners = new Map<Handed, readonly Declaration[]>();
    for (const one of this.waiting()) owners.set(one, await this.ownership.ownersOf(one.member.state));
    const isFailed = (one: Handed) => {
      const known = owners.get(one) ?? [];
      return known.length > 0 && known.every(({ inputs }) => ownership.isFailed(inputs));
    };
    await quietPeriod.drained(() => this.waiting().filter((one) => !isFailed(one)).length);
    // Somebody may have removed the member, so that the other resource has created another.
    for (const one of this.waiting()) if (await this.seenGone(one)) this.gone.add(one);
    return this.handed.filter((one) => this.isTaken(one)).map(({ rest }) => rest);
  }

  say(): void {
    const waiting = this.waiting().map(({ member: { label, sid } }) =>
      label.endsWith(sid) ? label : `${label} (${sid})`,
    );
    const [first] = this.waiting();
    if (first === undefined) return;
    const { state } = first.member;
    const [stay, them] = waiting.length === 1 ? ["stays", "it"] : ["stay", "them"];
    this.session.notify(
      `${describeLabels(waiting)} ${stay} in the state of the roster of conversation ` +
        `${String(state["resolvedConversationSid"] ?? state["conversationSid"])}, which no longer declares ${them}: ` +
        `the resource that declares ${them} instead has not taken ${them} over so far. The next \`pulumi up\` tries again.`,
    );
  }

  private waiting(): Handed[] {
    return this.handed.filter((one) => !this.isTaken(one));
  }

  private isTaken(one: Handed): boolean {
    return this.gone.has(one) || this.session.ownership.isRecorded(this.definition.member, one.member.sid);
  }

  /** Asks Twilio; if the request fails, the member stays in state. */
  private async seenGone({ member: { sid, state } }: Handed): Promise<boolean> {
    try {
      return (await this.lifecycle.read(sid, state)) === undefined;
    } catch (error) {
      if (!(error instanceof TwilioError)) throw error;
      return false;
    }
  }
}
