import { deepEqual, equal, ok } from "node:assert/strict";
import type { JsonObject } from "../../../provider/engine/json";
import { type Declaration, declared, type Kind, REPLACING } from "./declaration";
import { type Forecast, type Held, heldBy } from "./forecast";
import { holds, type Thing, type World } from "./world";

/** Identities of members: Twilio makes a user of each, which is nobody's to delete. */
export const MEMBERS = ["ann", "ben", "cid"];
const GUEST = /^guest/;

/** What was there before the program's first run. */
export interface Origin {
  readonly world: World;
  /** By label: what the program refers to and does not declare. */
  readonly anchors: ReadonlyMap<string, string>;
  /** What an object has where nobody says anything. */
  readonly defaults: Readonly<Record<Kind, JsonObject>>;
}

/** What the program declares, what others have, and what is known to be open. */
export class Model {
  readonly program = new Map<string, Declaration>();
  readonly anchors: ReadonlyMap<string, string>;
  readonly defaults: Readonly<Record<Kind, JsonObject>>;
  /** The objects of others, and settings that nobody holds: as they are to stay. */
  readonly others: Map<string, Thing>;
  /** What objects and settings on loan were before the program: as they are to be given back. */
  readonly before = new Map<string, JsonObject>();
  /** What adopted objects had in fields that their declarations leave open. */
  readonly found = new Map<string, JsonObject>();
  /** What an interrupted run created and did not record. */
  readonly strays = new Set<string>();
  /** What was changed outside since the last run that put everything right. */
  readonly drifted = new Set<string>();
  /** Whether the state can be wrong about what is there, until a refresh. */
  isStateBehind = false;
  /** Whether the last run has done all that the program says. */
  isDone = false;
  private counted = 0;

  constructor({ world, anchors, defaults }: Origin) {
    this.others = new Map(world);
    this.anchors = anchors;
    this.defaults = defaults;
  }

  next(): number {
    this.counted += 1;
    return this.counted;
  }

  declare(declaration: Declaration): void {
    this.program.set(declaration.label, declaration);
    this.isDone = false;
  }

  /** Takes a declaration back, and with it all that cannot be without it. */
  withdraw(label: string): void {
    this.program.delete(label);
    this.isDone = false;
    for (const each of [...this.program.values()])
      for (const [field, to] of Object.entries(each.refs)) {
        if (to !== label) continue;
        if (REPLACING[each.kind].includes(field)) this.withdraw(each.label);
        else this.declare({ ...each, refs: omit(each.refs, field) });
      }
  }

  /** What there is to be of a declaration once `up` is done. */
  wanted(declaration: Declaration, rows: readonly Held[], key: string): JsonObject {
    const sidOf = (label: string) => this.anchors.get(label) ?? this.rowOf(label, rows)?.sid;
    const own = declared(declaration, sidOf);
    ok(own !== undefined, `${declaration.label} refers to what is not in state`);
    const isNamed = declaration.fields["uniqueName"] !== undefined;
    const found = this.found.get(key) ?? this.others.get(key)?.fields ?? {};
    const all = { ...this.defaults[declaration.kind], ...found, ...own };
    // A name that the constructor proposed is kept when an alias renames the resource.
    return isNamed || declaration.kind !== "Conversation" ? all : omit(all, "uniqueName");
  }

  rowOf(label: string, rows: readonly Held[]): Held | undefined {
    const declaration = this.program.get(label);
    return declaration && heldBy(declaration, rows);
  }

  /** Every declared object lives as declared, and in state. */
  checkProgram(world: World, rows: readonly Held[]): void {
    deepEqual(rows.map(({ name }) => name).sort(), [...this.program.values()].map(({ name }) => name).sort());
    for (const declaration of this.program.values()) {
      const row = this.rowOf(declaration.label, rows);
      const thing = row && world.get(row.key);
      ok(row && thing, `${declaration.label} (${row?.key}) is in state and not on Twilio`);
      const wanted = this.wanted(declaration, rows, row.key);
      deepEqual(omitMissing(thing.fields, wanted), wanted, `${declaration.label} is not as declared`);
    }
  }

  /** Nothing that others have was touched; nothing is there that nobody has. */
  checkOthers(world: World, rows: readonly Held[]): void {
    this.forgetWhatWentWithItsContainer(world);
    const held = new Set(rows.map(({ key }) => key));
    for (const thing of this.others.values()) {
      if (held.has(thing.key)) continue;
      deepEqual(
        world.get(thing.key)?.fields,
        thing.fields,
        `${thing.kind} ${thing.key} of others was touched`,
      );
    }
    for (const thing of world.values())
      if (!held.has(thing.key) && !this.others.has(thing.key) && !this.strays.has(thing.key))
        this.checkAppeared(thing);
  }

  /** What appears by itself is as Twilio makes it. */
  private checkAppeared({ key, kind, fields }: Thing): void {
    ok(this.canAppear(kind, fields), `orphan: ${kind} ${key} ${JSON.stringify(fields)}`);
    const untouched = { ...fields, ...this.defaults[kind] };
    deepEqual(fields, untouched, `${kind} ${key} was touched`);
  }

  canAppear(kind: Kind, { identity }: JsonObject): boolean {
    if (kind === "ServiceConfiguration") return true;
    return (
      kind === "User" && typeof identity === "string" && (MEMBERS.includes(identity) || GUEST.test(identity))
    );
  }

  private forgetWhatWentWithItsContainer(world: World): void {
    for (const { key, fields } of [...this.others.values()]) {
      const container = fields["conversationSid"] ?? fields["serviceSid"];
      if (typeof container === "string" && !world.has(container)) this.forget(key);
    }
    for (const key of [...this.strays]) if (!world.has(key)) this.strays.delete(key);
  }

  forget(key: string): void {
    this.others.delete(key);
    this.before.delete(key);
    this.found.delete(key);
  }

  /** What of the state has changed hands in an operation that was forecast so. */
  settle(forecast: Forecast, rows: readonly Held[], world: World): void {
    for (const { key, kind } of forecast.rows)
      if (!rows.some((row) => row.key === key)) this.settleReleased(key, kind, forecast.world, world);
    for (const [label, plan] of forecast.fresh) {
      const row = this.rowOf(label, rows);
      if (row === undefined || row.key === plan.replacedKey) continue;
      const { before, rival, adopted } = plan;
      if (adopted !== undefined && this.strays.has(adopted.key))
        equal(row.key, adopted.key, `${label} was created a second time`);
      if (before !== undefined) this.before.set(row.key, before);
      // Fields that a declaration leaves open stay as they are in what is taken over.
      if (before === undefined && rival?.key === row.key) this.found.set(row.key, rival.fields);
      this.strays.delete(row.key);
    }
  }

  /** What the program let go of is given back if it was on loan, and gone otherwise. */
  private settleReleased(key: string, kind: Kind, worldBefore: World, world: World): void {
    const before = this.before.get(key);
    const thing = world.get(key);
    this.found.delete(key);
    this.before.delete(key);
    if (before === undefined || thing === undefined) {
      equal(thing, undefined, `${kind} ${key} was to be deleted`);
      return;
    }
    // What somebody changed outside is theirs when nothing remembered differs from what the state says.
    const last = worldBefore.get(key)?.fields ?? {};
    const isBack = holds(thing, before) || (this.drifted.has(key) && holds(thing, last, Object.keys(before)));
    ok(isBack, `${kind} ${key} was not given back: ${JSON.stringify({ now: thing.fields, before })}`);
    const rest = this.others.get(key)?.fields ?? last;
    this.others.set(key, { ...thing, fields: { ...rest, ...pick(thing.fields, Object.keys(before)) } });
  }
}

function pick(fields: JsonObject, names: readonly string[]): JsonObject {
  return Object.fromEntries(
    names.filter((name) => name in fields).map((name) => [name, fields[name]]),
  ) as JsonObject;
}

function omit<Value>(fields: Readonly<Record<string, Value>>, name: string): Record<string, Value> {
  const { [name]: _omitted, ...rest } = fields;
  return rest;
}

/** Of the fields those that are asked for. */
function omitMissing(fields: JsonObject, wanted: JsonObject): JsonObject {
  return pick(fields, Object.keys(wanted));
}
