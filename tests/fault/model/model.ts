import { deepEqual, ok } from "node:assert/strict";
import { isDeepStrictEqual } from "node:util";
import type { Json, JsonObject } from "../../../provider/core/json";
import type { Forecast } from "./forecast/forecast";
import { type Held, heldBy, placeFields } from "./held";
import { type Declaration, declared, type Kind, REPLACING } from "./program/declaration";
import { flat, LOANS } from "./program/fields";
import type { Thing, World } from "./world";

/** Identities of members: Twilio makes a user of each, which is nobody's to delete. */
export const MEMBERS = ["ann", "ben", "cid"];
const GUEST = /^guest/;

/** What was there before the program's first run. */
export interface Origin {
  readonly world: World;
  /** By label: what the program refers to and does not declare. */
  readonly anchors: ReadonlyMap<string, string>;
  /** What an object has where nobody says anything; a field without an entry stays as it was last. */
  readonly defaults: Readonly<Record<Kind, JsonObject>>;
}

/** What the program declares, what others have, and what is known to be open. */
export class Model {
  readonly program = new Map<string, Declaration>();
  /** What declarations were before their last edit. */
  readonly past = new Map<string, Declaration>();
  readonly anchors: ReadonlyMap<string, string>;
  readonly defaults: Readonly<Record<Kind, JsonObject>>;
  /** The objects of others, and settings that nobody holds: as they are to stay. */
  readonly others: Map<string, Thing>;
  /** What objects and settings on loan were before the program: as they are to be given back. */
  readonly before = new Map<string, JsonObject>();
  /** What objects have in fields that their declarations leave open, where that is not the default. */
  readonly found = new Map<string, JsonObject>();
  /** By object, the fields that were declared in a run so far, and whether one that did all it was to do. */
  readonly claimed = new Map<string, Map<string, "done" | "tried">>();
  /** By object, what was declared at the end of the last run that did all it was to do. */
  readonly last = new Map<string, JsonObject>();
  /** By object, what Twilio never tells and a killed provider may have sent: nobody can know of it until it is sent again. */
  readonly clouded = new Map<string, Set<string>>();
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
    const last = this.program.get(declaration.label);
    if (last !== undefined) this.past.set(declaration.label, last);
    this.program.set(declaration.label, declaration);
    this.isDone = false;
  }

  /** Takes a declaration back, and with it all that cannot be without it. */
  withdraw(label: string): void {
    this.program.delete(label);
    this.past.delete(label);
    this.isDone = false;
    for (const each of [...this.program.values()])
      for (const [field, to] of Object.entries(each.refs)) {
        if (to !== label) continue;
        if (REPLACING[each.kind].includes(field)) this.withdraw(each.label);
        else this.declare({ ...each, refs: omit(each.refs, field) });
      }
  }

  /** What a declaration says of its object, with the SIDs that are in state. */
  own(declaration: Declaration, rows: readonly Held[]): JsonObject {
    const own = declared(declaration, (label) => this.anchors.get(label) ?? this.rowOf(label, rows)?.sid);
    ok(own !== undefined, `${declaration.label} refers to what is not in state`);
    return own;
  }

  /** What there is to be of a declaration once `up` is done. */
  wanted(declaration: Declaration, rows: readonly Held[], key: string): JsonObject {
    const { kind, fields } = declaration;
    const found = this.found.get(key) ?? {};
    const all: JsonObject = { ...this.defaults[kind], ...found, ...this.own(declaration, rows) };
    // The date counts at creation alone.
    if (found["dateCreated"] !== undefined) all["dateCreated"] = found["dateCreated"];
    for (const name of this.clouded.get(key) ?? []) delete all[name];
    // Twilio moves a conversation between active and inactive by itself.
    if (fields["state"] !== "closed") delete all["state"];
    // A name that the constructor proposed is kept when an alias renames the resource.
    return fields["uniqueName"] !== undefined || kind !== "Conversation" ? all : omit(all, "uniqueName");
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
      deepEqual(pick(thing.fields, Object.keys(wanted)), wanted, `${declaration.label} is not as declared`);
    }
  }

  /** What the program says otherwise than the last time was sent, however old the state is. */
  checkSent({ rows: old, fresh }: Forecast, world: World, rows: readonly Held[]): void {
    for (const declaration of this.program.values()) {
      const [was, row] = [this.rowOf(declaration.label, old), this.rowOf(declaration.label, rows)];
      const thing = row && world.get(row.key);
      if (was === undefined || thing === undefined || fresh.has(declaration.label)) continue;
      const [last, own] = [flat(placeFields(was)), this.own(declaration, rows)];
      const isSent = (name: string) =>
        name !== "dateCreated" &&
        !isDeepStrictEqual(last[name], own[name]) &&
        // A message that comes after it wakes a conversation.
        own[name] !== "inactive" &&
        // How the state keeps a secret says nothing of it.
        !(["secret", "apiKey"].includes(name) && this.drifted.has(thing.key));
      const sent = pick(own, Object.keys(own).filter(isSent));
      if (declaration.kind === "Conversation" && declaration.fields["uniqueName"] === undefined)
        delete sent["uniqueName"];
      deepEqual(pick(thing.fields, Object.keys(sent)), sent, `${declaration.label} was not sent`);
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
    this.claimed.delete(key);
    this.last.delete(key);
    this.clouded.delete(key);
  }

  /** Somebody sets a field that the program leaves open: it is to stay so. */
  leaveOpen(key: string, kind: Kind, field: string, value: Json): void {
    this.found.set(key, { ...this.found.get(key), [field]: value });
    const before = this.before.get(key);
    if (before !== undefined && LOANS[kind]?.includes(field) === true)
      this.before.set(key, { ...before, [field]: value });
  }
}

export function pick(fields: JsonObject, names: readonly string[]): JsonObject {
  return Object.fromEntries(
    names.filter((name) => name in fields).map((name) => [name, fields[name]]),
  ) as JsonObject;
}

function omit<Value>(fields: Readonly<Record<string, Value>>, name: string): Record<string, Value> {
  const { [name]: _omitted, ...rest } = fields;
  return rest;
}
