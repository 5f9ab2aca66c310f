import { setTimeout } from "node:timers/promises";
import { ApiError, isMissing, isOutcomeUnknown, RequestError, TwilioError } from "../http/errors";
import { defaultBackoff, retryDelayMs } from "../http/retry";
import { AdoptionError, differingFields, refusalToAdopt } from "./adopt";
import type { Connection } from "./connection";
import { type Definition, fieldsOf } from "./define";
import type { JsonObject } from "./json";
import { requestFor } from "./request";
import type { Session } from "./session";
import { fromAnswer, toForm } from "./wire";

export interface Creation {
  readonly definition: Definition;
  readonly session: Session;
  readonly connection: Connection;
  readonly inputs: JsonObject;
  readonly signal: AbortSignal;
}

/** Neither the create nor the look-up after it got an answer. */
export class UnknownOutcomeError extends TwilioError {
  override name = "UnknownOutcomeError";

  constructor({ noun }: Definition, error: unknown, cause: unknown) {
    const [failure, lookUp] = [error, cause].map((reason) =>
      (reason instanceof RequestError ? reason.brief : String(reason)).replace(/\.$/, ""),
    );
    super(
      `${failure}. Whether the ${noun} was created is not known, since looking for it failed too (${lookUp}). ` +
        "Run `pulumi up` again: it takes over what was created.",
      { cause },
    );
  }
}

/** An object that has the declared natural key. */
interface Namesake {
  readonly live: JsonObject;
  /** Twilio's clock when it was read. */
  readonly nowMs: number;
}

/** How many list pages are searched for a natural key: the members of a conversation fill 10 at most. */
const MAX_PAGES = 10;
/** How long the other resources of the program have to claim what is theirs. */
const SETTLING_MS = 2_000;
/**
 * One POST, unless the object is there already. Twilio has no idempotency key, so an object that exists, or a POST
 * whose outcome is unknown, is looked up by its natural key, and sent again only when it is not there. Returns what
 * is live.
 */
export async function createOrAdopt(creation: Creation): Promise<JsonObject> {
  if (!creation.definition.naturalKey.enforced) {
    const leftBehind = await adoptLeftBehind(creation, await surveyed(creation));
    if (leftBehind !== undefined) return leftBehind;
  }
  for (let failures = 1; ; failures++) {
    try {
      return await post(creation);
    } catch (error) {
      const adopted = await adoptAfter(creation, error);
      if (adopted !== undefined) return adopted;
      if (!isOutcomeUnknown(error) || !(await waited(creation, failures))) throw error;
    }
  }
}

/** Waits before the next attempt; false when the deadline comes first. */
async function waited({ signal }: Creation, failures: number): Promise<boolean> {
  const delayMs = retryDelayMs(failures, undefined, defaultBackoff, Math.random);
  return setTimeout(delayMs, true, { signal }).catch(() => false);
}

async function post({ definition, session, connection, inputs, signal }: Creation): Promise<JsonObject> {
  const values = Object.fromEntries(
    fieldsOf(definition)
      .filter(
        ({ policy }) => policy.located !== true && policy.change !== "local" && policy.updateOnly !== true,
      )
      .map(({ name }) => [name, inputs[name]]),
  );
  const form = toForm(definition, { ...values, ...definition.createForm?.(inputs) });
  const answer = await connection.request({ ...requestFor(definition, "create", inputs), form }, signal);
  connection.readers.drop(requestFor(definition, "list", inputs).path);
  const live = fromAnswer(definition, answer.body);
  session.claims.take(definition, String(live["sid"]));
  return live;
}

/** What there is after a failed POST, where that is open. A known fault of Twilio's is a 404 although created. */
async function adoptAfter(creation: Creation, error: unknown): Promise<JsonObject | undefined> {
  const { enforced, existsCodes } = creation.definition.naturalKey;
  const exists = error instanceof ApiError && existsCodes.includes(error.twilioCode ?? 0);
  if (!exists && !isOutcomeUnknown(error) && !isMissing(error)) return undefined;
  const namesakes = await findNamesakes(creation).catch((cause: unknown) => {
    throw isOutcomeUnknown(error) ? new UnknownOutcomeError(creation.definition, error, cause) : cause;
  });
  if (!enforced) return adoptLeftBehind(creation, namesakes);
  const [namesake] = namesakes;
  return namesake === undefined ? undefined : adopt(creation, namesake, error);
}

/** Every object with the key, as it is now. */
async function findNamesakes(creation: Creation): Promise<Namesake[]> {
  const alias = creation.definition.naturalKey.alias?.(creation.inputs);
  if (alias !== undefined) return readNamesake(creation, alias);
  const sids = (await rowsOf(creation))
    .filter((live) => isNamesake(creation, live))
    .map(({ sid }) => String(sid));
  return (await Promise.all(sids.map((sid) => readNamesake(creation, sid)))).flat();
}

async function readNamesake(
  { definition, connection, inputs, signal }: Creation,
  key: string,
): Promise<Namesake[]> {
  try {
    const answer = await connection.request(requestFor(definition, "read", inputs, key), signal);
    return [{ live: fromAnswer(definition, answer.body), nowMs: answer.serverNowMs }];
  } catch (error) {
    if (isMissing(error)) return [];
    throw error;
  }
}

function isNamesake({ definition, session, inputs }: Creation, live: JsonObject): boolean {
  const { enforced, matches } = definition.naturalKey;
  return matches(inputs, live) && (enforced || !session.claims.has(String(live["sid"])));
}

async function rowsOf({ definition, connection, inputs }: Creation): Promise<JsonObject[]> {
  const { pageSize, listKey } = definition;
  const reader = connection.readers.reader(requestFor(definition, "list", inputs).path, {
    pageSize,
    listKey,
  });
  const rows: JsonObject[] = [];
  try {
    for await (const page of reader.pages(MAX_PAGES))
      rows.push(...page.map((row) => fromAnswer(definition, row)));
  } catch (error) {
    if (!isMissing(error)) throw error;
  }
  return rows;
}

/** What an earlier run can have left behind, from one listing a run: what this run creates, it knows. */
async function surveyed(creation: Creation): Promise<Namesake[]> {
  const { definition, session, inputs } = creation;
  const rows = await session.survey(creation.connection, requestFor(definition, "list", inputs).path, () =>
    rowsOf(creation),
  );
  const sids = rows.filter((live) => isNamesake(creation, live)).map(({ sid }) => String(sid));
  return (await Promise.all(sids.map((sid) => readNamesake(creation, sid)))).flat();
}

/**
 * Where Twilio allows several objects with one key, only what an interrupted run left behind is taken over; others
 * are nobody's conflict, unless the program says to take over whatever is there.
 */
async function adoptLeftBehind(creation: Creation, found: Namesake[]): Promise<JsonObject | undefined> {
  const { session, inputs, definition } = creation;
  const namesakes = await unclaimed(creation, found);
  const adoptable = namesakes.filter((namesake) => refusal(creation, namesake) === undefined);
  if (session.adoption(inputs) === "always" && namesakes.length > 1)
    throw new AdoptionError(
      `cannot create ${definition.noun}: ${namesakes.map(({ live }) => live["sid"]).join(" and ")} have the same ` +
        `${definition.naturalKey.fields.join(" and ")}, so adopt: "always" is not clear. Delete all but one.`,
    );
  const [namesake] = adoptable;
  return namesake === undefined ? undefined : adopt(creation, namesake);
}

/**
 * The engine diffs one resource after the other while creates are under way already, so another resource of the
 * program may be about to claim what was found. Nothing tells when the last one has; they take milliseconds each.
 */
async function unclaimed({ session, signal }: Creation, found: Namesake[]): Promise<Namesake[]> {
  if (found.length > 0) await setTimeout(SETTLING_MS, undefined, { signal }).catch(() => undefined);
  return found.filter(({ live }) => !session.claims.has(String(live["sid"])));
}

function refusal({ definition, session, inputs }: Creation, namesake: Namesake): string | undefined {
  const { adoptWindowMs: windowMs } = session.settings;
  return refusalToAdopt({ definition, inputs, ...namesake, adopt: session.adoption(inputs), windowMs });
}

async function adopt(creation: Creation, namesake: Namesake, cause?: unknown): Promise<JsonObject> {
  const { definition, session, connection, inputs, signal } = creation;
  const sid = String(namesake.live["sid"]);
  session.claims.refuseTaken(definition, sid);
  const reason = refusal(creation, namesake);
  if (reason !== undefined) throw new AdoptionError(`cannot create ${definition.noun}: ${reason}`, { cause });
  session.claims.take(definition, sid);
  const differing = differingFields(definition, inputs, namesake.live);
  const unseen = session.adoption(inputs) === "always" ? writeOnlyFields(definition) : [];
  const values = pick(inputs, [...differing, ...unseen]);
  if (Object.values(values).every((value) => value === undefined)) return namesake.live;
  const form = toForm(definition, values);
  const answer = await connection.request({ ...requestFor(definition, "update", inputs, sid), form }, signal);
  connection.readers.drop(requestFor(definition, "list", inputs).path);
  return fromAnswer(definition, answer.body);
}

/** What Twilio never tells, so that a standing object may have it otherwise. */
function writeOnlyFields(definition: Definition): string[] {
  return fieldsOf(definition)
    .filter(({ policy }) => policy.writeOnly === true)
    .map(({ name }) => name);
}

function pick(inputs: JsonObject, names: readonly string[]): JsonObject {
  return Object.fromEntries(names.map((name) => [name, inputs[name]]));
}
