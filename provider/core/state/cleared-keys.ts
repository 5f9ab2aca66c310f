import type { Json, JsonObject } from "../json";

/**
 * SIDs under `cleared` in the state: objects whose keys this one's update has cleared, or may have. It failed before
 * their own updates began, so their own states still hold the keys.
 */
export function clearedIn(state: JsonObject): string[] {
  return sidsIn(state["cleared"]);
}

/**
 * SIDs under `tookFrom`: objects whose keys were cleared for this one's key, and whose own updates were to follow. If
 * their states still hold that key, they are wrong.
 */
export function tookFromIn(state: JsonObject): string[] {
  return sidsIn(state["tookFrom"]);
}

function sidsIn(sids: Json | undefined): string[] {
  return Array.isArray(sids) ? sids.filter((sid): sid is string => typeof sid === "string") : [];
}

export function withCleared(state: JsonObject, sids: readonly string[]): JsonObject {
  if (sids.length === 0) return state;
  return { ...state, cleared: distinct(clearedIn(state), sids) };
}

export function withTookFrom(state: JsonObject, sids: readonly string[]): JsonObject {
  const { tookFrom: _before, ...rest } = state;
  return sids.length === 0 ? rest : { ...rest, tookFrom: distinct(sids) };
}

export function distinct(...lists: readonly (readonly string[])[]): string[] {
  return [...new Set(lists.flat())].sort();
}
