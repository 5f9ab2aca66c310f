import { hasTwilioCode, isMissing } from "../../http/errors";
import { callApi } from "../api/call";
import type { Connection } from "../api/connection";
import { dropPages, fromList } from "../api/listing";
import { requestFor, requireText } from "../api/request";
import { type Definition, idOf, isInService, isSingleton, nameOf } from "../definition/define";
import { refuseHidden } from "../definition/hidden-value";
import { validate } from "../definition/validate";
import { UnverifiedError } from "../errors";
import type { JsonObject } from "../json";
import { describeProblem } from "../problem";
import type { Notify, Session } from "../run/session";
import { spellingsOf, withResolved } from "../run/spellings";
import { type DiffResult, describeNotClearable, diff } from "../state/diff";
import { stateUnconfirmed, withUntoldUnconfirmed } from "../state/lost-update";
import type { NotClearable } from "../state/nested";
import { isPreExisting } from "../state/original-values";
import { stateAfter, stateRefreshed } from "../state/state";
import { createOrAdopt } from "./create";
import { separateDuplicate } from "./duplicate";
import type { Seen } from "./find-existing";
import { foreignObject } from "./foreign-object";
import { keysGivenAfterDelete, keysGivenAfterUpdate, withoutGiven } from "./key-return";
import { takingKey } from "./key-transfer";
import { locationOf, named, serviceOf } from "./location";
import type { CreateResult, ReadResult, ResourceProvider } from "./operations";
import { refuseUpdate, unlessMet } from "./refused-update";
import { describeKept, restore } from "./restore";
import { setSingleton } from "./set-singleton";
import { readOriginalValues, update } from "./update";

/**
 * CRUD of every resource, in plain values. It knows definitions and Twilio, but not Pulumi's protocol:
 * plugin/dynamic/provider.ts is a thin adapter over it.
 */
export class Lifecycle implements ResourceProvider {
  constructor(
    readonly definition: Definition,
    private readonly session: Session,
  ) {}

  /** Returns the inputs to store, and every problem of the program's inputs. No network. */
  check(olds: JsonObject, news: JsonObject, goesOn = false): { inputs: JsonObject; failures: string[] } {
    const { inputs, problems } = validate(this.definition, olds, news);
    const failures = problems.map(describeProblem);
    // A refused account name is not looked up: the message would quote it.
    const configuration = problems.some(({ path }) => path === "account")
      ? undefined
      : this.session.configurationProblem(inputs, goesOn);
    if (configuration !== undefined) failures.push(configuration);
    this.session.ownership.noteChecked(this.definition, inputs);
    this.session.replacements.noteChecked(this.definition, olds, inputs);
    this.session.quietPeriod.touch();
    return { inputs, failures };
  }

  /** What `up` would do. No network. */
  diff(sid: string, state: JsonObject, inputs: JsonObject): DiffResult {
    this.session.quietPeriod.touch();
    this.session.connectionIfAny(state)?.enter(named(state, inputs), nameOf(this.definition, sid));
    const { ownership, keyChanges, names, replacements } = this.session;
    const account = this.session.connectionIfAny(inputs)?.credentials.accountSid;
    const spellings = spellingsOf(this.definition, state, inputs, names, account);
    const isDeclared = ownership.isChecked(inputs);
    if (isDeclared) keyChanges.noteStored(this.definition, sid, state);
    const known = keyChanges.doubted(this.definition, sid, state);
    const found = separateDuplicate(this.session, this.definition, sid, inputs, () =>
      diff(this.definition, known, inputs, spellings),
    );
    const isReplaced = found.replaces.length > 0;
    replacements.noteCompared(this.definition, sid, inputs, found);
    if (found.changes === false) ownership.noteKept(this.definition, sid, inputs);
    if (isReplaced) ownership.markReplaced(this.definition, sid);
    else ownership.noteLocation(this.definition, inputs, state);
    if (isDeclared) {
      names.noteIntended(this.definition, sid, known, isReplaced ? {} : inputs);
      keyChanges.note(this.definition, sid, state, inputs);
    }
    if (found.warning !== undefined)
      this.session.notifyOnce(`${this.definition.noun} ${sid}: ${found.warning}`);
    return found;
  }

  /** `seen`: an existing object with the natural key, from a list. Create checks it before it sends anything. */
  create(inputs: JsonObject, seen: Seen = {}): Promise<CreateResult> {
    return this.session.ownership.noteIfFailed([inputs], this.created(inputs, seen));
  }

  private async created(inputs: JsonObject, seen: Seen): Promise<CreateResult> {
    const { definition, session } = this;
    refuseHidden(definition, inputs);
    const connection = session.connection(inputs);
    const isDefault = isInService(definition) && inputs["serviceSid"] === undefined;
    const account = await connection.beginCreate(isDefault);
    const context = { session, connection, signal: this.session.deadline(), inputs };
    const { live, found, unverified, unwatched } = isSingleton(definition)
      ? await setSingleton({ ...context, definition })
      : await createOrAdopt({ ...context, ...seen, definition });
    const location = locationOf(definition, connection, live, serviceOf(definition, inputs, account));
    const sid = requireText("sid", idOf(definition, live));
    session.sayUncarried(definition, sid, live);
    const isSent = () => unverified === undefined;
    const state = stateAfter(definition, { inputs, live, found, location, isSent, unwatched });
    session.names.noteObject(definition, sid, state, inputs);
    session.ownership.noteRecorded(definition, sid);
    if (unverified !== undefined) {
      const recorded = withUntoldUnconfirmed(definition, state, inputs);
      throw new UnverifiedError(sid, { ...recorded, unsettled: true }, unverified);
    }
    return { sid, state };
  }

  /** Returns the live object as state; undefined if it is proven gone. */
  async read(sid: string, state: JsonObject): Promise<ReadResult | undefined> {
    const connection = this.session.connection(state);
    connection.enter(state, nameOf(this.definition, sid));
    if (state["accountSid"] === undefined) return this.readForeign(connection, sid, state);
    const { definition } = this;
    this.session.ownership.noteRead(definition, sid);
    this.session.keyChanges.noteRefreshed(definition, sid, state);
    this.session.quietPeriod.touch();
    const context = { connection, signal: this.session.deadline() };
    const direct = () =>
      callApi({ ...context, definition }, "read", state, { sid }).then((answer) => answer.live);
    const first = isSingleton(definition) ? direct : () => fromList({ ...context, definition }, sid, state);
    const live = await connection.unlessGone(state, context.signal, first, direct);
    if (live === undefined) {
      connection.noteGone(nameOf(this.definition, sid));
      return this.outliving(state, connection);
    }
    connection.assertSameLocation({ accountSid: live["accountSid"] });
    this.session.duplicates.noteRefreshed(definition, sid);
    this.session.sayUncarried(definition, sid, live);
    const location = locationOf(definition, connection, live, state["chatServiceSid"]);
    const found = stateRefreshed(definition, state, live, location);
    this.session.keyChanges.noteRead(definition, sid, found.state);
    const { session } = this;
    const kept = await withoutGiven({ definition, session, sid, state: found.state, inputs: state });
    return { ...found, state: kept };
  }

  /** Keeps a deleted object in state if creating it again would repair nothing. Every diff says so. */
  private outliving(state: JsonObject, connection: Connection): ReadResult | undefined {
    const { definition } = this;
    if (isSingleton(definition) || definition.keepWhenMissing?.(state) !== true) return undefined;
    const location = locationOf(definition, connection, state, state["chatServiceSid"]);
    const { state: kept, inputs } = stateRefreshed(definition, state, state, location);
    return { state: { ...kept, missing: true }, inputs };
  }

  /** Reads an object that the program does not manage, by SID and location. */
  private async readForeign(connection: Connection, sid: string, location: JsonObject): Promise<ReadResult> {
    const { definition, session } = this;
    const context = { definition, connection, signal: session.deadline() };
    const { live, service } = await foreignObject(context, sid, location);
    session.sayUncarried(definition, sid, live);
    const here = locationOf(definition, connection, live, service);
    const state = stateAfter(definition, { inputs: location, live, location: here, isSent: () => true });
    session.names.noteObject(definition, sid, state, live);
    return { state, inputs: undefined };
  }

  async update(sid: string, recorded: JsonObject, inputs: JsonObject): Promise<JsonObject> {
    const connection = this.session.connection(inputs);
    connection.enter(named(recorded, inputs), nameOf(this.definition, sid));
    const { definition, session } = this;
    const known = session.keyChanges.known(definition, sid, recorded);
    const state = withResolved(definition, await this.withLiveState(sid, known), inputs);
    refuseUpdate({ definition, sid, state, inputs }, state);
    session.ownership.noteKept(definition, sid, inputs);
    const context = { definition, session, connection, signal: session.deadline() };
    const modification = { ...context, sid, state: named(state, inputs), inputs };
    const found = await readOriginalValues(modification);
    const { live, values } = await takingKey(modification, async () => {
      const modified = await update(modification).catch((error) => unlessMet(modification, error));
      if (modified.unverified === undefined) return modified;
      const recorded = stateUnconfirmed(definition, { state, inputs, values: modified.values, found });
      throw recorded === undefined
        ? modified.unverified
        : new UnverifiedError(sid, recorded, modified.unverified);
    });
    const location = locationOf(definition, connection, live ?? state, state["chatServiceSid"]);
    session.names.noteObject(definition, sid, state, inputs);
    session.sayUncarried(definition, sid, live ?? {});
    const isSent = (field: string) => field in values;
    const updated = stateAfter(definition, { inputs, live, found, location, previous: state, isSent });
    return keysGivenAfterUpdate({ definition, session, sid, state, inputs }, updated);
  }

  /** `say` reports an object that Twilio refuses to delete. */
  async delete(sid: string, state: JsonObject, say: Notify = this.session.notify): Promise<void> {
    await this.remove(sid, state, say);
    const { definition, session } = this;
    await keysGivenAfterDelete({ definition, session, sid, state, inputs: state });
  }

  private async remove(sid: string, state: JsonObject, say: Notify): Promise<void> {
    const { definition, session } = this;
    if (session.ownership.has(definition, sid)) return this.sayKept(sid, state);
    const connection = this.session.connection(state);
    connection.enter(state, nameOf(this.definition, sid));
    await connection.assertReachable(state);
    // A create may have adopted it meanwhile; from here on none can.
    if (session.ownership.has(definition, sid)) return this.sayKept(sid, state);
    const context = { connection, signal: this.session.deadline() };
    try {
      if (isPreExisting(definition, state)) {
        const restoration = { ...context, definition, sid, state: await this.withLiveState(sid, state) };
        this.sayWhatStays(sid, await restore(restoration));
      } else {
        session.ownership.markDeleted(definition, sid);
        await connection.request(requestFor(definition, "delete", state, sid), context.signal);
        if (!session.ownership.isReplaced(definition, sid))
          session.replacements.noteDeleted(definition, sid, state);
      }
    } catch (error) {
      if (!isMissing(error)) this.leave(sid, error, say);
    }
    connection.noteGone(nameOf(this.definition, sid));
    dropPages(connection, definition, state);
  }

  /** Reads the object first if the last operation is unverified. */
  private async withLiveState(sid: string, state: JsonObject): Promise<JsonObject> {
    if (state["unsettled"] !== true) return state;
    return (await this.read(sid, state))?.state ?? state;
  }

  /** Another resource of this run holds the object, so delete skips it. */
  private sayKept(sid: string, state: JsonObject): void {
    const { definition, session } = this;
    session.notify(describeKept(definition, sid, state, session.ownership.isReplaced(definition, sid)));
  }

  private sayWhatStays(sid: string, parts: readonly NotClearable[]): void {
    const sentences = describeNotClearable(parts, () => "restore the original values");
    if (sentences !== undefined) this.session.notify(`${this.definition.noun} ${sid}: ${sentences}`);
  }

  /** Drops an object from the state that Twilio can no longer delete; rethrows any other error. */
  private leave(sid: string, error: unknown, say: Notify): void {
    const { definition } = this;
    this.session.ownership.unmarkDeleted(definition, sid);
    const codes = isSingleton(definition) ? [] : (definition.undeletableCodes ?? []);
    if (!hasTwilioCode(error, codes)) throw error;
    say(`${definition.noun} ${sid} was left as it is: ${error.twilioMessage}.`);
  }
}
