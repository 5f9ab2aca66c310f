import { isObject, type Json } from "./json";

/**
 * Stands for a value that was set outside Pulumi in an object that holds secrets. The engine keeps secret what was
 * secret under the same key before, and shows in plain text what appears under a new one (measured at 3.255.0).
 */
export const MASK = "(hidden: set outside Pulumi)";

/** A live value as it may be shown beside the stored one: what was not there before is masked. */
export function masked(stored: Json | undefined, live: Json | undefined): Json | undefined {
  if (!isObject(stored) || !isObject(live)) return typeof stored === typeof live ? live : live && MASK;
  const members = Object.entries(live).map(([name, value]) => [
    name,
    name in stored ? masked(stored[name], value) : MASK,
  ]);
  return Object.fromEntries(members);
}

export function hasMask(value: Json | undefined): boolean {
  if (Array.isArray(value)) return value.some(hasMask);
  return isObject(value) ? Object.values(value).some(hasMask) : value === MASK;
}

/** A value that `ignoreChanges` made of a masked one, with what is live in place of the masks. */
export function unmasked(value: Json | undefined, live: Json | undefined): Json | undefined {
  if (value === MASK) return live;
  if (!isObject(value)) return value;
  const liveMembers = isObject(live) ? live : {};
  const members = Object.entries(value).map(([name, member]) => [name, unmasked(member, liveMembers[name])]);
  return Object.fromEntries(members.filter(([, member]) => member !== undefined));
}
