import { type Exchange, type Exchanged, exchange } from "../core/api/call";
import { caughtUp, READ_LAG_MS } from "../core/api/eventual-consistency";
import { listRows } from "../core/api/listing";
import { requestFor } from "../core/api/request";
import type { ObjectDefinition } from "../core/definition/define";
import type { JsonObject } from "../core/json";
import type { Notify, Session } from "../core/run/session";
import { isNamesake } from "../core/state/adoption-rules";
import { isMissing } from "../http/errors";

/** What is known beforehand of a create that is one of many. */
export interface Seen {
  /** What a list has just shown to have the key. */
  readonly standing?: Exchanged | undefined;
  /** Tells the user what was taken over. Default: a warning of its own. */
  readonly notify?: Notify;
}

/** What is looked for: an object on Twilio with the declared natural key. */
export interface Search extends Exchange, Seen {
  readonly definition: ObjectDefinition;
  readonly session: Session;
  readonly inputs: JsonObject;
  /** When, by Twilio's clock, this run sent a create whose outcome is not known. */
  readonly lostSinceMs?: number | undefined;
}

/** How many list pages are searched for a natural key: the members of a conversation fill 10 at most. */
const MAX_PAGES = 10;

/** Every object with the key, as it is now. */
export async function findNamesakes(search: Search): Promise<Exchanged[]> {
  const alias = search.definition.naturalKey.alias?.(search.inputs);
  if (alias === undefined) return readAll(search, await listRows(search, search.inputs, MAX_PAGES));
  const found = await readOne(search, alias);
  return found === undefined ? [] : [found];
}

/**
 * The objects with the key that were there before this run, from one listing for all that it creates unless Twilio
 * finds it by the key.
 */
export async function surveyNamesakes(search: Search): Promise<Exchanged[]> {
  const { definition, session, connection, inputs } = search;
  if (definition.naturalKey.alias?.(inputs) !== undefined) return findNamesakes(search);
  const { path } = requestFor(definition, "list", inputs);
  return readAll(search, await session.survey(connection, path, () => listRows(search, inputs, MAX_PAGES)));
}

async function readAll(search: Search, rows: readonly JsonObject[]): Promise<Exchanged[]> {
  const { definition, session, inputs, signal } = search;
  const namesakes = rows.filter((live) => isNamesake(definition, inputs, live));
  const found = await Promise.all(
    namesakes.map(({ sid }) => {
      // What a list has shown is not gone because another read does not show it yet.
      const isGoing = session.claims.isDeleted(definition, String(sid));
      const untilMs = isGoing ? Number.NEGATIVE_INFINITY : session.clock.nowMs() + READ_LAG_MS;
      return caughtUp(session.clock, untilMs, signal, () => readOne(search, String(sid)));
    }),
  );
  return found.filter((namesake) => namesake !== undefined);
}

async function readOne(search: Search, sid: string): Promise<Exchanged | undefined> {
  try {
    return await exchange(search, "read", search.inputs, { sid });
  } catch (error) {
    if (isMissing(error)) return undefined;
    throw error;
  }
}
