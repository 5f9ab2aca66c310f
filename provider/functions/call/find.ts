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

/** Most list pages to search for an object. */
const SEARCH_PAGES = 100;
/** Most list pages to search for similar names after Twilio has answered 404. */
const NEAR_PAGES = 10;

/** Arguments that identify one object: a main one, and optional ones that narrow it down. */
export interface Way {
  readonly by: string;
  readonly besides?: readonly string[];
}

const BY_SID: Way = { by: "sid" };

interface Options {
  /** The ways to identify an object besides its SID. */
  readonly ways: readonly Way[];
  /** Maps a live object to the arguments' names, where its fields have others. */
  readonly criteria?: (live: JsonObject) => JsonObject;
}

/**
 * The look-up of one object by the identifying arguments in `naming`. Reads the object directly where Twilio takes the
 * name in the path, and searches the list otherwise.
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
    // Search even after a 404: one page shows whether the parent exists, further pages show similar names. A SID has
    // no similar names.
    const maxPages = name === undefined ? SEARCH_PAGES : way === BY_SID ? 1 : NEAR_PAGES;
    const rows = named.length > 0 ? named : await searched(definition, search, maxPages);
    const [found, ...more] = rows.filter(isMeant);
    if (found !== undefined && more.length === 0) return resultOf(search, found);
    const wanted = Object.fromEntries(names.map((name) => [name, inputs[name]]));
    if (found !== undefined) throw severalFound(search, wanted, [found, ...more]);
    const others = rows.map((live) => ({ ...criteria(live), sid: live["sid"] }));
    // After a 404 for a SID, unread pages cannot hold the object.
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

/** The definition declares that it has a look-up, so that other messages can name the function. */
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

/** The arguments that identify the object, without those that locate it. */
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
    : `${names.join(" and ")} cannot be combined`;
}

/** Reads the object with this SID, or other name that Twilio takes in the path; empty after a 404. */
async function asked(
  definition: ObjectDefinition,
  { connection, inputs }: Search,
  name: string,
): Promise<JsonObject[]> {
  // The usual timeout of a single request.
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
