import { callApi } from "../../core/api/call";
import { lookupOf, type ObjectDefinition } from "../../core/definition/define";
import type { Json, JsonObject } from "../../core/json";
import type { Problem } from "../../core/problem";
import { unlessMissing } from "../../http/errors";
import { argumentSchema, type Fields } from "./arguments";
import type { Lookup, Search } from "./lookup";
import { nothingFound, severalFound } from "./not-found";
import { resultOf } from "./result";
import { hasSame, rowsOf } from "./rows";

/** How many list pages are searched for an object. */
const SEARCH_PAGES = 100;
/** How many list pages are searched for similar names, after Twilio says that there is no such object. */
const NEAR_PAGES = 10;

/** The arguments that identify one object: one, or one with others that narrow it down. */
export interface Way {
  readonly by: string;
  readonly besides?: readonly string[];
}

const BY_SID: Way = { by: "sid" };

interface Options {
  /** The ways to identify an object, besides its SID. */
  readonly ways: readonly Way[];
  /** Translates a live object's fields to the names of the arguments. */
  readonly criteria?: (live: JsonObject) => JsonObject;
}

/**
 * Finds the one object that the arguments identify; `naming` are the ways to do so. Names that Twilio accepts in a
 * path are fetched; for others the provider searches the list.
 */
export function find(
  definition: ObjectDefinition,
  naming: Fields,
  { criteria = (live) => live, ...options }: Options,
): Lookup {
  const ways = [BY_SID, ...options.ways];
  const rules = (inputs: JsonObject) =>
    wayIn(inputs, ways) === undefined ? [noWayProblem(inputs, ways, definition.noun)] : [];
  const resolve = async (search: Search): Promise<Json> => {
    const { inputs } = search;
    const way = wayIn(inputs, ways) ?? BY_SID;
    const names = [way.by, ...(way.besides ?? [])].filter((name) => inputs[name] !== undefined);
    const isMeant = (live: JsonObject) => hasSame(definition, names, criteria(live), inputs);
    const name = way === BY_SID ? String(inputs["sid"]) : definition.naturalKey.alias?.(inputs);
    const named = name === undefined ? [] : (await asked(definition, search, name)).filter(isMeant);
    // After a 404 the list is read all the same: its first page says whether the parent exists, further ones hold
    // similar names. No SID is similar to another.
    const maxPages = name === undefined ? SEARCH_PAGES : way === BY_SID ? 1 : NEAR_PAGES;
    const rows = named.length > 0 ? named : await searched(definition, search, maxPages);
    const [found, ...more] = rows.filter(isMeant);
    if (found !== undefined && more.length === 0) return resultOf(search, found);
    const wanted = Object.fromEntries(names.map((name) => [name, inputs[name]]));
    if (found !== undefined) throw severalFound(search, wanted, [found, ...more]);
    const others = rows.map((live) => ({ ...criteria(live), sid: live["sid"] }));
    // A search by SID is complete: no further object can have it.
    const isPartial = way !== BY_SID && rows.length >= maxPages * definition.pageSize;
    throw nothingFound(search, wanted, others, isPartial);
  };
  return {
    name: lookupNameOf(definition),
    schema: argumentSchema(definition, naming),
    definition,
    rules,
    resolve,
  };
}

/** Records in the definition that the function exists, so that messages can name it. */
function lookupNameOf(definition: ObjectDefinition): string {
  const name = lookupOf(definition);
  if (name === undefined) throw new Error(`${definition.type} does not say that it is looked up`);
  return name;
}

function wayIn(inputs: JsonObject, ways: readonly Way[]): Way | undefined {
  const given = namesIn(inputs, ways);
  return ways.find(
    ({ by, besides = [] }) =>
      given.includes(by) && given.every((name) => name === by || besides.includes(name)),
  );
}

/** The arguments that identify the object, without those that say where to look. */
function namesIn(inputs: JsonObject, ways: readonly Way[]): string[] {
  const known = new Set(ways.flatMap(({ by, besides = [] }) => [by, ...besides]));
  return Object.keys(inputs).filter((name) => known.has(name));
}

function noWayProblem(inputs: JsonObject, ways: readonly Way[], noun: string): Problem {
  const offered = ways.map(({ by, besides = [] }) =>
    besides.length === 0 ? by : `${by} (with ${besides.join(", ")} if you like)`,
  );
  return {
    path: "",
    message: wrongWith(namesIn(inputs, ways), noun),
    hint: `Give ${offered.join(", or ")}.`,
  };
}

function wrongWith(names: readonly string[], noun: string): string {
  if (names.length === 0) return `nothing says which ${noun} is meant`;
  return names.length === 1
    ? `${names[0]} alone does not say which ${noun} is meant`
    : `${names.join(" and ")} cannot stand together`;
}

/** Fetches an object by SID or name; undefined where Twilio has none. */
async function asked(
  definition: ObjectDefinition,
  { connection, inputs }: Search,
  name: string,
): Promise<JsonObject[]> {
  // This request has a deadline of its own, as every call has.
  const signal = connection.clock.timeout(connection.settings.timeoutMs);
  const found = await unlessMissing(() =>
    callApi({ definition, connection, signal }, "read", inputs, { sid: name }),
  );
  return found === undefined ? [] : [found.live];
}

async function searched(
  definition: ObjectDefinition,
  search: Search,
  maxPages: number,
): Promise<JsonObject[]> {
  const rows: JsonObject[] = [];
  for await (const live of rowsOf(search, definition, { maxPages })) rows.push(live);
  return rows;
}
