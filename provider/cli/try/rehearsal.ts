import { type Simulator, startSimulator } from "../../../simulator";
import type { Connection } from "../../core/api/connection";
import {
  type Definition,
  isInService,
  isSingleton,
  type ObjectDefinition,
} from "../../core/definition/define";
import { isSid, looksLikeSid } from "../../core/definition/sid";
import { isObject, type JsonObject, pick } from "../../core/json";
import { Session } from "../../core/run/session";
import type { ApiRequest } from "../../http/client";
import { TwilioError } from "../../http/errors";
import { pathOf } from "../../http/path";
import { withTexts } from "../terminal/text";
import { type Call, prepare } from "./call";
import { type Outcome, send } from "./exchange";
import { sampleBefore, sampleOf } from "./sample";

/** What has to be there first comes first. */
const ORDER = ["IS", "RL", "CH", "US"];
/** Fields whose role is one of users; all others are of participants. */
const USER_ROLE = /^(User\.roleSid|ServiceConfiguration\.defaultChatServiceRoleSid)$/;
const SOMEBODY = "somebody";

/** What the request needs could not be made on the simulator. */
export class StagingError extends TwilioError {
  override name = "StagingError";
}

/** What a request came to on a simulator, and where that one listened. */
export interface Rehearsal extends Outcome {
  readonly origin: string;
}

/** Sends a request to a simulator of its own, which has all that the request names. */
export async function rehearse(call: Call, definitions: readonly Definition[]): Promise<Rehearsal> {
  const simulator = await startSimulator();
  try {
    const stage = new Stage(simulator, definitions);
    await stage.furnish(call);
    const outcome = stage.asGiven(await send(stage.connection, stage.translated(call.request), call));
    return { ...outcome, origin: simulator.url };
  } finally {
    await simulator.close();
  }
}

/**
 * A simulator with what a request names. What there is gets its SID from the simulator, as on Twilio: the request is
 * sent with that in place of the one that was given, and the answer is told with the given one again.
 */
class Stage {
  readonly connection: Connection;
  /** The simulator's SIDs by those that were given. */
  readonly #sids = new Map<string, string>();
  readonly #definitions: readonly Definition[];

  constructor(simulator: Simulator, definitions: readonly Definition[]) {
    this.#definitions = definitions;
    const session = new Session(
      simulator.env,
      () => undefined,
      () => {},
    );
    this.connection = session.connection({});
  }

  async furnish({ definition, verb, inputs, sid }: Call): Promise<void> {
    const { conversationSid, userSid } = inputs;
    const named = sidsIn(inputs)
      .map(({ path, value }) => ({ path: `${definition.type}.${path}`, value }))
      .sort((left, right) => rank(left.value) - rank(right.value));
    for (const { path, value } of named)
      if (!path.endsWith(".userSid")) await this.#make(path, value, inputs);
    if (typeof conversationSid === "string" && !isSid("CH", conversationSid))
      await this.#create("CH", { ...placeIn(inputs), uniqueName: conversationSid });
    if (typeof userSid === "string") await this.#join(userSid, inputs);
    if (isSingleton(definition) || verb === "create") return;
    const sample = verb === "update" ? sampleBefore(definition, inputs) : sampleOf(definition, inputs);
    const made = await this.#createOf(definition, sample);
    if (sid !== undefined) this.#sids.set(sid, made);
  }

  translated(request: ApiRequest): ApiRequest {
    return {
      ...request,
      path: this.#translate(request.path),
      ...(request.form && { form: request.form.map(([name, value]) => [name, this.#translate(value)]) }),
    };
  }

  asGiven(outcome: Outcome): Outcome {
    const told = (text: string) =>
      [...this.#sids].reduce((said, [given, actual]) => said.replaceAll(actual, given), text);
    return withTexts(outcome, told) as Outcome;
  }

  /** What a SID among the fields names, where programs create such. Of the rest Twilio alone knows. */
  async #make(path: string, sid: string, inputs: JsonObject): Promise<void> {
    if (this.#sids.has(sid)) return;
    const type = USER_ROLE.test(path) ? "service" : "conversation";
    const special = isSid("RL", sid) ? { type } : {};
    const made = await this.#create(sid.slice(0, 2), { ...placeIn(inputs), ...special });
    if (made !== undefined) this.#sids.set(sid, made);
  }

  async #create(prefix: string, given: JsonObject): Promise<string | undefined> {
    const definition = this.#definitions
      .filter((known): known is ObjectDefinition => !isSingleton(known))
      .find((known) => known.sidPrefix === prefix);
    if (definition === undefined) return undefined;
    const { serviceSid, ...others } = given;
    const location = isInService(definition) && serviceSid !== undefined ? { serviceSid } : {};
    return this.#createOf(definition, sampleOf(definition, { ...others, ...location }));
  }

  async #createOf(definition: ObjectDefinition, inputs: JsonObject): Promise<string> {
    const call = prepare(definition, "create", inputs);
    if ("problems" in call)
      throw new StagingError(`cannot make up a ${definition.noun} that could be there.`);
    const { answer, failure } = await send(this.connection, this.translated(call.request), call);
    const sid = isObject(answer) ? answer["sid"] : undefined;
    if (typeof sid === "string") return sid;
    throw new StagingError(
      `the simulator could not be furnished with a ${definition.noun}: ${failure?.message}`,
    );
  }

  /** The user becomes a participant of the conversation, by which Twilio makes it a user conversation. */
  async #join(userSid: string, inputs: JsonObject): Promise<void> {
    const identity = isSid("US", userSid) ? SOMEBODY : userSid;
    const { conversationSid } = inputs;
    await this.#create("MB", { ...placeIn(inputs), conversationSid, identity });
    if (identity === userSid) return;
    const service = typeof inputs["serviceSid"] === "string" ? ["Services", inputs["serviceSid"]] : [];
    const path = this.#translate(pathOf([...service, "Users", identity]));
    const request = { method: "GET", path, repeatable: true, attempting: "read user" } as const;
    this.#sids.set(userSid, String((await this.connection.request(request)).body["sid"]));
  }

  #translate(text: string): string {
    return [...this.#sids].reduce((told, [given, actual]) => told.replaceAll(given, actual), text);
  }
}

function placeIn(inputs: JsonObject): JsonObject {
  return pick(inputs, ["serviceSid"]);
}

function rank(sid: string): number {
  const at = ORDER.indexOf(sid.slice(0, 2));
  return at === -1 ? ORDER.length : at;
}

/** Every SID that a field holds as it is, with the field's path. */
function sidsIn(inputs: JsonObject, within = ""): { path: string; value: string }[] {
  return Object.entries(inputs).flatMap(([name, value]) => {
    const path = `${within}${name}`;
    if (isObject(value)) return name === "attributes" ? [] : sidsIn(value, `${path}.`);
    return typeof value === "string" && looksLikeSid(value) ? [{ path, value }] : [];
  });
}
