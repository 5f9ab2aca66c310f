import { type Definition, nameOf, type ObjectDefinition } from "../definition/define";
import type { JsonObject } from "../json";
import { clearedIn, distinct, tookFromIn } from "../state/cleared-keys";

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
  /** What is stored of each as its key. */
  private readonly keys = new Map<string, string | undefined>();

  /** Notes what is stored of an object before its diff. */
  note(definition: ObjectDefinition, sid: string, state: JsonObject): void {
    this.heard.add(nameOf(definition, sid));
    for (const other of clearedIn(state)) this.doubt(definition, sid, other);
    this.noteRead(definition, sid, state);
    const key = definition.naturalKey.alias?.(state);
    if (key === undefined) return;
    const location = JSON.stringify([definition.type, state["accountSid"], state["chatServiceSid"], key]);
    const holder = this.holders.get(location) ?? sid;
    this.holders.set(location, holder);
    if (holder === sid) return;
    this.stale.add(nameOf(definition, sid));
    this.doubt(definition, sid, holder);
  }

  /** Notes what a refresh stores of an object. */
  noteRead(definition: ObjectDefinition, sid: string, state: JsonObject): void {
    this.keys.set(nameOf(definition, sid), definition.naturalKey.alias?.(state));
  }

  /** Whether it may not have the key that is stored of it. */
  has(definition: Definition, sid: string): boolean {
    return this.stale.has(nameOf(definition, sid)) && !this.isWithout(definition, sid);
  }

  /** Whether its own state holds no key, so that it is true whoever has cleared it. */
  isWithout(definition: Definition, sid: string): boolean {
    const name = nameOf(definition, sid);
    return this.keys.has(name) && this.keys.get(name) === undefined;
  }

  /** The objects that may not have their keys, as this one's state says. */
  owedBy(definition: Definition, sid: string, state: JsonObject): string[] {
    return distinct(clearedIn(state), [...(this.owed.get(nameOf(definition, sid)) ?? [])]);
  }

  /** Of those from which an object took its key: whose states say the same, or have not been heard of. */
  takenFrom(definition: ObjectDefinition, sid: string, state: JsonObject): string[] {
    const key = this.keys.get(nameOf(definition, sid)) ?? definition.naturalKey.alias?.(state);
    return tookFromIn(state).filter((other) => {
      const name = nameOf(definition, other);
      return !this.keys.has(name) || (key !== undefined && this.keys.get(name) === key);
    });
  }

  private doubt(definition: Definition, sid: string, other: string): void {
    const [by, name] = [nameOf(definition, sid), nameOf(definition, other)];
    if (!this.heard.has(name)) this.stale.add(name);
    else this.owed.set(by, new Set([...(this.owed.get(by) ?? []), other]));
  }
}
