import { isMissing } from "../../http/errors";
import type { Connection } from "../connection";
import type { JsonObject } from "../json";
import { writtenAtMs } from "../lag";
import type { Lifecycle } from "../lifecycle";
import { placeOf } from "../place";
import type { Session } from "../session";
import { stateRefreshed } from "../state";
import type { RosterDefinition } from "./roster-definition";
import { type Held, removedLabel, type Wanted } from "./roster-member";
import { isDeclaredElsewhere } from "./roster-ownership";
import type { Plan, Staying } from "./roster-plan";
import { describeLabels, type Job } from "./roster-writes";

/** What is to be done with each member, and the members that come of it. */
export class RosterJobs {
  private readonly held: Held[] = [];
  private readonly taken: string[] = [];

  constructor(
    private readonly definition: RosterDefinition,
    private readonly session: Session,
    private readonly lifecycle: Lifecycle,
    private readonly connection: Connection,
  ) {}

  /** The members as they are now, as far as the jobs are done. */
  get members(): readonly Held[] {
    return this.held;
  }

  /** Creates a member, or takes it over where it is `standing` already. */
  addition({ label, inputs }: Wanted, standing: readonly JsonObject[]): Job {
    const { naturalKey } = this.definition.member;
    return {
      label,
      run: async () => {
        const live = standing.find((row) => naturalKey.matches(inputs, row));
        const seen = live && { live, id: String(live["sid"]), nowMs: this.connection.serverNowMs };
        const created = await this.lifecycle.create(inputs, {
          standing: seen,
          notify: () => void this.taken.push(label),
        });
        this.held.push({ label, ...created });
      },
    };
  }

  /** What an interrupted run has done already is not sent again. */
  change({ held, wanted, changes }: Staying, standing: readonly JsonObject[]): Job[] {
    const { label, inputs } = wanted;
    const before = this.held.push({ ...held, label }) - 1;
    if (changes === false) return [];
    const { member } = this.definition;
    const run = async () => {
      const live = standing.find(({ sid }) => sid === held.sid);
      const isFresh = live !== undefined && !(writtenAtMs(live) < writtenAtMs(held.state));
      const place = () => placeOf(member, this.connection, live ?? {}, held.state["chatServiceSid"]);
      const stored = isFresh ? stateRefreshed(member, held.state, live, place()).state : held.state;
      const written = await this.lifecycle
        .update(held.sid, stored, inputs)
        .then((state) => ({ sid: held.sid, state }))
        // Somebody has removed it.
        .catch((error: unknown) => {
          if (!isMissing(error)) throw error;
          return this.lifecycle.create(inputs);
        });
      this.held[before] = { label, ...written };
    };
    return [{ label, run }];
  }

  /** A member that could not be removed stays in state under another label. */
  async removals({ added, removed }: Plan): Promise<Job[]> {
    const { definition, session } = this;
    const { claims, hearing } = session;
    const { naturalKey } = definition.member;
    const isReplaced = ({ state }: Held) => added.some(({ inputs }) => naturalKey.matches(inputs, state));
    // A resource of its own that comes to hold the member may not have been heard of yet.
    if (!removed.every(isReplaced)) await hearing.silence();
    const isHeldElsewhere = (member: Held) =>
      claims.has(definition.member, member.sid) ||
      (!isReplaced(member) && isDeclaredElsewhere(definition, claims, member.state));
    return removed
      .filter((member) => !isHeldElsewhere(member))
      .map(({ label, sid, state }) => ({
        label,
        run: () =>
          this.lifecycle.delete(sid, state).catch((error: unknown) => {
            this.held.push({ label: removedLabel(sid), sid, state });
            throw error;
          }),
      }));
  }

  /** Once for all, since a run that was interrupted can leave hundreds. */
  sayWhatWasTaken(): void {
    const { taken } = this;
    if (taken.length > 0)
      this.session.notify(
        `${taken.length} of the members were taken over: they were there already (${describeLabels(taken)}).`,
      );
  }
}
