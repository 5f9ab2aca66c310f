import type { Json, JsonObject } from "../json";

/**
 * The SIDs of the objects whose keys the update of this one has cleared, or may have, under `cleared` in the state: their
 * own updates had not begun when it failed, so that their own states say otherwise.
 */
export function clearedIn(state: JsonObject): string[] {
  return sidsIn(state["cleared"]);
}

/**
 * The SIDs of the objects whose keys were cleared for the one that this has now, under `tookFrom`: their own updates were
 * to follow. A state that still says the same key is not true.
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
