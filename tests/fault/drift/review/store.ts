import { fromResponse } from "../../../../provider/core/api/codec";
import { requestFor } from "../../../../provider/core/api/request";
import { isSingleton, type SingletonDefinition } from "../../../../provider/core/definition/define";
import type { JsonObject } from "../../../../provider/core/json";
import { definitions } from "../../../../provider/resources";
import type { Simulator } from "../../../../simulator";
import type { Declared } from "./cell";
import type { Worlds } from "./worlds";

/** Everything that Twilio holds at one moment, by our names: objects by SID, settings by where they are. */
export type Store = ReadonlyMap<string, JsonObject>;

const PREFIXES = ["CH", "MB", "RL", "US", "IS", "IM", "WH", "IG", "CR"] as const;

/** By what a setting is found. */
export function settingKey(definition: SingletonDefinition, place: JsonObject): string {
  return `${String(place["account"] ?? "")} ${requestFor(definition, "read", place).path}`;
}

/** What the simulator itself says it holds, and what it answers of the settings that the programs name. */
export async function storeOf(
  simulator: Simulator,
  worlds: Worlds,
  programs: readonly Declared[],
): Promise<Store> {
  const store = new Map<string, JsonObject>();
  for (const prefix of PREFIXES) {
    const definition = definitions.find((each) => !isSingleton(each) && each.sidPrefix === prefix);
    if (definition === undefined) throw new Error(`nothing has SIDs with ${prefix}`);
    for (const row of simulator.rows(prefix)) store.set(row.sid, fromResponse(definition, row));
  }
  for (const { type, args } of programs) {
    const definition = definitions.find((each) => each.type === type);
    if (definition === undefined || !isSingleton(definition)) continue;
    const place = args as JsonObject;
    const account = worlds.accountOf(place["account"]);
    const { path } = requestFor(definition, "read", place);
    try {
      const row = await account.get(path.replace("/v1", ""));
      store.set(settingKey(definition, place), fromResponse(definition, row));
    } catch {
      // It went with what it belongs to.
    }
  }
  return store;
}
