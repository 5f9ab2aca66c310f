import { listPages } from "../../core/api/listing";
import { type Definition, fieldsOf, type ObjectDefinition } from "../../core/definition/define";
import { isSame } from "../../core/definition/field";
import { type JsonObject, sameJson } from "../../core/json";
import { isMissing } from "../../http/errors";
import type { Search } from "./lookup";
import { parentNotFound } from "./not-found";

interface Extent {
  readonly query?: Readonly<Record<string, string>>;
  readonly maxPages?: number;
}

/**
 * The objects of a list, page by page, each once: objects created meanwhile push others onto the next page. Throws
 * `NoMatchError` when their parent does not exist.
 */
export async function* rowsOf(
  search: Search,
  definition: ObjectDefinition,
  { query, maxPages }: Extent = {},
): AsyncGenerator<JsonObject> {
  const { connection, inputs } = search;
  const seen = new Set<unknown>();
  try {
    for await (const page of listPages({ definition, connection }, inputs, query, maxPages))
      for (const row of page) {
        if (seen.has(row["sid"])) continue;
        seen.add(row["sid"]);
        yield row;
      }
  } catch (error) {
    throw isMissing(error) ? (parentNotFound(search) ?? error) : error;
  }
}

/** Whether a live object equals `wanted` in all `names`, each compared as the resource compares its field. */
export function hasSame(
  definition: Definition,
  names: readonly string[],
  live: JsonObject,
  wanted: JsonObject,
): boolean {
  const fields = new Map(fieldsOf(definition).map((entry) => [entry.name, entry]));
  return names.every((name) => {
    const entry = fields.get(name);
    return entry === undefined
      ? sameJson(live[name], wanted[name])
      : isSame(entry, live[name], wanted[name], live);
  });
}
