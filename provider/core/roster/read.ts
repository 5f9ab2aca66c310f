import type { Connection } from "../api/connection";
import { writtenAtMs } from "../api/eventual-consistency";
import { allRows, dropPages } from "../api/listing";
import { nameOf } from "../definition/define";
import { isSid } from "../definition/sid";
import { NotFoundError } from "../errors";
import { type JsonObject, pick } from "../json";
import type { Lifecycle } from "../lifecycle/lifecycle";
import { describeWhere, locationOf, serviceOf } from "../lifecycle/location";
import type { ReadResult } from "../lifecycle/operations";
import type { Session } from "../run/session";
import { stateAfter } from "../state/state";
import { type Held, MEMBERS, type RosterDefinition } from "./definition";
import { CLAIMED, isLeftOver, isUnmanaged, unmanagedLabel, whoIs } from "./member";
import { MemberOwnership } from "./ownership";
import { heldIn, ownPart, stateFound, stateWith, wholePart } from "./state";

/** Reads the members from the pages of their list. */
export class RosterReading {
  constructor(
    private readonly definition: RosterDefinition,
    private readonly session: Session,
    private readonly members: Lifecycle,
  ) {}

  /** The live members as state; undefined if their parent is proven gone. */
  async read(sid: string, state: JsonObject): Promise<ReadResult | undefined> {
    const { definition, session } = this;
    const connection = session.connection(state);
    connection.assertSameLocation(state);
    if (state["accountSid"] === undefined) return this.readForeign(connection, sid, state);
    const held = heldIn(definition, state);
    const rows = await this.rows(connection, state, held);
    if (rows === undefined) {
      connection.noteGone(nameOf(definition, sid));
      return undefined;
    }
    const declared = held.filter((member) => !isUnmanaged(member));
    const found = await Promise.all(declared.map((member) => this.readMember(member)));
    const others = state["exclusive"] === true ? await this.undeclared(rows, declared, state) : [];
    const present = [...found.flat(), ...others];
    const whole = wholePart(definition, state);
    const inputs = present.map(({ label, inputs }) => [label, ownPart(definition, inputs)] as const);
    return {
      state: stateFound(definition, state, present),
      inputs: { ...whole, [MEMBERS]: Object.fromEntries(inputs) },
    };
  }

  private async readMember({ label, sid, state: recorded }: Held) {
    const found = await this.members.read(sid, recorded);
    if (found === undefined) return [];
    // The program declares none of its values any more.
    const inputs = isLeftOver({ label }) ? whoIs(found.state) : found.inputs;
    return [{ label, sid, state: { ...found.state, ...pick(recorded, [CLAIMED]) }, inputs: inputs ?? {} }];
  }

  /** The whole list; undefined if there is none. A recent write may not be listed yet. */
  private async rows(
    connection: Connection,
    state: JsonObject,
    held: readonly Held[],
  ): Promise<JsonObject[] | undefined> {
    const listing = { definition: this.definition.member, connection, signal: this.session.deadline() };
    let rows: JsonObject[] | undefined;
    const list = async () => {
      rows = await allRows(listing, state);
      return rows && {};
    };
    const again = () => {
      dropPages(connection, this.definition.member, state);
      return list();
    };
    await connection.unlessGone(lastWritten(state, held), listing.signal, list, again);
    return rows;
  }

  /**
   * Members that no resource of the stack or the program holds: only fields that identify them, none of them secret.
   */
  private async undeclared(rows: readonly JsonObject[], declared: readonly Held[], state: JsonObject) {
    const { ownership, quietPeriod } = this.session;
    const { member } = this.definition;
    const sids = new Set(declared.map(({ sid }) => sid));
    const unmanaged = rows.filter(
      ({ sid }) => !sids.has(String(sid)) && !ownership.isDeleted(member, String(sid)),
    );
    // A refresh reads one resource after the other; the resources that hold some of them may not have registered yet.
    if (unmanaged.length > 0) await quietPeriod.wait();
    const memberOwnership = new MemberOwnership(this.definition, this.session);
    const shown = unmanaged.map(async (live) => {
      const sid = String(live["sid"]);
      // A member that another resource may declare is shown: before its removal this is checked again.
      if (ownership.isHeld(member, sid) || (await memberOwnership.of({ ...state, ...live })) === true)
        return [];
      this.session.sayUncarried(member, sid, live);
      const inputs = whoIs(live);
      return [{ label: unmanagedLabel(sid), sid, state: inputs, inputs }];
    });
    return (await Promise.all(shown)).flat();
  }

  /** A collection that the program does not manage: each member under its SID. */
  private async readForeign(connection: Connection, sid: string, location: JsonObject): Promise<ReadResult> {
    const { definition, session } = this;
    const { member, noun } = definition;
    const account = await connection.verified();
    const service = serviceOf(definition, location, account);
    // Under a name Pulumi's engine would take it for another resource than the one in state.
    const rows = isSid("CH", sid) ? await this.rows(connection, location, []) : undefined;
    if (rows === undefined)
      throw new NotFoundError(
        `cannot get ${noun} of ${isSid("CH", sid) ? sid : "what is no CH SID"}: it does not exist in ${describeWhere(account, service)}.`,
      );
    const here = locationOf(definition, connection, {}, service);
    const members = rows.map((live) => {
      session.sayUncarried(member, String(live["sid"]), live);
      const state = stateAfter(member, { inputs: location, live, location: here, isSent: () => true });
      return { label: String(live["sid"]), sid: String(live["sid"]), state };
    });
    return {
      state: stateWith(definition, location, here as unknown as JsonObject, members),
      inputs: undefined,
    };
  }
}

/** The state with the time of the last write to any member, since reads may lag behind it. */
function lastWritten(state: JsonObject, held: readonly Held[]): JsonObject {
  const last = Math.max(...held.map(({ state }) => writtenAtMs(state)).filter((atMs) => !Number.isNaN(atMs)));
  return Number.isFinite(last) ? { ...state, dateUpdated: new Date(last).toISOString() } : state;
}
