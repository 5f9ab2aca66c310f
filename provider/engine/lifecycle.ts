import { ApiError, isMissing, TwilioError } from "../http/errors";
import type { Connection } from "./connection";
import { isSid } from "./constraint";
import { createOrAdopt } from "./creation";
import type { Definition } from "./define";
import { type Difference, difference } from "./diff";
import { exchange } from "./exchange";
import type { JsonObject } from "./json";
import { modify } from "./modification";
import { describeProblem } from "./problem";
import { located, requestFor } from "./request";
import type { Session } from "./session";
import { type Place, stateAfter, stateRefreshed } from "./state";
import { validate } from "./validate";
import { fromAnswer } from "./wire";

/** An update that Twilio could only answer with an error. */
export class RefusedUpdateError extends TwilioError {
  override name = "RefusedUpdateError";
}

/** What a `get` names is not there. */
export class NotFoundError extends TwilioError {
  override name = "NotFoundError";
}

export interface Found {
  readonly state: JsonObject;
  readonly inputs: JsonObject | undefined;
}

/**
 * The life of every resource: plain values in, plain values out. It knows definitions and Twilio, and nothing of
 * Pulumi's protocol; dynamic-provider.ts is one thin adapter over it.
 */
export class Lifecycle {
  constructor(
    readonly definition: Definition,
    private readonly session: Session,
  ) {}

  /** What is stored as inputs, and everything that is wrong with what the program says. No network. */
  check(olds: JsonObject, news: JsonObject): { inputs: JsonObject; failures: string[] } {
    const { inputs, problems } = validate(this.definition, olds, news);
    const failures = problems.map(describeProblem);
    // A name that is refused is not looked up: the message would say it.
    const configuration = problems.some(({ path }) => path === "account")
      ? undefined
      : this.session.configurationProblem(inputs);
    if (configuration !== undefined) failures.push(configuration);
    this.session.claims.noteChecked(inputs);
    return { inputs, failures };
  }

  /** What `up` would do. No network. */
  diff(sid: string, state: JsonObject, inputs: JsonObject): Difference {
    this.connectionIfAny(state)?.refuseOtherPlace(state);
    const found = difference(this.definition, state, inputs);
    if (found.changes === false) this.session.claims.noteKept(this.definition, sid, inputs);
    if (found.warning !== undefined) this.session.notify(`${this.definition.noun} ${sid}: ${found.warning}`);
    return found;
  }

  async create(inputs: JsonObject): Promise<{ sid: string; state: JsonObject }> {
    const connection = this.session.connection(inputs);
    const signal = this.deadline();
    await connection.refuseApart(inputs);
    const { defaultServiceSid } = await connection.verified();
    const { definition, session } = this;
    const live = await createOrAdopt({ definition, session, connection, signal, inputs });
    const sid = String(live["sid"]);
    const place = this.placeOf(connection, live, {
      chatServiceSid: inputs["serviceSid"] ?? defaultServiceSid,
    });
    return { sid, state: stateAfter(definition, { inputs, live, place, isSent: () => true }) };
  }

  /** What is live; undefined where it is proven gone. */
  async read(sid: string, state: JsonObject): Promise<Found | undefined> {
    const connection = this.session.connection(state);
    connection.refuseOtherPlace(state);
    if (state["accountSid"] === undefined) return this.readForeign(connection, sid, state);
    const { path } = requestFor(this.definition, "list", state);
    const { pageSize, listKey } = this.definition;
    const reader = connection.readers.reader(path, { pageSize, listKey });
    const row = await connection.unlessGone(state, () => reader.find(sid, this.deadline()));
    if (row === undefined) return undefined;
    const live = fromAnswer(this.definition, row);
    connection.refuseOtherPlace({ accountSid: live["accountSid"] });
    return stateRefreshed(this.definition, state, live, this.placeOf(connection, live, state));
  }

  /** An object that the program does not manage, of which only its place is given. */
  private async readForeign(connection: Connection, sid: string, place: JsonObject): Promise<Found> {
    const { definition } = this;
    const { accountSid, defaultServiceSid } = await connection.verified();
    const where = `account ${accountSid}, service ${place["serviceSid"] ?? defaultServiceSid}`;
    // By another name the engine would take it for another object than the one in state, and delete that.
    if (!isSid(definition.sidPrefix, sid))
      throw new NotFoundError(
        `cannot get a ${definition.noun} by anything but its SID: give ${definition.sidPrefix} and 32 hexadecimal digits.`,
      );
    const context = { definition, connection, signal: this.deadline() };
    const found = await connection.unlessGone({}, () => exchange(context, "read", place, { sid }));
    if (found === undefined)
      throw new NotFoundError(`cannot get ${definition.noun} ${sid}: it does not exist in ${where}.`);
    const { live } = found;
    const here = this.placeOf(connection, live, { chatServiceSid: defaultServiceSid });
    return {
      state: stateAfter(definition, { inputs: place, live, place: here, isSent: () => true }),
      inputs: undefined,
    };
  }

  async update(sid: string, state: JsonObject, inputs: JsonObject): Promise<JsonObject> {
    const connection = this.session.connection(inputs);
    connection.refuseOtherPlace(state);
    const refusal = this.definition.refuses?.(state, inputs);
    if (refusal !== undefined)
      throw new RefusedUpdateError(`cannot update ${this.definition.noun} ${sid}. ${refusal}`);
    const { definition } = this;
    this.session.claims.noteKept(definition, sid, inputs);
    const modification = { definition, connection, sid, state, inputs, signal: this.deadline() };
    const { live, values } = await modify(modification);
    const place = this.placeOf(connection, live, state);
    const isSent = (field: string) => field in values;
    return stateAfter(definition, { inputs, live, place, previous: state, isSent });
  }

  async delete(sid: string, state: JsonObject): Promise<void> {
    if (this.session.claims.has(sid)) {
      this.session.notify(
        `${this.definition.noun} ${sid} was kept: another resource of this program manages it.`,
      );
      return;
    }
    const connection = this.session.connection(state);
    connection.refuseOtherPlace(state);
    await connection.refuseOtherService(state);
    const request = requestFor(this.definition, "delete", state, sid);
    try {
      await connection.request(request, this.deadline());
    } catch (error) {
      if (!isMissing(error)) this.leave(sid, error);
    }
    connection.readers.drop(requestFor(this.definition, "list", state).path);
  }

  /** Lets go of what nobody can delete any more; any other error stays one. */
  private leave(sid: string, error: unknown): void {
    const { noun, finalCodes } = this.definition;
    if (!(error instanceof ApiError) || !finalCodes?.includes(error.twilioCode ?? 0)) throw error;
    this.session.notify(`${noun} ${sid} was left as it is: ${error.twilioMessage}.`);
  }

  private placeOf(connection: Connection, live: JsonObject, { chatServiceSid }: JsonObject): Place {
    const { region, apiOrigin } = connection.settings;
    return {
      region,
      origin: apiOrigin,
      chatServiceSid: located("chatServiceSid", live["chatServiceSid"] ?? chatServiceSid),
    };
  }

  private connectionIfAny(state: JsonObject): Connection | undefined {
    try {
      return this.session.connection(state);
    } catch {
      // check has said what is wrong with the credentials; a preview goes without them.
      return undefined;
    }
  }

  private deadline(): AbortSignal {
    // A moment after that of a request by itself, whose error knows the cause.
    return AbortSignal.timeout(this.session.settings.timeoutMs + 500);
  }
}
