import { callApi } from "../../core/api/call";
import type { SingletonDefinition } from "../../core/definition/define";
import type { Json } from "../../core/json";
import type { Resolver, Search } from "./lookup";
import { resultOf } from "./result";

/** Reads what Twilio keeps once. */
export function read(definition: SingletonDefinition): Resolver {
  const answer = async (search: Search): Promise<Json> => {
    const { connection, inputs } = search;
    const signal = connection.clock.timeout(connection.settings.timeoutMs);
    const { live } = await callApi({ definition, connection, signal }, "read", inputs);
    return resultOf(search, live);
  };
  return { definition, resolve: answer };
}
