import { isMissing } from "../../http/errors";
import { CollectionReader } from "../../http/pages";
import type { WireObject } from "../../http/wire-object";
import type { Definition, ObjectDefinition } from "../definition/define";
import type { JsonObject } from "../json";
import { fromResponse } from "./codec";
import type { Connection } from "./connection";
import { requestFor } from "./request";

/** A definition whose objects Twilio lists. */
export type Listed = Definition & Pick<ObjectDefinition, "listKey" | "listQuery" | "pageSize">;

/** A collection on Twilio that this run reads. */
export interface Listing {
  readonly definition: Listed;
  readonly connection: Connection;
  readonly signal?: AbortSignal;
}

/** The object with the SID, from its list pages; undefined if Twilio says that it does not exist. */
export async function fromList(
  listing: Listing,
  sid: string,
  location: JsonObject,
): Promise<JsonObject | undefined> {
  const row = await readerOf(listing, location).find(sid, listing.signal);
  return row && liveOf(listing.definition, row);
}

/** All objects of the collection, from pages read earlier in this run if any; undefined if it does not exist. */
export async function allRows(listing: Listing, location: JsonObject): Promise<JsonObject[] | undefined> {
  const rows = await readerOf(listing, location).all(listing.signal);
  return rows?.map((row) => liveOf(listing.definition, row));
}

/** The same, read again if `isBelieved` says that a decision depends on earlier pages. */
export async function rowsToDecideBy(
  listing: Listing,
  location: JsonObject,
  isBelieved: (rows: readonly JsonObject[]) => boolean,
): Promise<{ rows: JsonObject[] | undefined; isOld: boolean }> {
  const reader = readerOf(listing, location);
  const isOld = reader.isBegun;
  const rows = await allRows(listing, location);
  if (!isOld || (rows !== undefined && !isBelieved(rows))) return { rows, isOld };
  reader.drop();
  return { rows: await allRows(listing, location), isOld: false };
}

/** Parsed rows of kept pages: a roster asks for all of them, then for each. */
const known = new WeakMap<WireObject, JsonObject>();

function liveOf(definition: Listed, row: WireObject): JsonObject {
  const live = known.get(row) ?? fromResponse(definition, row);
  known.set(row, live);
  return live;
}

/** The rows of the first pages, read now; none if the collection does not exist. */
export async function listRows(
  listing: Listing,
  location: JsonObject,
  maxPages: number,
): Promise<JsonObject[]> {
  const rows: JsonObject[] = [];
  try {
    for await (const page of readerOf(listing, location).pages(maxPages, listing.signal))
      rows.push(...page.map((row) => fromResponse(listing.definition, row)));
  } catch (error) {
    if (!isMissing(error)) throw error;
  }
  return rows;
}

/** The pages of a list, each read on demand. `query` filters the rows, so these pages answer no other read. */
export async function* listPages(
  listing: Listing,
  location: JsonObject,
  query: Readonly<Record<string, string>> = {},
  maxPages = Number.POSITIVE_INFINITY,
): AsyncGenerator<JsonObject[]> {
  const { definition, connection, signal } = listing;
  const { pageSize, listKey, listQuery } = definition;
  const reader = new CollectionReader(connection, {
    path: pathOfList(definition, location),
    pageSize,
    listKey,
    listQuery: { ...listQuery, ...query },
  });
  for await (const page of reader.pages(maxPages, signal))
    yield page.map((row) => fromResponse(definition, row));
}

/** Forgets the pages read so far, once they may no longer show what is there. */
export function dropPages(connection: Connection, definition: Definition, location: JsonObject): void {
  connection.readers.drop(pathOfList(definition, location));
}

function readerOf({ definition, connection }: Listing, location: JsonObject): CollectionReader {
  const { pageSize, listKey, listQuery } = definition;
  return connection.readers.reader(pathOfList(definition, location), { pageSize, listKey, listQuery });
}

function pathOfList(definition: Definition, location: JsonObject): string {
  return requestFor(definition, "list", location).path;
}
