import { listPages } from "../core/api/listing";
import type { ObjectDefinition } from "../core/definition/define";
import type { JsonObject } from "../core/json";
import { isMissing } from "../http/errors";
import type { Search } from "./lookup";
import { noPlaceFound } from "./no-answer";

interface Extent {
  readonly query?: Readonly<Record<string, string>>;
  readonly maxPages?: number;
}

/**
 * The objects of a list, page by page, each once: what is created meanwhile moves the others on to the next page.
 * It is an error where what they stand in is not there.
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
    throw isMissing(error) ? (noPlaceFound(search) ?? error) : error;
  }
}
