import { type Definition, nameOf, type ObjectDefinition } from "../definition/define";
import type { JsonObject } from "../json";
import { clearedIn, distinct, tookFromIn } from "../state/cleared-keys";

/**
 * Objects that may have lost their recorded key in an interrupted run. The state of another object shows it: it names
 * them, or has the same key, which Twilio allows once. Pulumi's engine comes to the two in any order. An object found
 * stale before its own diff sends its key itself. The others get theirs from the object whose state shows it.
 */
export class StaleKeys {
  private readonly compared = new Set<string>();
  private readonly holders = new Map<string, string>();
  private readonly stale = new Set<string>();
  private readonly owed = new Map<string, Set<string>>();
  /** The recorded key of each object. */
  private readonly keys = new Map<string, string | undefined>();

  /** Notes the recorded state of an object before its diff. */
  note(definition: ObjectDefinition, sid: string, state: JsonObject): void {
    this.compared.add(nameOf(definition, sid));
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

  /** Notes the state of an object that a refresh stores. */
  noteRead(definition: ObjectDefinition, sid: string, state: JsonObject): void {
    this.keys.set(nameOf(definition, sid), definition.naturalKey.alias?.(state));
  }

  /** Whether the object may lack its recorded key. */
  has(definition: Definition, sid: string): boolean {
    return this.stale.has(nameOf(definition, sid)) && !this.isWithout(definition, sid);
  }

  /** Whether its own state holds no key, and so is true whichever update cleared it. */
  isWithout(definition: Definition, sid: string): boolean {
    const name = nameOf(definition, sid);
    return this.keys.has(name) && this.keys.get(name) === undefined;
  }

  /** The objects that may lack their keys, by this one's state. */
  owedBy(definition: Definition, sid: string, state: JsonObject): string[] {
    return distinct(clearedIn(state), [...(this.owed.get(nameOf(definition, sid)) ?? [])]);
  }

  /** The objects that this one took its key from, if their states still hold it or are not known yet. */
  takenFrom(definition: ObjectDefinition, sid: string, state: JsonObject): string[] {
    const key = this.keys.get(nameOf(definition, sid)) ?? definition.naturalKey.alias?.(state);
    return tookFromIn(state).filter((other) => {
      const name = nameOf(definition, other);
      return !this.keys.has(name) || (key !== undefined && this.keys.get(name) === key);
    });
  }

  private doubt(definition: Definition, sid: string, other: string): void {
    const [by, name] = [nameOf(definition, sid), nameOf(definition, other)];
    if (!this.compared.has(name)) this.stale.add(name);
    else this.owed.set(by, new Set([...(this.owed.get(by) ?? []), other]));
  }
}
