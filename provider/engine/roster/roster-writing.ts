import { concernsEveryRequest, isMissing, RequestError } from "../../http/errors";
import { ConfigurationError } from "../config";
import type { Connection } from "../connection";
import { isSid } from "../constraint";
import { isInService } from "../define";
import type { Json, JsonObject } from "../json";
import { writtenAtMs } from "../lag";
import { type Created, type Lifecycle, UnsettledError } from "../lifecycle";
import { allRows } from "../listing";
import { MismatchError } from "../mismatch";
import { placeOf, serviceOf } from "../place";
import { located } from "../request";
import type { Session } from "../session";
import { settled } from "../settling";
import { stateRefreshed } from "../state";
import { pathOf } from "../wire";
import type { RosterDefinition } from "./roster-definition";
import {
  type Held,
  heldFor,
  heldIn,
  isUndeclared,
  removedLabel,
  stateWith,
  type Wanted,
  wantedIn,
  wholePart,
} from "./roster-member";
import { isDeclaredElsewhere } from "./roster-ownership";
import { type Plan, planOf, type Staying } from "./roster-plan";
import {
  describeFailures,
  describeLabels,
  type Failure,
  type Job,
  RosterError,
  settleAll,
} from "./roster-writes";

/** What is there, as the list shows it; undefined where there is no such list. */
type Rows = readonly JsonObject[] | undefined;

interface Outcome {
  readonly members: Held[];
  readonly failures: Failure[];
  readonly total: number;
}

/** Writes the members: what is there already is found by one listing, and everything else written side by side. */
export class RosterWriting {
  constructor(
    private readonly definition: RosterDefinition,
    private readonly session: Session,
    private readonly members: Lifecycle,
  ) {}

  async create(inputs: JsonObject): Promise<Created> {
    const { definition, session } = this;
    const connection = session.connection(inputs);
    const account = await connection.refuseApart(
      isInService(definition) && inputs["serviceSid"] === undefined,
    );
    const rows = await this.rows(connection, inputs);
    const plan = planOf(definition, [], wantedIn(definition, inputs), false);
    const outcome = await this.carryOut(connection, plan, rows);
    const { members, failures } = outcome;
    if (failures.length > 0 && members.length === 0) throw this.failed(outcome);
    const sid = await this.parentSid(connection, inputs, rows, members);
    const place = {
      ...placeOf(definition, connection, {}, serviceOf(definition, inputs, account)),
      ...(sid !== inputs["conversationSid"] && { resolvedConversationSid: sid }),
    };
    return { sid, state: this.recorded(sid, inputs, place, outcome) };
  }

  async update(sid: string, state: JsonObject, inputs: JsonObject): Promise<JsonObject> {
    const { definition, session } = this;
    const connection = session.connection(inputs);
    connection.refuseOtherPlace(state, sid);
    const held = heldFor(definition, state, inputs);
    const plan = planOf(definition, held, wantedIn(definition, inputs), inputs["exclusive"] === true);
    const isWritten = plan.added.length > 0 || plan.staying.some(({ changes }) => changes !== false);
    const rows = isWritten ? await this.rows(connection, { ...state, ...inputs }) : [];
    return this.recorded(sid, inputs, state, await this.carryOut(connection, plan, rows));
  }

  async delete(sid: string, state: JsonObject): Promise<void> {
    const { definition, session } = this;
    const connection = session.connection(state);
    connection.refuseOtherPlace(state, sid);
    const held = heldIn(definition, state).filter((member) => !isUndeclared(member));
    const failures = await this.settle(
      connection,
      held.map((member) => ({
        label: member.label,
        run: () => this.members.delete(member.sid, member.state),
      })),
    );
    if (failures.length > 0) throw this.failed({ members: [], failures, total: held.length });
    connection.noteGone(sid);
  }

  /** What goes comes first, since Twilio allows one member with a key. */
  private async carryOut(connection: Connection, plan: Plan, rows: Rows): Promise<Outcome> {
    const members: Held[] = [];
    const taken: string[] = [];
    const leaving = await this.removals(plan, members);
    const leavingFailures = await this.settle(connection, leaving);
    const removed = new Set(plan.removed.map(({ sid }) => sid));
    const standing = rows?.filter(({ sid }) => !removed.has(String(sid))) ?? [];
    const jobs = [
      ...plan.added.map((wanted) => this.addition(connection, wanted, standing, members, taken)),
      ...plan.staying.flatMap((staying) => this.change(connection, staying, standing, members)),
    ];
    const isParentMissing = (error: unknown) => rows === undefined && isMissing(error);
    const failures = [...leavingFailures, ...(await this.settle(connection, jobs, isParentMissing))];
    if (taken.length > 0)
      this.session.notify(
        `${taken.length} of the members were taken over: they were there already (${describeLabels(taken)}).`,
      );
    return { members, failures, total: leaving.length + jobs.length };
  }

  private addition(
    connection: Connection,
    { label, inputs }: Wanted,
    standing: readonly JsonObject[],
    members: Held[],
    taken: string[],
  ): Job {
    const { naturalKey } = this.definition.member;
    return {
      label,
      run: async () => {
        const live = standing.find((row) => naturalKey.matches(inputs, row));
        const seen = live && { live, id: String(live["sid"]), nowMs: connection.serverNowMs };
        const created = await this.members.create(inputs, {
          standing: seen,
          notify: () => void taken.push(label),
        });
        members.push({ label, ...created });
      },
    };
  }

  /** What an interrupted run has done already is not sent again. */
  private change(
    connection: Connection,
    { held, wanted, changes }: Staying,
    standing: readonly JsonObject[],
    members: Held[],
  ): Job[] {
    const { label, inputs } = wanted;
    const before = members.push({ ...held, label }) - 1;
    if (changes === false) return [];
    const { member } = this.definition;
    const run = async () => {
      const live = standing.find(({ sid }) => sid === held.sid);
      const isFresh = live !== undefined && !(writtenAtMs(live) < writtenAtMs(held.state));
      const place = () => placeOf(member, connection, live ?? {}, held.state["chatServiceSid"]);
      const stored = isFresh ? stateRefreshed(member, held.state, live, place()).state : held.state;
      const written = await this.members
        .update(held.sid, stored, inputs)
        .then((state) => ({ sid: held.sid, state }))
        // Somebody has removed it.
        .catch((error: unknown) => {
          if (!isMissing(error)) throw error;
          return this.members.create(inputs);
        });
      members[before] = { label, ...written };
    };
    return [{ label, run }];
  }

  /** A member that could not be removed stays in state under another label. */
  private async removals({ added, removed }: Plan, members: Held[]): Promise<Job[]> {
    const { definition, session } = this;
    const { claims, clock } = session;
    const { naturalKey } = definition.member;
    const isReplaced = ({ state }: Held) => added.some(({ inputs }) => naturalKey.matches(inputs, state));
    // A resource of its own that comes to hold the member may not have been heard of yet.
    if (!removed.every(isReplaced)) await settled(clock, undefined);
    const isHeldElsewhere = (member: Held) =>
      claims.has(definition.member, member.sid) ||
      (!isReplaced(member) && isDeclaredElsewhere(definition, claims, member.state));
    return removed
      .filter((member) => !isHeldElsewhere(member))
      .map(({ label, sid, state }) => ({
        label,
        run: () =>
          this.members.delete(sid, state).catch((error: unknown) => {
            members.push({ label: removedLabel(sid), sid, state });
            throw error;
          }),
      }));
  }

  private settle(
    { settings }: Connection,
    jobs: readonly Job[],
    isFinal: (error: unknown) => boolean = () => false,
  ): Promise<Failure[]> {
    return settleAll(jobs, settings.concurrency, (error) => concernsAll(error) || isFinal(error));
  }

  private async rows(connection: Connection, place: JsonObject): Promise<Rows> {
    return allRows(
      { definition: this.definition.member, connection, signal: this.session.deadline() },
      place,
    );
  }

  /** The state, or the error that the engine records the state with. */
  private recorded(sid: string, inputs: JsonObject, place: JsonObject, outcome: Outcome): JsonObject {
    const whole = wholePart(this.definition, inputs);
    const state = stateWith(this.definition, whole, place, outcome.members);
    if (outcome.failures.length === 0) return state;
    throw new UnsettledError(sid, { ...state, unsettled: true }, this.failed(outcome));
  }

  private failed({ failures, total }: Outcome): RosterError {
    return new RosterError(describeFailures(failures, total, (error) => this.session.explain(error)));
  }

  /** What they are members of, by its SID. */
  private async parentSid(
    connection: Connection,
    inputs: JsonObject,
    rows: Rows,
    members: readonly Held[],
  ): Promise<string> {
    const { definition } = this;
    const given = String(inputs["conversationSid"]);
    if (isSid("CH", given)) return given;
    const known = members[0]?.state["resolvedConversationSid"] ?? rows?.[0]?.["conversationSid"];
    if (typeof known === "string") return known;
    const service = inputs["serviceSid"] === undefined ? [] : ["Services", String(inputs["serviceSid"])];
    const path = pathOf([...service, ...definition.parentPath(inputs)]);
    const request = { method: "GET", path, repeatable: true, attempting: `read ${definition.noun}` } as const;
    const { body } = await connection.request(request, this.session.deadline());
    return located("sid", body["sid"] as Json | undefined);
  }
}

/** Whether every other member would fail the same way. */
function concernsAll(error: unknown): boolean {
  if (error instanceof RequestError) return concernsEveryRequest(error);
  return error instanceof ConfigurationError || error instanceof MismatchError;
}
