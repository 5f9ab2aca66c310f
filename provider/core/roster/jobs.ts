import { isMissing } from "../../http/errors";
import type { Connection } from "../api/connection";
import { writtenAtMs } from "../api/eventual-consistency";
import { masked } from "../definition/hidden-value";
import { UnverifiedError } from "../errors";
import { type JsonObject, pick } from "../json";
import type { Lifecycle } from "../lifecycle/lifecycle";
import { locationOf } from "../lifecycle/location";
import type { Session } from "../run/session";
import { changesBetween } from "../state/diff";
import { stateRefreshed } from "../state/state";
import { describeLabels, type Job, Leftovers } from "./concurrent";
import type { Held, RosterDefinition, Wanted } from "./definition";
import { HandedOver } from "./handed-over";
import { isClaimed, isReserved, isUnmanaged, leftOver, unclaimed } from "./member";
import { MemberOwnership } from "./ownership";
import type { Plan, Staying } from "./plan";
import { describeUnclear, describeUnheard, Undecided } from "./undecided";

/** The work on each member, and the resulting members. */
export class RosterJobs {
  private readonly held: Held[] = [];
  private readonly taken: string[] = [];
  private readonly leftovers: Leftovers;
  private readonly undecided: Undecided;
  private readonly unheard: Undecided;
  private readonly ownership: MemberOwnership;
  private readonly handedOver: HandedOver;

  constructor(
    private readonly definition: RosterDefinition,
    private readonly session: Session,
    private readonly lifecycle: Lifecycle,
    private readonly connection: Connection,
    /** The conversation's SID if the program names it: the name may refer to another one by now. */
    private readonly resolved: JsonObject,
  ) {
    this.leftovers = new Leftovers(session.notify);
    this.undecided = new Undecided(session.notify, describeUnclear);
    this.unheard = new Undecided(session.notify, describeUnheard);
    this.ownership = new MemberOwnership(definition, session);
    this.handedOver = new HandedOver(definition, session, lifecycle, this.ownership);
  }

  /** The members after the jobs done so far. */
  get members(): readonly Held[] {
    return this.held;
  }

  /** Creates a member, or adopts it if it is in `standing`. */
  addition({ label, inputs }: Wanted, standing: readonly JsonObject[]): Job {
    const { naturalKey } = this.definition.member;
    return {
      label,
      run: async () => {
        const live = standing.find((row) => naturalKey.matches(inputs, row) && !this.isDeleted(row));
        const seen = live && { live, id: String(live["sid"]), nowMs: this.connection.serverNowMs };
        const created = await this.lifecycle.create(this.here(inputs), {
          existing: seen,
          notify: () => void this.taken.push(label),
        });
        this.held.push({ label, ...created });
      },
    };
  }

  /** Sends no values that an interrupted run has already written. */
  change({ held, wanted, changes }: Staying, standing: readonly JsonObject[]): Job[] {
    const { label, inputs } = wanted;
    const { sid } = held;
    const state = isReserved(label) ? held.state : unclaimed(held.state);
    if (changes === false) {
      this.held.push({ label, sid, state });
      this.session.ownership.noteKept(this.definition.member, sid, inputs);
      return [];
    }
    const kept = (known: JsonObject) => ({ label, sid, state: withoutNewSecrets(known, inputs) });
    const before = this.held.push(kept(state)) - 1;
    const live = standing.find((row) => row["sid"] === sid);
    const run = async () => {
      const written = await this.lifecycle
        .update(sid, this.done(state, inputs, live), inputs)
        .then((state) => ({ sid, state }))
        .catch(async (error: unknown) => {
          if (error instanceof UnverifiedError) {
            this.held[before] = kept(error.state);
            throw error.cause;
          }
          const isGone = isMissing(error) && (await this.lifecycle.read(sid, state)) === undefined;
          if (!isGone) throw error;
          return this.lifecycle.create(this.here(inputs));
        });
      this.held[before] = { label, ...written };
    };
    return [{ label, run }];
  }

  /**
   * The state with the live values that already match the program. Other live values are left for a refresh to show.
   */
  private done(state: JsonObject, inputs: JsonObject, live: JsonObject | undefined): JsonObject {
    const { member } = this.definition;
    if (live === undefined || writtenAtMs(live) < writtenAtMs(state)) return state;
    const here = locationOf(member, this.connection, live, state["chatServiceSid"]);
    const found = stateRefreshed(member, state, live, here).state;
    const namesIn = (from: JsonObject) => changesBetween(member, from, inputs).map(({ entry }) => entry.name);
    const open = new Set(namesIn(found));
    const done = namesIn(state).filter((name) => !open.has(name));
    return { ...state, ...pick(found, done) };
  }

  /** A member stays in state until it is gone, also one that another resource may now declare. */
  async removals({ added, removed }: Plan): Promise<Job[]> {
    const { definition, ownership, session } = this;
    const { quietPeriod } = session;
    const { naturalKey } = definition.member;
    const isReplaced = ({ state }: Held) => added.some(({ inputs }) => naturalKey.matches(inputs, state));
    // A separate resource that now declares the member may not have registered yet.
    if (!removed.every(isReplaced)) await quietPeriod.waitForAll();
    const jobs = removed.map(async (member): Promise<Job[]> => {
      const isTaken = isUnmanaged(member)
        ? session.ownership.isHeld(definition.member, member.sid)
        : session.ownership.has(definition.member, member.sid);
      const owned = isTaken || (isReplaced(member) ? false : await ownership.of(member.state));
      // An unmanaged member was never the roster's.
      if (owned === true && isUnmanaged(member)) return [];
      const rest = leftOver(definition, member, owned !== false);
      this.held.push(rest);
      if (owned === true) {
        this.handedOver.note(member, rest);
        return [];
      }
      if (owned !== false) {
        this.undecided.note(member, owned.because);
        return [];
      }
      // With `--target` Pulumi's engine skips other resources without telling. So a run that sees no declaration only
      // clears the claim, and the next one takes a missing declaration for proof.
      if (isClaimed(member) && !isReplaced(member) && ownership.declarationsLike(member.state).length === 0) {
        this.unheard.note(member);
        return [];
      }
      const run = async () => {
        await this.lifecycle.delete(member.sid, member.state, this.leftovers.noteOf(member.label));
        this.held.splice(this.held.indexOf(rest), 1);
      };
      return [{ label: member.label, run }];
    });
    return (await Promise.all(jobs)).flat();
  }

  /**
   * Releases members that other resources have recorded. An own member that failed to come is noted as failed, so that
   * nobody waits for it: the other resource may be a roster that waits for this one.
   */
  async handOver({ added }: Plan): Promise<void> {
    const come = new Set(this.held.map(({ label }) => label));
    for (const { label, inputs } of added) if (!come.has(label)) this.session.ownership.noteFailed(inputs);
    for (const rest of await this.handedOver.taken()) this.held.splice(this.held.indexOf(rest), 1);
  }

  private here(inputs: JsonObject): JsonObject {
    return { ...inputs, ...this.resolved };
  }

  private isDeleted({ sid }: JsonObject): boolean {
    return this.session.ownership.isDeleted(this.definition.member, String(sid));
  }

  /** One note for all, since an interrupted run can leave hundreds. */
  sayAtOnce(): void {
    this.leftovers.say();
    this.undecided.say();
    this.unheard.say();
    this.handedOver.say();
    const { taken } = this;
    if (taken.length > 0)
      this.session.notify(
        `${taken.length} of the members were taken over: they were there already (${describeLabels(taken)}).`,
      );
  }
}

/** The engine keeps a secret only under a key that is secret in the new inputs; an update that fails stores this. */
function withoutNewSecrets(state: JsonObject, inputs: JsonObject): JsonObject {
  const isSecret = [state, inputs].some(({ secretAttributes }) => secretAttributes === true);
  return isSecret ? { ...state, attributes: masked(inputs["attributes"], state["attributes"]) } : state;
}
