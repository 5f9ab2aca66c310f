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
import { type Outcome, send } from "./api-call";
import { type Call, prepare } from "./call";
import { sampleBefore, sampleOf } from "./sample";

/** Parents first. */
const ORDER = ["IS", "RL", "CH", "US"];
/** Fields that hold a user's role; all others hold a participant's. */
const USER_ROLE = /^(User\.roleSid|ServiceConfiguration\.defaultChatServiceRoleSid)$/;
const SOMEBODY = "somebody";

/** The simulator could not create what the request needs. */
export class StagingError extends TwilioError {
  override name = "StagingError";
}

/** The result of a request on a simulator, with the simulator's address. */
export interface Rehearsal extends Outcome {
  readonly origin: string;
}

/** Sends a request to a new simulator that holds every object the request refers to. */
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
 * A simulator with the objects that a request refers to. The simulator assigns their SIDs, as Twilio does. So the
 * request is sent with those, and the answer shows the given SIDs again.
 */
class Stage {
  readonly connection: Connection;
  /** The simulator's SIDs by the given ones. */
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

  /** Creates the object of a SID in a field, where a program can declare its type; only Twilio knows other types. */
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
      throw new StagingError(`cannot invent a valid ${definition.noun} for the simulator.`);
    const { answer, failure } = await send(this.connection, this.translated(call.request), call);
    const sid = isObject(answer) ? answer["sid"] : undefined;
    if (typeof sid === "string") return sid;
    throw new StagingError(
      `the simulator did not create the ${definition.noun} that the request needs: ${failure?.message}`,
    );
  }

  /** Adds the user as a participant, for whom Twilio creates a user conversation. */
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

/** Every SID that is a whole value, with the path of its field. */
function sidsIn(inputs: JsonObject, within = ""): { path: string; value: string }[] {
  return Object.entries(inputs).flatMap(([name, value]) => {
    const path = `${within}${name}`;
    if (isObject(value)) return name === "attributes" ? [] : sidsIn(value, `${path}.`);
    return typeof value === "string" && looksLikeSid(value) ? [{ path, value }] : [];
  });
}
