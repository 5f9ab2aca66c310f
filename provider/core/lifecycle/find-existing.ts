import { unlessMissing } from "../../http/errors";
import { type ApiCall, callApi, type LiveObject } from "../api/call";
import { pollUntilVisible, READ_LAG_MS } from "../api/eventual-consistency";
import { listRows } from "../api/listing";
import { requestFor } from "../api/request";
import { type ObjectDefinition, parentFields } from "../definition/define";
import { AdoptionError } from "../errors";
import { type JsonObject, sameJson } from "../json";
import type { Notify, Session } from "../run/session";
import { createdAtMs, hasSameKey } from "../state/adoption-rules";

/** What a roster knows beforehand of one of its creates. */
export interface Seen {
  /** The object with the key, from a list read just now. */
  readonly existing?: LiveObject | undefined;
  /** Reports the adoption to the user. Default: a warning of its own. */
  readonly notify?: Notify;
}

/** A search for objects on Twilio with the declared natural key. */
export interface Search extends ApiCall, Seen {
  readonly definition: ObjectDefinition;
  readonly session: Session;
  readonly inputs: JsonObject;
  /** When, by Twilio's clock, this run sent a create whose outcome is not known. */
  readonly lostSinceMs?: number | undefined;
}

/** List pages to search for a natural key: the members of a conversation fill 10 at most. */
const MAX_PAGES = 10;

/** Every object with the key, read now. */
export async function findExisting(search: Search): Promise<LiveObject[]> {
  const alias = search.definition.naturalKey.alias?.(search.inputs);
  if (alias === undefined) return readAll(search, await listRows(search, search.inputs, MAX_PAGES));
  const found = await readOne(search, alias);
  return found === undefined ? [] : [found];
}

/**
 * The objects with the key that predate this run. One listing serves all creates, unless Twilio looks objects up by
 * key.
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
      // A listed object is not gone just because another read does not show it yet.
      const isGoing = session.ownership.isDeleted(definition, String(sid));
      const untilMs = isGoing ? Number.NEGATIVE_INFINITY : session.clock.nowMs() + READ_LAG_MS;
      return pollUntilVisible(session.clock, untilMs, signal, () => readOne(search, String(sid)));
    }),
  );
  return found.filter((existing) => existing !== undefined);
}

function readOne(search: Search, sid: string): Promise<LiveObject | undefined> {
  return unlessMissing(() => callApi(search, "read", search.inputs, { sid }));
}

/** Ascends from the oldest object to the newest. */
function orderIn({ orderOf = createdAtMs }: ObjectDefinition): (found: LiveObject) => number {
  return ({ live }) => orderOf(live);
}

/** Newest first: what an interrupted run created as a replacement is newer than what it replaces. */
function latestFirst(definition: ObjectDefinition, found: readonly LiveObject[]): LiveObject[] {
  const order = orderIn(definition);
  return [...found].sort((left, right) => order(right) - order(left));
}

/**
 * The existing objects without those that this run replaces, newest first: adopting one of these would be no
 * replacement. Objects that a refresh has read are in some resource's state, so they are excluded first. If nothing
 * gives the SIDs of the others, the oldest ones count as replaced.
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

/** Throws if nothing tells which of the objects is older. */
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
