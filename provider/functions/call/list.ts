import type { ObjectDefinition } from "../../core/definition/define";
import type { Json, JsonObject } from "../../core/json";
import type { Problem } from "../../core/problem";
import { argumentSchema, type Fields, upToLimit } from "./arguments";
import type { Lookup, Search } from "./lookup";
import { resultOf } from "./result";
import { hasSame, rowsOf } from "./rows";

interface Options {
  /** The arguments that filter the list; may redefine `limit`. */
  readonly filters?: Fields;
  /** Checks that concern several arguments. */
  readonly rules?: (inputs: JsonObject) => Problem[];
  /** The list to read, where it is not the definition's own. */
  readonly list?: (inputs: JsonObject) => ObjectDefinition;
  /** Query parameters by which Twilio filters. Undefined ones are not sent. */
  readonly query?: (inputs: JsonObject) => JsonObject;
  /** Arguments by which Twilio cannot filter, so that each row is compared with them. */
  readonly compared?: readonly string[];
}

/** The look-up of all objects that match the arguments, up to `limit`, in Twilio's order. */
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
