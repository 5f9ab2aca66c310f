import { isDeepStrictEqual } from "node:util";
import type { JsonObject } from "../../../provider/engine/json";
import { nameOf, type StateRow } from "../../support/stack-folder";
import { type Declaration, declared, KEYS, type Kind, REPLACING } from "./declaration";
import type { Model } from "./model";
import { holds, keyOf, type Thing, type World } from "./world";

/** A resource in state. */
export interface Held {
  readonly name: string;
  readonly kind: Kind;
  readonly sid: string;
  readonly key: string;
  readonly inputs: JsonObject;
  /** Deleted already or about to be: the state keeps it until that is done. */
  readonly isLeaving: boolean;
}

/** What `up` has to create, and what it finds there. */
export interface Plan {
  /** What it holds until it is replaced. */
  readonly replacedKey: string | undefined;
  /** What has its natural key. */
  readonly rival: Thing | undefined;
  /** The same, where it is sure to be taken over. */
  readonly adopted: Thing | undefined;
  /** For what is on loan: as it is to be given back. */
  readonly before: JsonObject | undefined;
}

/** What an `up` is going to meet. */
export interface Forecast {
  readonly world: World;
  readonly rows: readonly Held[];
  /** By label. */
  readonly fresh: ReadonlyMap<string, Plan>;
  /** Labels that Twilio's rules or ours keep from being created, for certain or by the order of things. */
  readonly refused: readonly string[];
  readonly contended: readonly string[];
}

const WINDOW_MS = 3_600_000;
const ENFORCED: readonly Kind[] = ["Conversation", "Participant"];
const LOANS: Partial<Record<Kind, readonly string[]>> = {
  User: ["friendlyName", "attributes"],
  ServiceConfiguration: ["reachabilityEnabled"],
};

export function heldRow(row: StateRow): Held {
  const kind = row.type.slice(row.type.lastIndexOf(":") + 1) as Kind;
  return {
    name: nameOf(row.urn),
    kind,
    sid: row.id,
    key: keyOf(kind, row.id),
    inputs: row.inputs as JsonObject,
    isLeaving: row.delete === true || row.pendingReplacement === true,
  };
}

export function heldBy({ name, aliases, kind }: Declaration, rows: readonly Held[]): Held | undefined {
  return rows.find(
    (row) => row.kind === kind && !row.isLeaving && (row.name === name || aliases.includes(row.name)),
  );
}

export function forecastUp(
  model: Model,
  world: World,
  rows: readonly Held[],
  isRefreshed: boolean,
  nowMs: number,
): Forecast {
  const fresh = new Map<string, Plan>();
  const refused: string[] = [];
  const contended: string[] = [];
  const known = new Map<string, string | undefined>(model.anchors);

  const sidOf = (label: string): string | undefined => {
    if (!known.has(label)) consider(label);
    return known.get(label);
  };

  const consider = (label: string): void => {
    known.set(label, undefined);
    const declaration = model.program.get(label);
    if (declaration === undefined) return;
    const row = heldBy(declaration, rows);
    const wanted = declared(declaration, sidOf);
    const isThere = row !== undefined && (!isRefreshed || world.has(row.key));
    if (
      row !== undefined &&
      isThere &&
      wanted !== undefined &&
      !isReplaced(declaration.kind, row.inputs, wanted)
    ) {
      known.set(label, row.sid);
      return;
    }
    const rival = wanted && rivalOf(declaration, wanted, row);
    const isMine = rival !== undefined && wanted !== undefined && isAdoptable(declaration, wanted, rival);
    if (rival !== undefined && isMine) known.set(label, rival.key);
    if (rival !== undefined && ENFORCED.includes(declaration.kind)) judge(declaration, rival, isMine);
    fresh.set(label, planOf(declaration, wanted, { rival, isMine, replacedKey: row?.key }));
  };

  /** What has the same natural key. */
  const rivalOf = ({ kind }: Declaration, wanted: JsonObject, row: Held | undefined): Thing | undefined => {
    const names = KEYS[kind].filter((name) => name in wanted);
    const namesakes = [...world.values()].filter(
      (thing) => thing.kind === kind && thing.key !== row?.key && holds(thing, wanted, names),
    );
    const isUsable = (thing: Thing) =>
      ENFORCED.includes(kind) || kind === "User" || !staysWithAnother(thing.key);
    return namesakes.filter(isUsable).sort((left, right) => worth(right) - worth(left))[0];

    function worth(thing: Thing): number {
      return (isOwn(wanted, thing) ? nowMs : 0) + thing.createdMs;
    }
  };

  const staysWithAnother = (key: string): boolean => {
    const row = rows.find((each) => each.key === key && !each.isLeaving);
    const holder = row && [...model.program.values()].find((each) => heldBy(each, rows) === row);
    return holder !== undefined && !fresh.has(holder.label);
  };

  const isAdoptable = ({ kind, fields }: Declaration, wanted: JsonObject, thing: Thing): boolean => {
    if (kind === "ServiceConfiguration" || kind === "User" || fields["adopt"] === "always") return true;
    return isOwn(wanted, thing);
  };

  /** Whether it is what an interrupted run of the program left. */
  const isOwn = (wanted: JsonObject, thing: Thing): boolean =>
    holds(thing, wanted) && nowMs - thing.createdMs <= WINDOW_MS;

  const judge = ({ label }: Declaration, rival: Thing, isMine: boolean): void => {
    const row = rows.find((each) => each.key === rival.key);
    const holder = row && [...model.program.values()].find((each) => heldBy(each, rows) === row);
    if (holder !== undefined && holder.label !== label) {
      // Which of the two comes first, that which leaves the key or that which takes it, is the engine's to say.
      sidOf(holder.label);
      (fresh.has(holder.label) ? contended : refused).push(label);
    } else if (!isMine) refused.push(label);
  };

  const planOf = (
    { kind, refs }: Declaration,
    wanted: JsonObject | undefined,
    {
      rival,
      isMine,
      replacedKey,
    }: { rival?: Thing | undefined; isMine: boolean; replacedKey?: string | undefined },
  ): Plan => {
    const adopted = isMine ? rival : undefined;
    const plan = { replacedKey, rival, adopted, before: undefined };
    if (kind === "ServiceConfiguration") {
      const serviceSid = sidOf(refs["serviceSid"] ?? "");
      const live = serviceSid === undefined ? undefined : world.get(keyOf(kind, serviceSid))?.fields;
      return { ...plan, before: only(LOANS[kind], live ?? model.defaults[kind]) };
    }
    const isLoan =
      kind === "User" && adopted !== undefined && wanted !== undefined && !isOwn(wanted, adopted);
    return isLoan ? { ...plan, before: only(LOANS[kind], adopted.fields) } : plan;
  };

  for (const label of model.program.keys()) sidOf(label);
  return { world, rows, fresh, refused, contended };
}

function isReplaced(kind: Kind, inputs: JsonObject, wanted: JsonObject): boolean {
  return REPLACING[kind].some((name) => !isDeepStrictEqual(inputs[name], wanted[name]));
}

function only(names: readonly string[] | undefined, fields: JsonObject): JsonObject {
  return Object.fromEntries((names ?? []).map((name) => [name, fields[name]])) as JsonObject;
}
