import type { Definition } from "../definition/define";
import { nameIn, referencesOf, referredSid, type Spellings } from "../definition/reference";
import type { JsonObject } from "../json";
import { type Names, scopeOf } from "./names";

/** Compares declared names with recorded SIDs. `accountSid` is the account that the inputs reach. No network. */
export function spellingsOf(
  definition: Definition,
  state: JsonObject,
  inputs: JsonObject,
  names: Names,
  accountSid?: string,
): Spellings {
  // Two account names can have credentials of one account.
  const same = new Set(accountSid !== undefined && accountSid === state["accountSid"] ? ["account"] : []);
  const [unclear, outdated] = [new Map<string, string>(), new Map<string, string>()];
  const moved = new Set<string>();
  for (const reference of referencesOf(definition)) {
    const { name: field, refers } = reference;
    const [name, sid] = [nameIn(reference, inputs[field]), referredSid(reference, state)];
    if (name === undefined || sid === undefined) continue;
    const scope = scopeOf(refers.type, state);
    const meant = names.sidOf(scope, name);
    if (inputs[field] === state[field]) {
      if (meant !== undefined && meant !== sid) moved.add(field);
      else if (meant === undefined && names.isRenamed(scope, sid, name)) outdated.set(field, sid);
    } else if (meant === sid) same.add(field);
    else if (meant === undefined && !names.isOtherwise(scope, sid, name)) unclear.set(field, sid);
  }
  return { same, unclear, moved, outdated };
}

/** Adds the SIDs of newly declared names to the state: a name alone could refer to another object later. */
export function withResolved(definition: Definition, state: JsonObject, inputs: JsonObject): JsonObject {
  const resolved = referencesOf(definition)
    .filter((reference) => nameIn(reference, inputs[reference.name]) !== undefined)
    .map((reference) => [reference.refers.resolved, referredSid(reference, state)] as const)
    .filter(([, sid]) => sid !== undefined);
  return { ...state, ...Object.fromEntries(resolved) };
}
