import type { Definition } from "./define";
import type { JsonObject } from "./json";
import { type Names, scopeOf } from "./names";
import { nameIn, referencesOf, referredSid } from "./reference";

/** Located fields that the program spells otherwise than the state: what is known of them. */
export interface Spellings {
  /** They mean what they meant. */
  readonly same: ReadonlySet<string>;
  /** They may: the SID of what the state means, by field. */
  readonly unclear: ReadonlyMap<string, string>;
}

/** What a run knows of names that differ from those in state; `accountSid` is what the inputs reach. No network. */
export function spellingsOf(
  definition: Definition,
  state: JsonObject,
  inputs: JsonObject,
  names: Names,
  accountSid?: string,
): Spellings {
  // Two names can have credentials of one account.
  const same = new Set(accountSid !== undefined && accountSid === state["accountSid"] ? ["account"] : []);
  const unclear = new Map<string, string>();
  for (const reference of referencesOf(definition)) {
    const { name: field, refers } = reference;
    const [name, sid] = [nameIn(reference, inputs[field]), referredSid(reference, state)];
    if (name === undefined || sid === undefined || inputs[field] === state[field]) continue;
    const scope = scopeOf(refers.type, state);
    const meant = names.sidOf(scope, name);
    if (meant === sid) same.add(field);
    else if (meant === undefined && !names.isOtherwise(scope, sid, name)) unclear.set(field, sid);
  }
  return { same, unclear };
}

/** The state with the SIDs of what the program comes to name: the name alone could mean another one later. */
export function withResolved(definition: Definition, state: JsonObject, inputs: JsonObject): JsonObject {
  const resolved = referencesOf(definition)
    .filter((reference) => nameIn(reference, inputs[reference.name]) !== undefined)
    .map((reference) => [reference.refers.resolved, referredSid(reference, state)] as const)
    .filter(([, sid]) => sid !== undefined);
  return { ...state, ...Object.fromEntries(resolved) };
}
