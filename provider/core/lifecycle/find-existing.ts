import { isMissing } from "../../http/errors";
import { type ApiCall, callApi, type LiveObject } from "../api/call";
import { pollUntilVisible, READ_LAG_MS } from "../api/eventual-consistency";
import { listRows } from "../api/listing";
import { requestFor } from "../api/request";
import { type ObjectDefinition, parentFields } from "../definition/define";
import { AdoptionError } from "../errors";
import { type JsonObject, sameJson } from "../json";
import type { Notify, Session } from "../run/session";
import { createdAtMs, hasSameKey } from "../state/adoption-rules";

/** What is known beforehand of a create that is one of many. */
export interface Seen {
  /** What a list has just shown to have the key. */
  readonly existing?: LiveObject | undefined;
  /** Tells the user what was taken over. Default: a warning of its own. */
  readonly notify?: Notify;
}

/** What is looked for: an object on Twilio with the declared natural key. */
export interface Search extends ApiCall, Seen {
  readonly definition: ObjectDefinition;
  readonly session: Session;
  readonly inputs: JsonObject;
  /** When, by Twilio's clock, this run sent a create whose outcome is not known. */
  readonly lostSinceMs?: number | undefined;
}

/** How many list pages are searched for a natural key: the members of a conversation fill 10 at most. */
const MAX_PAGES = 10;

/** Every object with the key, as it is now. */
export async function findExisting(search: Search): Promise<LiveObject[]> {
  const alias = search.definition.naturalKey.alias?.(search.inputs);
  if (alias === undefined) return readAll(search, await listRows(search, search.inputs, MAX_PAGES));
  const found = await readOne(search, alias);
  return found === undefined ? [] : [found];
}

/**
 * The objects with the key that were there before this run, from one listing for all that it creates unless Twilio
 * finds it by the key.
 */
export async function surveyExisting(search: Search): Promise<LiveObject[]> {
  const { definition, session, connection, inputs } = search;
  if (definition.naturalKey.alias?.(inputs) !== undefined) return findExisting(search);
  const { path } = requestFor(definition, "list", inputs);
  return readAll(search, await session.survey(connection, path, () => listRows(search, inputs, MAX_PAGES)));
}

async function readAll(search: Search, rows: readonly JsonObject[]): Promise<LiveObject[]> {
  const { definition, session, inputs, signal } = search;
  const existing = rows.filter((live) => hasSameKey(definition, inputs, live));
  const found = await Promise.all(
    existing.map(({ sid }) => {
      // What a list has shown is not gone because another read does not show it yet.
      const isGoing = session.ownership.isDeleted(definition, String(sid));
      const untilMs = isGoing ? Number.NEGATIVE_INFINITY : session.clock.nowMs() + READ_LAG_MS;
      return pollUntilVisible(session.clock, untilMs, signal, () => readOne(search, String(sid)));
    }),
  );
  return found.filter((existing) => existing !== undefined);
}

async function readOne(search: Search, sid: string): Promise<LiveObject | undefined> {
  try {
    return await callApi(search, "read", search.inputs, { sid });
  } catch (error) {
    if (isMissing(error)) return undefined;
    throw error;
  }
}

/** Rises from what came first to what came last. */
function orderIn({ orderOf = createdAtMs }: ObjectDefinition): (found: LiveObject) => number {
  return ({ live }) => orderOf(live);
}

/** The latest first: what an interrupted run left in place of another came after that one. */
function latestFirst(definition: ObjectDefinition, found: readonly LiveObject[]): LiveObject[] {
  const order = orderIn(definition);
  return [...found].sort((left, right) => order(right) - order(left));
}

/**
 * The namesakes without those that are replaced, the latest first: to take over what leaves would be no replacement.
 * What a refresh has read is in the state of some resource, so that these come first. Where nothing gives the SIDs of
 * the others, they are those that came first.
 */
export function withoutReplaced(search: Search, found: readonly LiveObject[]): readonly LiveObject[] {
  const { definition, session, inputs } = search;
  const { ownership, replacements } = session;
  const staying = latestFirst(
    definition,
    found.filter(({ live }) => !replacements.isReplaced(definition, String(live["sid"]))),
  );
  const leaving = replacements
    .inputsOf(definition)
    .filter((olds) => sameJson(parentFields(definition, olds), parentFields(definition, inputs)))
    .filter((olds) => staying.some(({ live }) => hasSameKey(definition, olds, live)));
  if (leaving.length === 0) return staying;
  const unread = staying.filter(({ live }) => !ownership.isHeld(definition, String(live["sid"])));
  const untold = Math.max(0, leaving.length - (staying.length - unread.length));
  const count = Math.max(0, unread.length - untold);
  refuseAlike(search, unread, count);
  return unread.slice(0, count);
}

/** Refuses to choose among objects of which nothing tells which one came first. */
function refuseAlike(
  { definition, session, inputs }: Search,
  found: readonly LiveObject[],
  count: number,
): void {
  const [later, earlier] = [found[count - 1], found[count]];
  if (later === undefined || earlier === undefined || session.adoption(inputs) === "never") return;
  const order = orderIn(definition);
  if (order(later) > order(earlier)) return;
  const sids = found.map(({ id }) => id).join(" or ");
  throw new AdoptionError(
    `cannot create ${definition.noun}: ${sids} is the one to be replaced, and nothing tells which. Another resource ` +
      'of the program may hold the other. Set adopt: "never" for this `pulumi up`: it creates another beside them.',
  );
}
