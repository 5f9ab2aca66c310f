import { match, ok } from "node:assert/strict";
import type { Model } from "../model";
import { withField } from "../program/changes";
import type { Declaration } from "../program/declaration";
import { look, type Real, rowsOf } from "../real";
import { count } from "../tally";
import type { Thing } from "../world";
import { type Forecast, surelyRefused } from "./forecast";
import { settle } from "./settlement";

/** Somebody follows the hint of the message, in the program or on Twilio. */
export async function afterRefusal(
  model: Model,
  real: Real,
  forecast: Forecast,
  error: string,
): Promise<void> {
  count("refused, as forecast");
  match(
    error,
    /exists already|already exists in Conversation|declared twice|is closed|is not clear|has the same uniqueName/i,
  );
  const [world, rows] = [await look(real), rowsOf(real)];
  settle(model, forecast, rows, world);
  model.checkOthers(world, rows);
  model.isDone = false;
  const { refused, contended, closed, unnamed, unclear, elsewhere } = forecast;
  // Of several refusals the engine may stop at the first.
  const text = surelyRefused(forecast).length + contended.length === 1 ? error : undefined;
  for (const label of refused) {
    if (model.rowOf(label, rows) !== undefined) continue;
    const rival = forecast.fresh.get(label)?.rival;
    if (rival?.fields["state"] === "closed") avoidNamesake(model, real, label, rival, text);
    else declareToo(model, label, { adopt: isAnothers(model, label, rival?.key) ? "never" : "always" });
  }
  for (const label of closed) leaveClosed(model, label, text);
  for (const [label, key] of unnamed) avoidNamesake(model, real, label, forecast.world.get(key), text);
  for (const keys of unclear.values())
    removeSpare(model, real, keys, /so adopt: "always" is not clear. Delete all but one/, text);
  for (const key of elsewhere.values()) removeSpare(model, real, [key], ELSEWHERE, text);
}

/** Where Twilio allows several with the key, what another made, or the program under another name, is left alone. */
function isAnothers(model: Model, label: string, key = ""): boolean {
  const kind = model.program.get(label)?.kind;
  return (kind === "Credential" || kind === "Message") && !model.strays.has(key);
}

/** A conversation that is closed, or nobody's here, keeps its name until it is deleted. */
function avoidNamesake(
  model: Model,
  { simulator }: Real,
  label: string,
  namesake: Thing | undefined,
  text?: string,
): void {
  ok(namesake);
  const { key, fields } = namesake;
  const isClosed = fields["state"] === "closed";
  const hint = isClosed
    ? /Delete it, with all its messages, or declare another uniqueName/
    : /Declare another uniqueName, or delete that conversation/;
  if (text !== undefined) match(text, hint);
  const number = model.next();
  if (number % 2 === 0) declareToo(model, label, { uniqueName: `desk-${number}` });
  else {
    count(isClosed ? "closed namesake deleted" : "namesake that nobody here holds deleted");
    simulator.remove(key);
    model.strays.delete(key);
    model.forget(key);
    model.isStateBehind = true;
  }
}

const ELSEWHERE =
  /Remove the participant with this address and proxyAddress from the other open conversation/;

/** What is in the way, and what no resource has, is deleted as the message says. */
function removeSpare(
  model: Model,
  { simulator }: Real,
  keys: readonly string[],
  hint: RegExp,
  text?: string,
): void {
  if (text !== undefined) match(text, hint);
  for (const key of keys) {
    count("spare object deleted");
    simulator.remove(key);
    model.strays.delete(key);
    model.forget(key);
  }
}

/** Closed is final: it is replaced, or the program lets go of it. */
function leaveClosed(model: Model, label: string, text?: string): void {
  if (text !== undefined)
    match(text, /It is closed, and Twilio opens no closed conversation.*onClosed: "replace"/s);
  count("conversation closed outside");
  if (model.next() % 3 === 0) model.withdraw(label);
  else declareToo(model, label, { onClosed: "replace" });
}

/** A message that is gone is sent again only where the program says so. */
export function sendAgain(model: Model, gone: readonly Declaration[]): void {
  for (const each of gone)
    if (each.kind === "Message") model.declare(withField(model, each, ["resend", true]));
}

function declareToo(model: Model, label: string, more: Record<string, string>): void {
  const declaration = model.program.get(label);
  if (declaration !== undefined)
    model.declare({ ...declaration, fields: { ...declaration.fields, ...more } });
}
