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
/** How many are searched for what comes near one that Twilio says is not there. */
const NEAR_PAGES = 10;

/** The arguments by which one object can be named: one, or one with others that narrow it down. */
export interface Way {
  readonly by: string;
  readonly besides?: readonly string[];
}

const BY_SID: Way = { by: "sid" };

interface Options {
  /** How an object can be named, besides by its SID. */
  readonly ways: readonly Way[];
  /** A live object under the names of the arguments, where its fields have others. */
  readonly criteria?: (live: JsonObject) => JsonObject;
}

/**
 * The look-up of the one object that the arguments name; `naming` are those by which it can be named. What Twilio takes
 * as a name is asked for, the rest looked for.
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
    // What Twilio does not know by its name is looked for all the same: one page says whether there is a place to
    // look in, further ones what comes near the name, which nothing does a SID.
    const maxPages = name === undefined ? SEARCH_PAGES : way === BY_SID ? 1 : NEAR_PAGES;
    const rows = named.length > 0 ? named : await searched(definition, search, maxPages);
    const [found, ...more] = rows.filter(isMeant);
    if (found !== undefined && more.length === 0) return resultOf(search, found);
    const wanted = Object.fromEntries(names.map((name) => [name, inputs[name]]));
    if (found !== undefined) throw severalFound(search, wanted, [found, ...more]);
    const others = rows.map((live) => ({ ...criteria(live), sid: live["sid"] }));
    // What has no such SID, Twilio has not, whatever else there is.
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

/** Its definition says that there is the function, so that messages can name it. */
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

/** The arguments that say which object is meant, and not where it is looked for. */
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
    cure: `Give ${offered.join(", or ")}.`,
  };
}

function wrongWith(names: readonly string[], noun: string): string {
  if (names.length === 0) return `nothing says which ${noun} is meant`;
  return names.length === 1
    ? `${names[0]} alone does not say which ${noun} is meant`
    : `${names.join(" and ")} cannot stand together`;
}

/** The object that Twilio has under a SID or another name; none where it has none. */
async function asked(
  definition: ObjectDefinition,
  { connection, inputs }: Search,
  name: string,
): Promise<JsonObject[]> {
  // As for every request alone.
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
