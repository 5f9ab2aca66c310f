import { type Definition, nameOf, type ObjectDefinition } from "./define";
import type { JsonObject } from "./json";

/**
 * The SIDs of the objects whose keys the update of this one has cleared, or may have, under `cleared` in the state: their
 * own updates had not begun when it failed, so that their own states say otherwise.
 */
export function clearedIn(state: JsonObject): string[] {
  const sids = state["cleared"];
  return Array.isArray(sids) ? sids.filter((sid): sid is string => typeof sid === "string") : [];
}

export function withCleared(state: JsonObject, sids: readonly string[]): JsonObject {
  if (sids.length === 0) return state;
  return { ...state, cleared: [...new Set([...clearedIn(state), ...sids])].sort() };
}

/**
 * Which objects may have lost the key that is stored of them, since a run ended before it came to them. Another one's
 * state says it: it names them, or it has the same key, which Twilio gives once. The engine comes to the two in any
 * order. Who is stale before its own diff sends its key itself; to the others it is sent by those that say it.
 */
export class StaleKeys {
  private readonly heard = new Set<string>();
  private readonly holders = new Map<string, string>();
  private readonly stale = new Set<string>();
  private readonly owed = new Map<string, Set<string>>();
  /** Whose own states hold no key, so that to lose it makes none of them untrue. */
  private readonly without = new Set<string>();

  /** Notes what is stored of an object before its diff. */
  note(definition: ObjectDefinition, sid: string, state: JsonObject): void {
    this.heard.add(nameOf(definition, sid));
    for (const other of clearedIn(state)) this.doubt(definition, sid, other);
    this.noteRead(definition, sid, state);
    const key = definition.naturalKey.alias?.(state);
    if (key === undefined) return;
    const place = JSON.stringify([definition.type, state["accountSid"], state["chatServiceSid"], key]);
    const holder = this.holders.get(place) ?? sid;
    this.holders.set(place, holder);
    if (holder === sid) return;
    this.stale.add(nameOf(definition, sid));
    this.doubt(definition, sid, holder);
  }

  /** Notes what a refresh stores of an object. */
  noteRead(definition: ObjectDefinition, sid: string, state: JsonObject): void {
    if (definition.naturalKey.alias?.(state) === undefined) this.without.add(nameOf(definition, sid));
  }

  /** Whether it may not have the key that is stored of it. */
  has(definition: Definition, sid: string): boolean {
    return this.stale.has(nameOf(definition, sid)) && !this.isWithout(definition, sid);
  }

  /** Whether what is stored of it is true whoever has cleared its key. */
  isWithout(definition: Definition, sid: string): boolean {
    return this.without.has(nameOf(definition, sid));
  }

  /** The objects that may not have their keys, as this one's state says. */
  owedBy(definition: Definition, sid: string, state: JsonObject): string[] {
    return [...new Set([...clearedIn(state), ...(this.owed.get(nameOf(definition, sid)) ?? [])])];
  }

  private doubt(definition: Definition, sid: string, other: string): void {
    const [by, name] = [nameOf(definition, sid), nameOf(definition, other)];
    if (!this.heard.has(name)) this.stale.add(name);
    else this.owed.set(by, new Set([...(this.owed.get(by) ?? []), other]));
  }
}
