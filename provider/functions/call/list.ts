import type { ObjectDefinition } from "../../core/definition/define";
import type { Json, JsonObject } from "../../core/json";
import type { Resolver, Search } from "./lookup";
import { resultOf } from "./result";
import { hasSame, rowsOf } from "./rows";

interface Choice {
  /** The list to ask, where it is not that of the objects themselves. */
  readonly list?: (inputs: JsonObject) => ObjectDefinition;
  /** Parameters with which Twilio chooses; those that are undefined are not sent. */
  readonly query?: (inputs: JsonObject) => JsonObject;
  /** The arguments by which Twilio cannot choose, so that its rows are compared with them. */
  readonly compared?: readonly string[];
}

/** Lists every object that the arguments choose, up to their limit, in Twilio's order. */
export function list(definition: ObjectDefinition, { list, query, compared = [] }: Choice = {}): Resolver {
  const answer = async (search: Search): Promise<Json> => {
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
  return { definition, resolve: answer };
}

function present(query: JsonObject = {}): Record<string, string> {
  const given = Object.entries(query).filter(([, value]) => value !== undefined);
  return Object.fromEntries(given.map(([name, value]) => [name, String(value)]));
}
