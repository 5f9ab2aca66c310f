import { exchange } from "../../core/api/call";
import type { SingletonDefinition } from "../../core/definition/define";
import type { Json } from "../../core/json";
import type { Answer, Search } from "./lookup";
import { resultOf } from "./result";

/** Reads what Twilio keeps once. */
export function setting(definition: SingletonDefinition): Answer {
  const answer = async (search: Search): Promise<Json> => {
    const { connection, inputs } = search;
    const signal = connection.clock.timeout(connection.settings.timeoutMs);
    const { live } = await exchange({ definition, connection, signal }, "read", inputs);
    return resultOf(search, live);
  };
  return { definition, answer };
}
