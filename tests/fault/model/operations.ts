import { deepEqual, fail, match, ok } from "node:assert/strict";
import type { Outcome } from "../../support/stack/test-stack";
import { type Forecast, forecastUp, surelyRefused } from "./forecast/forecast";
import { afterRefusal, sendAgain } from "./forecast/hints";
import { noteTried, settle, settleDropped } from "./forecast/settlement";
import { type Held, heldBy } from "./held";
import { type Interruption, interrupted, PATIENT_SECONDS, patienceFor } from "./interruption";
import type { Model } from "./model";
import { KEYS } from "./program/declaration";
import { look, type Real, rowsOf } from "./real";
import { count } from "./tally";
import { holds, type Thing, type World } from "./world";

export interface UpOptions {
  readonly refresh: boolean;
  readonly interruption?: Interruption | undefined;
}

/** `up`, and all that is to be so after it. Says whether it succeeded. */
export async function up(model: Model, real: Real, { refresh, interruption }: UpOptions): Promise<boolean> {
  const forecast = await forecastNow(model, real, refresh);
  const { error, wasHit } = await run(real, interruption, () => real.stack.up({ refresh }));
  count("up");
  const isCut = wasHit && interruption?.kind !== "stumble";
  const sure = surelyRefused(forecast);
  const isRefused = sure.length + forecast.contended.length > 0;
  if (error === undefined) {
    deepEqual(sure, [], "these were to be refused");
    return settled(model, real, forecast);
  }
  if (isCut) await afterCut(model, real, forecast, interruption?.kind === "kill");
  else if (isRefused) await afterRefusal(model, real, forecast, String(error));
  else if (refresh || !model.isStateBehind) fail(`up failed: ${error}`);
  else await afterCut(model, real, forecast);
  return false;
}

async function settled(model: Model, real: Real, forecast: Forecast): Promise<true> {
  const [world, rows] = [await look(real), rowsOf(real)];
  settle(model, forecast, rows, world);
  settleDropped(model, forecast, rows, world);
  model.checkSent(forecast, world, rows);
  if (forecast.isRefreshed || !model.isStateBehind) {
    model.checkProgram(world, rows);
    model.isDone = true;
    model.isStateBehind = false;
    model.drifted.clear();
  }
  model.checkOthers(world, rows);
  dropStrays(model, real, world);
  return true;
}

/**
 * What an interrupted run created and the program, changed since, does not want any more: nothing can know of it but
 * who looks on Twilio.
 */
function dropStrays(model: Model, { simulator }: Real, world: World): void {
  for (const key of model.strays) {
    count("stray that nothing can know of, deleted by hand");
    if (world.has(key)) simulator.remove(key);
  }
  model.strays.clear();
}

/** What was under way is unknown: only what the program says can have come about. */
async function afterCut(model: Model, real: Real, forecast: Forecast, isKilled = false): Promise<void> {
  count("operation cut short");
  const [world, rows] = [await look(real), rowsOf(real)];
  model.isDone = false;
  model.isStateBehind = true;
  settle(model, forecast, rows, world);
  noteTried(model, rows, isKilled);
  // What a destroy has deleted may be in state still.
  const gone = rows.filter(({ key }) => !world.has(key));
  sendAgain(
    model,
    [...model.program.values()].filter((each) => heldBy(each, gone) !== undefined),
  );
  const held = new Set(rows.map(({ key }) => key));
  const made = new Set([...forecast.fresh.keys()].filter((label) => isMade(model, forecast, label, rows)));
  for (const thing of world.values()) {
    const { key, kind } = thing;
    if (held.has(key) || model.strays.has(key)) continue;
    const isTheirs = model.others.has(key) || kind === "ServiceConfiguration";
    // Taken and not recorded: from now on nobody knows what was before.
    if (isTheirs && isTaken(model, forecast, thing)) model.others.set(key, thing);
    if (isTheirs || model.canAppear(kind, thing.fields)) continue;
    const what = `${kind} ${key} ${JSON.stringify(thing.fields)}`;
    ok(!forecast.rows.some((row) => row.key === key), `dropped from the state, and lives on: ${what}`);
    ok(!forecast.world.has(key) && isAwaited(model, forecast, thing, made), `nobody asked for ${what}`);
    model.strays.add(key);
  }
  model.checkOthers(world, rows);
}

function isMade(model: Model, { fresh }: Forecast, label: string, rows: readonly Held[]): boolean {
  const row = model.rowOf(label, rows);
  return row !== undefined && row.key !== fresh.get(label)?.replacedKey;
}

/** Whether it was being taken over, and has what is declared of it. */
function isTaken(model: Model, { fresh }: Forecast, { key, kind, fields }: Thing): boolean {
  return [...fresh].some(([label, { adopted }]) => {
    const declaration = model.program.get(label);
    if (declaration?.kind !== kind) return false;
    const isOfNewService = kind === "ServiceConfiguration" && adopted === undefined;
    const { adopt: _adopt, dateCreated: _date, ...declared } = declaration.fields;
    return (adopted?.key === key || isOfNewService) && holds({ fields }, declared);
  });
}

/** The resource that was being created, and none other has come about for it. */
function isAwaited(model: Model, { fresh }: Forecast, { kind, fields }: Thing, made: Set<string>): boolean {
  const namesIn = (label: string) =>
    KEYS[kind].filter((name) => name in (model.program.get(label)?.fields ?? {}));
  // Who says less is like more of them.
  const labels = [...fresh.keys()].sort((left, right) => namesIn(right).length - namesIn(left).length);
  for (const label of labels) {
    const declaration = model.program.get(label);
    if (declaration?.kind !== kind || made.has(label)) continue;
    if (!holds({ fields }, declaration.fields, namesIn(label))) continue;
    made.add(label);
    return true;
  }
  return false;
}

/** A preview writes nothing, and proposes nothing where all is done. */
export async function preview(model: Model, real: Real, refresh: boolean): Promise<void> {
  const [world, rows] = [await look(real), rowsOf(real)];
  const outcome = await real.stack.preview({ refresh });
  count("preview");
  deepEqual(writesOf(outcome), []);
  deepEqual([await look(real), rowsOf(real)], [world, rows]);
  if (isClean(model)) deepEqual(outcome.steps, {}, "a clean preview");
}

export async function refresh(model: Model, real: Real, interruption?: Interruption): Promise<void> {
  const world = await look(real);
  const { error, wasHit } = await run(real, interruption, async () => {
    deepEqual(writesOf(await real.stack.refresh()), []);
  });
  count("refresh");
  deepEqual(await look(real), world);
  if (error === undefined) {
    // What others did is in the state now, and for the next `up` to make good.
    if (model.isStateBehind) model.isDone = false;
    model.isStateBehind = false;
  } else if (!wasHit || interruption?.kind === "stumble") fail(`refresh failed: ${error}`);
}

/** Nothing of the program is left, and what it had on loan is given back. */
export async function destroy(model: Model, real: Real, interruption?: Interruption): Promise<void> {
  const forecast = { ...(await forecastNow(model, real, false)), fresh: new Map() };
  const { error, wasHit } = await run(real, interruption, () => real.stack.destroy());
  count("destroy");
  model.isDone = false;
  if (error !== undefined) {
    if (!wasHit || interruption?.kind === "stumble") fail(`destroy failed: ${error}`);
    await afterCut(model, real, forecast, interruption?.kind === "kill");
    return withdrawClosed(model, real);
  }
  const [world, rows] = [await look(real), rowsOf(real)];
  deepEqual(rows, []);
  settle(model, forecast, rows, world);
  model.isStateBehind = false;
  model.checkOthers(world, rows);
  await withdrawClosed(model, real);
}

/** A new conversation cannot be closed: the program drops those that it has closed and that are deleted. */
async function withdrawClosed(model: Model, real: Real): Promise<void> {
  const world = await look(real);
  const there = rowsOf(real).filter(({ key }) => world.has(key));
  for (const declaration of [...model.program.values()])
    if (declaration.fields["state"] === "closed" && heldBy(declaration, there) === undefined)
      model.withdraw(declaration.label);
}

/** What the program says of a closed conversation is refused, with a hint, and changes nothing. */
export async function refusedChange(real: Real, text: RegExp): Promise<void> {
  const before = await look(real);
  const error = await real.stack.failing(() => real.stack.up({ refresh: true }));
  count("change refused");
  match(error, text);
  deepEqual(await look(real), before);
}

/** Whatever has happened, `up` makes it good, and there is nothing more to do. */
export async function heal(model: Model, real: Real): Promise<void> {
  const isHealed = async () => isClean(model) || up(model, real, { refresh: true });
  // A refusal is followed by its hint; a key that two resources exchange can take another run.
  const tries = [isHealed, isHealed, isHealed, isHealed];
  let isWell = false;
  for (const attempt of tries) isWell ||= await attempt();
  ok(isWell, "up does not heal what happened");
  await preview(model, real, true);
}

/** Whether all that the program says is done, and nothing has happened since. */
export function isClean({ isDone, isStateBehind }: Model): boolean {
  return isDone && !isStateBehind;
}

async function run(real: Real, interruption: Interruption | undefined, operation: () => Promise<unknown>) {
  const patience = patienceFor(interruption);
  if (patience !== PATIENT_SECONDS) await real.stack.setConfig("twilio:timeoutSeconds", patience);
  const result = await interrupted(real.simulator, interruption, operation);
  if (patience !== PATIENT_SECONDS) await real.stack.setConfig("twilio:timeoutSeconds", PATIENT_SECONDS);
  if (interruption !== undefined && result.wasHit) count(`${interruption.kind} hit`);
  return result;
}

async function forecastNow(model: Model, real: Real, isRefreshed: boolean): Promise<Forecast> {
  return forecastUp(model, await look(real), rowsOf(real), isRefreshed, real.simulator.clock.nowMs());
}

function writesOf({ requests }: Outcome): string[] {
  return requests.filter(({ method }) => method !== "GET").map(({ method, path }) => `${method} ${path}`);
}
