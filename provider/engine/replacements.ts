import { createdAtMs } from "./adopt";
import { fingerprint } from "./claims";
import { type Definition, fieldsOf, nameOf } from "./define";
import type { Exchanged } from "./exchange";
import { type JsonObject, pick, sameJson } from "./json";
import type { Search } from "./namesake";

/**
 * What the engine replaces without asking for a diff, as with `replacementTrigger` and `replaceWith`: it checks the new
 * inputs against the old ones, and then once more against none (measured at 3.255.0). For `--replace` and for what is
 * tainted it does the second alone, as for what is new, so that nothing tells of these.
 */
export class Replacements {
  /** By type and new inputs, the old ones of what was checked and is yet to be compared. */
  private readonly expected = new Map<string, JsonObject[]>();
  private readonly replaced = new Map<string, JsonObject[]>();

  noteChecked(definition: Definition, olds: JsonObject, inputs: JsonObject): void {
    const key = nameOf(definition, fingerprint(inputs));
    if (Object.keys(olds).length > 0) {
      this.expected.set(key, [...(this.expected.get(key) ?? []), olds]);
      return;
    }
    const old = this.expected.get(key)?.shift();
    if (old !== undefined) this.replaced.set(definition.type, [...this.inputsOf(definition), old]);
  }

  noteCompared(definition: Definition, inputs: JsonObject): void {
    this.expected.get(nameOf(definition, fingerprint(inputs)))?.shift();
  }

  /** The old inputs of what is replaced so. */
  inputsOf({ type }: Definition): readonly JsonObject[] {
    return this.replaced.get(type) ?? [];
  }
}

/**
 * The namesakes without those that are replaced so: to take them over would be no replacement. Nothing gives their SIDs,
 * but they are the oldest, since what an interrupted run left in their place came after them.
 */
export function leavingUnseen({ definition, session, inputs }: Search, found: readonly Exchanged[]) {
  const place = fieldsOf(definition).filter(({ policy }) => policy.located === true);
  const placeOf = (of: JsonObject) =>
    pick(
      of,
      place.map(({ name }) => name),
    );
  const leaving = session.replacements
    .inputsOf(definition)
    .filter((olds) => sameJson(placeOf(olds), placeOf(inputs)))
    .filter((olds) => found.some(({ live }) => definition.naturalKey.matches(olds, live)));
  if (leaving.length === 0) return found;
  const byAge = [...found].sort((left, right) => createdAtMs(left.live) - createdAtMs(right.live));
  return byAge.slice(leaving.length);
}
