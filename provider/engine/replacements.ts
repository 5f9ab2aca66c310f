import { AdoptionError, createdAtMs } from "./adopt";
import { fingerprint } from "./claims";
import { type Definition, fieldsOf, nameOf, type ObjectDefinition } from "./define";
import type { Exchanged } from "./exchange";
import { type JsonObject, pick, sameJson } from "./json";
import { isNamesake, type Search } from "./namesake";

/**
 * What the engine replaces although no diff says so. With `replacementTrigger` and `replaceWith` it asks for none: it
 * checks the new inputs against the old ones, and then once more against none. With `replaceOnChanges` it checks them
 * once more after a diff (step_generator.go at 3.255.0). For `--replace` and for what is tainted it does the last check
 * alone, as for what is new, so that nothing tells of these.
 */
export class Replacements {
  /** By type and new inputs, the old ones of what was checked and is yet to be compared. */
  private readonly expected = new Map<string, JsonObject[]>();
  private readonly replaced = new Map<string, JsonObject[]>();
  /** By type and new inputs, the objects that a diff has shown to change. */
  private readonly changing = new Map<string, string[]>();
  private readonly leaving = new Set<string>();

  noteChecked(definition: Definition, olds: JsonObject, inputs: JsonObject): void {
    const key = nameOf(definition, fingerprint(inputs));
    if (Object.keys(olds).length > 0) {
      this.expected.set(key, [...(this.expected.get(key) ?? []), olds]);
      return;
    }
    const old = this.expected.get(key)?.shift();
    if (old !== undefined) this.replaced.set(definition.type, [...this.inputsOf(definition), old]);
    // It can also be a new one that declares the same, which may not take that object either.
    else for (const name of this.changing.get(key)?.splice(0, 1) ?? []) this.leaving.add(name);
  }

  noteCompared(definition: Definition, sid: string, inputs: JsonObject, isChanging: boolean): void {
    const key = nameOf(definition, fingerprint(inputs));
    this.expected.get(key)?.shift();
    if (isChanging) this.changing.set(key, [...(this.changing.get(key) ?? []), nameOf(definition, sid)]);
  }

  /** The old inputs of what is replaced without a diff. */
  inputsOf({ type }: Definition): readonly JsonObject[] {
    return this.replaced.get(type) ?? [];
  }

  /** Whether the object is replaced after a diff that asked for no replacement. */
  isLeaving(definition: Definition, sid: string): boolean {
    return this.leaving.has(nameOf(definition, sid));
  }
}

/** The latest first: what an interrupted run left in place of another came after that one. */
function latestFirst(definition: ObjectDefinition, found: readonly Exchanged[]): Exchanged[] {
  const order = ({ live }: Exchanged) => (definition.orderOf ?? createdAtMs)(live);
  return [...found].sort((left, right) => order(right) - order(left));
}

/**
 * The namesakes without those that are replaced, the latest first: to take over what leaves would be no replacement.
 * Where nothing gives the SIDs of these, they are those that came first.
 */
export function withoutReplaced(search: Search, found: readonly Exchanged[]): readonly Exchanged[] {
  const { definition, session, inputs } = search;
  const staying = latestFirst(
    definition,
    found.filter(({ live }) => !session.replacements.isLeaving(definition, String(live["sid"]))),
  );
  const place = fieldsOf(definition).filter(({ policy }) => policy.located === true);
  const placeOf = (of: JsonObject) =>
    pick(
      of,
      place.map(({ name }) => name),
    );
  const leaving = session.replacements
    .inputsOf(definition)
    .filter((olds) => sameJson(placeOf(olds), placeOf(inputs)))
    .filter((olds) => staying.some(({ live }) => isNamesake(definition, olds, live)));
  const count = Math.max(0, staying.length - leaving.length);
  refuseAlike(search, staying, count);
  return staying.slice(0, count);
}

/** Refuses to choose among objects of which nothing tells which one came first. */
function refuseAlike(
  { definition, session, inputs }: Search,
  found: readonly Exchanged[],
  count: number,
): void {
  const [later, earlier] = [found[count - 1], found[count]];
  if (later === undefined || earlier === undefined || session.adoption(inputs) === "never") return;
  const order = definition.orderOf ?? createdAtMs;
  if (order(later.live) > order(earlier.live)) return;
  const sids = found.map(({ id }) => id).join(" or ");
  throw new AdoptionError(
    `cannot create ${definition.noun}: ${sids} is the one to be replaced, and nothing tells which. Delete on Twilio ` +
      'what an interrupted run left, or set adopt: "never" to create another beside it.',
  );
}
