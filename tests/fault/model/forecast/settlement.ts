import { equal, ok } from "node:assert/strict";
import { isDeepStrictEqual } from "node:util";
import type { Json, JsonObject } from "../../../../provider/core/json";
import type { Held } from "../held";
import { type Model, pick } from "../model";
import type { Declaration, Kind } from "../program/declaration";
import { flat, LOANS, namesOf, UNTOLD } from "../program/fields";
import { isFinal, type Thing, type World } from "../world";
import type { Forecast } from "./forecast";

/** What of the state has changed hands in an operation that was forecast so. */
export function settle(model: Model, forecast: Forecast, rows: readonly Held[], world: World): void {
  for (const { key, kind } of forecast.rows)
    if (!rows.some((row) => row.key === key)) settleReleased(model, key, kind, forecast.world, world);
  for (const [label, plan] of forecast.fresh) {
    const [row, declaration] = [model.rowOf(label, rows), model.program.get(label)];
    if (row === undefined || declaration === undefined || row.key === plan.replacedKey) continue;
    const { before, rival, adopted } = plan;
    if (adopted !== undefined && model.strays.has(adopted.key))
      equal(row.key, adopted.key, `${label} was created a second time`);
    if (before !== undefined) model.before.set(row.key, before);
    // Fields that a declaration leaves open stay as they are in what is taken over.
    if (rival?.key === row.key) model.found.set(row.key, rival.fields);
    if (before === undefined) model.others.delete(row.key);
    model.strays.delete(row.key);
    model.clouded.delete(row.key);
    model.last.set(row.key, flat(declaration.fields));
    model.claimed.set(row.key, new Map(namesOf(declaration).map((name) => [name, "done"])));
  }
}

/** What the program let go of is given back if it was on loan, and gone otherwise. */
function settleReleased(model: Model, key: string, kind: Kind, worldBefore: World, world: World): void {
  const before = model.before.get(key);
  const thing = world.get(key);
  const rest = model.others.get(key)?.fields ?? worldBefore.get(key)?.fields;
  model.forget(key);
  // Twilio refuses its deletion, so that letting go of it is all there is.
  if (thing !== undefined && isFinal(world, thing)) model.others.set(key, thing);
  else if (before === undefined || thing === undefined)
    equal(thing, undefined, `${kind} ${key} was to be deleted`);
  else {
    checkGivenBack(model, thing, before, worldBefore.get(key)?.fields ?? {});
    model.others.set(key, { ...thing, fields: { ...rest, ...pick(thing.fields, Object.keys(before)) } });
  }
}

/** What somebody changed outside is theirs when nothing remembered differs from what the state says. */
function checkGivenBack(
  model: Model,
  { key, kind, fields }: Thing,
  before: JsonObject,
  last: JsonObject,
): void {
  const isDrifted = model.drifted.has(key);
  for (const [name, value] of Object.entries(before)) {
    const isBack = [value, ...(isDrifted ? [last[name]] : [])].some((one) =>
      isDeepStrictEqual(fields[name], one),
    );
    ok(isBack, `${kind} ${key} was not given back: ${JSON.stringify({ now: fields, before })}`);
  }
}

/** What a run that was cut may have declared for the first time; of a killed provider the state has heard nothing. */
export function noteTried(model: Model, rows: readonly Held[], isKilled: boolean): void {
  for (const declaration of model.program.values()) {
    const row = model.rowOf(declaration.label, rows);
    if (row === undefined) continue;
    const claims = model.claimed.get(row.key) ?? new Map();
    for (const name of namesOf(declaration)) if (!claims.has(name)) claims.set(name, "tried");
    model.claimed.set(row.key, claims);
    const clouds = isKilled ? sending(model, declaration, row.key) : [];
    model.clouded.set(row.key, new Set([...(model.clouded.get(row.key) ?? []), ...clouds]));
  }
}

/** Of what Twilio never tells, that which the program says otherwise than the last time. */
function sending(model: Model, { fields }: Declaration, key: string): string[] {
  const [last, own] = [model.last.get(key) ?? {}, flat(fields)];
  return UNTOLD.filter((name) => !isDeepStrictEqual(last[name], own[name]));
}

/** A field that the program has dropped is cleared, or given back if it was on loan; what Twilio cannot clear stays. */
export function settleDropped(model: Model, forecast: Forecast, rows: readonly Held[], world: World): void {
  for (const declaration of model.program.values()) {
    const row = model.rowOf(declaration.label, rows);
    if (row === undefined) continue;
    const names = namesOf(declaration);
    const claims = [...(model.claimed.get(row.key) ?? [])];
    const dropped = claims.filter(([name]) => !names.includes(name));
    for (const [name, how] of dropped) {
      const was = forecast.world.get(row.key)?.fields[name];
      const is = world.get(row.key)?.fields[name];
      const isUnseen = !forecast.isRefreshed && model.drifted.has(row.key);
      const value = afterDrop(model, declaration, row.key, name, { how, was, is, isUnseen });
      const { [name]: _dropped, ...found } = model.found.get(row.key) ?? {};
      model.found.set(row.key, value === undefined ? found : { ...found, [name]: value });
    }
    const sent = sending(model, declaration, row.key);
    const clouds = [...(model.clouded.get(row.key) ?? [])].filter((name) => !sent.includes(name));
    model.clouded.set(row.key, new Set(clouds));
    model.last.set(row.key, flat(declaration.fields));
    model.claimed.set(row.key, new Map(names.map((name) => [name, "done"])));
  }
}

interface Dropped {
  readonly how: "done" | "tried";
  readonly was: Json | undefined;
  readonly is: Json | undefined;
  /** Whether it may have drifted since the state was last refreshed. */
  readonly isUnseen: boolean;
}

function afterDrop(
  model: Model,
  { kind }: Declaration,
  key: string,
  name: string,
  { how, was, is, isUnseen }: Dropped,
): Json | undefined {
  const lent = LOANS[kind]?.includes(name) === true ? model.before.get(key)?.[name] : undefined;
  const open = model.found.get(key)?.[name] ?? model.defaults[kind][name];
  // Whether the run that was cut has sent it is not known.
  if (how === "tried" && isDeepStrictEqual(is, open)) return open;
  // Drift that no run has seen is as good as what was there.
  if (isUnseen && isDeepStrictEqual(is, was)) return was;
  return lent ?? model.defaults[kind][name] ?? was;
}
