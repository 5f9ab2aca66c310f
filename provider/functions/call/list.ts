import type { ObjectDefinition } from "../../core/definition/define";
import type { Json, JsonObject } from "../../core/json";
import type { Problem } from "../../core/problem";
import { argumentSchema, type Fields, upToLimit } from "./arguments";
import type { Lookup, Search } from "./lookup";
import { resultOf } from "./result";
import { hasSame, rowsOf } from "./rows";

interface Options {
  /** The arguments that choose, and how much is listed. */
  readonly filters?: Fields;
  /** What is wrong with the arguments that no single one shows. */
  readonly rules?: (inputs: JsonObject) => Problem[];
  /** The list to ask, where it is not that of the objects themselves. */
  readonly list?: (inputs: JsonObject) => ObjectDefinition;
  /** Parameters with which Twilio chooses; those that are undefined are not sent. */
  readonly query?: (inputs: JsonObject) => JsonObject;
  /** The arguments by which Twilio cannot choose, so that its rows are compared with them. */
  readonly compared?: readonly string[];
}

/** The look-up of every object that the arguments choose, up to their limit, in Twilio's order. */
export function list(
  name: string,
  definition: ObjectDefinition,
  { filters = {}, rules, list, query, compared = [] }: Options = {},
): Lookup {
  const resolve = async (search: Search): Promise<Json> => {
    const { inputs } = search;
    const limit = Number(inputs["limit"] ?? Number.POSITIVE_INFINITY);
    const names = compared.filter((name) => inputs[name] !== undefined);
    const results: Json[] = [];
    for await (const live of rowsOf(search, list?.(inputs) ?? definition, {
      query: present(query?.(inputs)),
    })) {
      if (hasSame(definition, names, live, inputs)) results.push(resultOf(search, live));
      if (results.length >= limit) break;
    }
    return results;
  };
  const schema = argumentSchema(definition, { ...upToLimit, ...filters });
  return { name, schema, definition, ...(rules && { rules }), resolve };
}

function present(query: JsonObject = {}): Record<string, string> {
  const given = Object.entries(query).filter(([, value]) => value !== undefined);
  return Object.fromEntries(given.map(([name, value]) => [name, String(value)]));
}
