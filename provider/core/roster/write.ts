import { concernsEveryRequest, hasTwilioCode, isMissing, RequestError } from "../../http/errors";
import { pathOf } from "../../http/path";
import type { Connection } from "../api/connection";
import { rowsToDecideBy } from "../api/listing";
import { requireText } from "../api/request";
import { isInService, nameOf } from "../definition/define";
import { isSid } from "../definition/sid";
import { ConfigurationError, MismatchError, RosterError, UnverifiedError } from "../errors";
import type { Json, JsonObject } from "../json";
import type { Lifecycle } from "../lifecycle/lifecycle";
import { locationOf, serviceOf } from "../lifecycle/location";
import type { CreateResult } from "../lifecycle/operations";
import type { Session } from "../run/session";
import { type Deed, describeFailures, type Failure, type Job, Leftovers, runAll } from "./concurrent";
import type { Held, RosterDefinition } from "./definition";
import { RosterJobs } from "./jobs";
import { isUnmanaged, wantedIn } from "./member";
import { type Plan, planOf } from "./plan";
import { heldFor, heldIn, stateWith, wholePart } from "./state";

/** The listed members; undefined if the list does not exist. */
type Rows = readonly JsonObject[] | undefined;

interface Outcome {
  readonly members: readonly Held[];
  readonly failures: Failure[];
  readonly total: number;
  readonly rows: Rows;
}

/** Writes the members: one listing finds existing ones, all other requests run concurrently. */
export class RosterWriting {
  constructor(
    private readonly definition: RosterDefinition,
    private readonly session: Session,
    private readonly members: Lifecycle,
  ) {}

  async create(inputs: JsonObject): Promise<CreateResult> {
    const { definition, session } = this;
    const connection = session.connection(inputs);
    const account = await connection.beginCreate(
      isInService(definition) && inputs["serviceSid"] === undefined,
    );
    // If a member has joined since, Twilio's conflict error reveals it.
    const isEmpty = session.ownership.isMade(String(inputs["conversationSid"]));
    const plan = planOf(definition, [], wantedIn(definition, inputs), false);
    const outcome = await this.carryOut(connection, plan, isEmpty ? undefined : inputs);
    const { members, failures } = outcome;
    if (failures.length > 0 && members.length === 0) throw this.failed(outcome);
    const sid = await this.parentSid(connection, inputs, outcome);
    const location = {
      ...locationOf(definition, connection, {}, serviceOf(definition, inputs, account)),
      ...(sid !== inputs["conversationSid"] && { resolvedConversationSid: sid }),
    };
    return { sid, state: this.recorded(sid, inputs, location, outcome) };
  }

  async update(sid: string, state: JsonObject, inputs: JsonObject): Promise<JsonObject> {
    const { definition, session } = this;
    const connection = session.connection(inputs);
    connection.assertSameLocation(state);
    const resolved = sid === inputs["conversationSid"] ? {} : { resolvedConversationSid: sid };
    const location = { ...state, ...resolved };
    const held = heldFor(definition, location, inputs);
    const plan = planOf(definition, held, wantedIn(definition, inputs), inputs["exclusive"] === true);
    const isWritten = plan.added.length > 0 || plan.staying.some(({ changes }) => changes !== false);
    const listed = isWritten ? { ...location, ...inputs } : undefined;
    return this.recorded(sid, inputs, location, await this.carryOut(connection, plan, listed, resolved));
  }

  async delete(sid: string, state: JsonObject): Promise<void> {
    const { definition, session } = this;
    const connection = session.connection(state);
    connection.assertSameLocation(state);
    const held = heldIn(definition, state).filter((member) => !isUnmanaged(member));
    const leftovers = new Leftovers(session.notify);
    const failures = await this.runJobs(
      connection,
      held.map(({ label, sid: member, state: its }) => ({
        label,
        run: () => this.members.delete(member, its, leftovers.noteOf(label)),
      })),
    );
    leftovers.say();
    if (failures.length > 0) throw this.failed({ failures, total: held.length }, "deleted");
    connection.noteGone(nameOf(definition, sid));
  }

  /** Removes members first, since Twilio allows one member with a key. Without a location nothing is listed. */
  private async carryOut(
    connection: Connection,
    plan: Plan,
    location: JsonObject | undefined,
    resolved: JsonObject = {},
  ): Promise<Outcome> {
    const jobs = new RosterJobs(this.definition, this.session, this.members, connection, resolved);
    const leaving = await jobs.removals(plan);
    // Listed only now: finding out who leaves takes seconds, in which others may leave.
    const { rows, isOld } =
      location === undefined ? { rows: [], isOld: false } : await this.rows(connection, location, plan);
    const failedToLeave = await this.runJobs(connection, leaving);
    const removed = new Set(plan.removed.map(({ sid }) => sid));
    const standing = rows?.filter(({ sid }) => !removed.has(String(sid))) ?? [];
    const coming = [
      ...plan.added.map((wanted) => jobs.addition(wanted, standing)),
      ...plan.staying.flatMap((staying) => jobs.change(staying, isOld ? [] : standing)),
    ];
    // The conversation does not exist, or is closed.
    const isFinal = (error: unknown) =>
      (rows === undefined && isMissing(error)) ||
      hasTwilioCode(error, this.definition.member.undeletableCodes ?? []);
    const failures = [...failedToLeave, ...(await this.runJobs(connection, coming, isFinal))];
    await jobs.handOver(plan);
    jobs.sayAtOnce();
    return { members: jobs.members, failures, total: leaving.length + coming.length, rows };
  }

  private runJobs(
    { settings }: Connection,
    jobs: readonly Job[],
    isFinal: (error: unknown) => boolean = () => false,
  ): Promise<Failure[]> {
    return runAll(jobs, settings.concurrency, (error) => concernsAll(error) || isFinal(error));
  }

  /** Members to adopt must exist now, not just on pages that a refresh read minutes ago. */
  private async rows(
    connection: Connection,
    location: JsonObject,
    { added }: Plan,
  ): Promise<{ rows: Rows; isOld: boolean }> {
    const { member } = this.definition;
    const { matches } = member.naturalKey;
    const listing = { definition: member, connection, signal: this.session.deadline() };
    return rowsToDecideBy(listing, location, (rows) =>
      added.some(({ inputs }) => rows.some((row) => matches(inputs, row))),
    );
  }

  /** Returns the state, or throws the error with which Pulumi's engine records it. */
  private recorded(sid: string, inputs: JsonObject, location: JsonObject, outcome: Outcome): JsonObject {
    const whole = wholePart(this.definition, inputs);
    const state = stateWith(this.definition, whole, location, outcome.members);
    if (outcome.failures.length === 0) return state;
    throw new UnverifiedError(sid, state, this.failed(outcome));
  }

  private failed(
    { failures, total }: Pick<Outcome, "failures" | "total">,
    deed: Deed = "written",
  ): RosterError {
    return new RosterError(describeFailures(failures, total, deed, (error) => this.session.explain(error)));
  }

  /** The SID of the members' parent. */
  private async parentSid(
    connection: Connection,
    inputs: JsonObject,
    { rows, members }: Outcome,
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
    return requireText("sid", body["sid"] as Json | undefined);
  }
}

/** Whether all other members would fail in the same way. */
function concernsAll(error: unknown): boolean {
  if (error instanceof RequestError) return concernsEveryRequest(error);
  return error instanceof ConfigurationError || error instanceof MismatchError;
}
