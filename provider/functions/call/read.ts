import { callApi } from "../../core/api/call";
import type { SingletonDefinition } from "../../core/definition/define";
import type { Json } from "../../core/json";
import { argumentSchema } from "./arguments";
import type { Lookup, Search } from "./lookup";
import { resultOf } from "./result";

/** The look-up of a singleton. */
export function read(name: string, definition: SingletonDefinition): Lookup {
  const resolve = async (search: Search): Promise<Json> => {
    const { connection, inputs } = search;
    const signal = connection.clock.timeout(connection.settings.timeoutMs);
    const { live } = await callApi({ definition, connection, signal }, "read", inputs);
    return resultOf(search, live);
  };
  return { name, schema: argumentSchema(definition, {}), definition, resolve };
}
