import { equal } from "node:assert/strict";
import type { Json } from "../../../provider/core/json";
import { sendAgain } from "./forecast/hints";
import { type Held, heldBy } from "./held";
import type { Model } from "./model";
import { withField } from "./program/changes";
import type { Declaration, Kind } from "./program/declaration";
import { OPEN, partsOf, WATCHED } from "./program/fields";
import { declarationOf, pick, type Recipe } from "./program/recipe";
import { look, type Real, rowsOf } from "./real";
import { count } from "./tally";
import { isFinal, type World } from "./world";

/** A resource in state that lives, and what the program says of it. */
interface Managed {
  readonly held: Held;
  readonly declaration: Declaration;
}

/** What the program holds, but for what nothing can change any more. */
export async function managed(model: Model, real: Real): Promise<Managed[]> {
  const [world, rows] = [await look(real), rowsOf(real)];
  return [...model.program.values()].flatMap((declaration) => {
    const held = heldBy(declaration, rows);
    const thing = held && world.get(held.key);
    const isClosed = thing && (thing.fields["state"] === "closed" || isFinal(world, thing));
    return held === undefined || thing === undefined || isClosed ? [] : [{ held, declaration }];
  });
}

/** Somebody changes what the program holds, declared or not. */
export async function drift(model: Model, real: Real, which: number, choice: number): Promise<void> {
  const all = await managed(model, real);
  if (all.length === 0) return;
  const { held, declaration } = pick(all, which);
  if (held.kind === "Role") {
    real.simulator.change(held.sid, { permissions: ["editOwnMessage", "sendMessage"] });
    noteDrift(model, held.key);
  } else if (held.kind === "Credential") await exchangeSecrets(model, real, held, declaration);
  else {
    const fields = Object.keys(OPEN[held.kind] ?? {});
    if (fields.length > 0) change(model, real, { held, declaration }, pick(fields, choice), choice);
  }
}

/** Somebody sets one field, and says to what; undefined where it cannot be, or nobody could ever tell. */
export function change(
  model: Model,
  real: Real,
  { held, declaration }: Managed,
  field: string,
  choice: number,
): Json | undefined {
  const open = OPEN[held.kind]?.[field];
  if (open === undefined || (open.outside === undefined && field !== WATCHED)) return undefined;
  const value = pick(open.values, choice);
  const isOpen = !(field in declaration.fields) && !(field in declaration.refs);
  const elevated = field === WATCHED ? model.found.get(held.key)?.[field] : undefined;
  const isWatched =
    field === WATCHED && (elevated ?? model.defaults[held.kind][field]) === model.defaults[held.kind][field];
  // Of a role that was declared and is given back, nobody says whether it is watched.
  if (field === WATCHED && isOpen && !isWatched && model.claimed.get(held.key)?.has(field)) return undefined;
  const live = field === WATCHED ? model.anchors.get(String(value)) : value;
  real.simulator.change(held.sid, field === WATCHED ? { role_sid: live } : (open.outside?.(value) ?? {}));
  if (isOpen) count("open field changed outside");
  // What the program comes to declare and no run has sent is as open as what it does not declare: it can take that back.
  const isUnsent = model.claimed.get(held.key)?.has(field) !== true;
  if (!isWatched && (isOpen || isUnsent)) model.leaveOpen(held.key, held.kind, field, live as Json);
  if (!isOpen || isWatched) noteDrift(model, held.key);
  return value;
}

function noteDrift(model: Model, key: string): void {
  count("drift");
  model.drifted.add(key);
  model.isStateBehind = true;
}

/** Somebody makes a credential one of another type, with secrets of his own. */
async function exchangeSecrets(
  model: Model,
  { account }: Real,
  { sid, key, kind }: Held,
  { fields }: Declaration,
): Promise<void> {
  const type = fields["type"] === "fcm" ? "gcm" : "fcm";
  await account.post(`/Credentials/${sid}`, { Type: type, Secret: "theirs", ApiKey: "theirs" });
  for (const field of ["secret", "apiKey"])
    if (!(field in fields)) model.leaveOpen(key, kind, field, "theirs");
  noteDrift(model, key);
}

/** Somebody changes a field that the program leaves open, and the program comes to declare it. */
export async function declareOnlyNow(model: Model, real: Real, which: number, choice: number): Promise<void> {
  const all = (await managed(model, real)).flatMap(({ held, declaration }) =>
    Object.keys(OPEN[held.kind] ?? {})
      .filter((field) => !(field in declaration.fields) && !(field in declaration.refs))
      .map((field) => ({ held, declaration, field })),
  );
  if (all.length === 0) return;
  const { held, declaration, field } = pick(all, which);
  if (choice % 4 !== 0) change(model, real, { held, declaration }, field, choice);
  count("declared only now");
  model.declare(withField(model, declaration, [field, valueBefore(model, held, field, choice)]));
}

/** The value that the state has of an open field, or another. */
function valueBefore(model: Model, { kind, outputs }: Held, field: string, choice: number): Json {
  const values = OPEN[kind]?.[field]?.values ?? [];
  const stored = outputs[field];
  if (field === WATCHED)
    return values.find((label) => model.anchors.get(String(label)) === stored) ?? pick(values, choice);
  if (choice % 3 === 0 || stored === undefined || partsOf(field).length > 1) return pick(values, choice + 1);
  return stored as Json;
}

/** Somebody has made what the program then declares: with another role, with another secret, or closed. */
export async function makeFirst(model: Model, real: Real, recipe: Recipe): Promise<void> {
  const made = declarationOf(model, recipe);
  if (made === undefined) return;
  const { roleSid: _role, ...refs } = made.refs;
  const declaration = { ...made, refs };
  const sid = await makeLike(model, real, declaration, recipe.variant);
  const thing = sid === undefined ? undefined : (await look(real)).get(sid);
  if (thing !== undefined) {
    count(`${thing.kind} made first by somebody`);
    model.others.set(thing.key, thing);
  }
  model.declare(declaration);
}

async function makeLike(
  model: Model,
  real: Real,
  { kind, fields, refs }: Declaration,
  variant: number,
): Promise<string | undefined> {
  const { account, simulator } = real;
  const world = await look(real);
  const text = (name: string) => String(fields[name]);
  const makers: Partial<Record<Kind, () => Promise<string | undefined>>> = {
    Participant: async () => {
      const place = sidOf(model, real, refs["conversationSid"] ?? "");
      if (fields["identity"] === undefined || !isFree(world, place, text("identity"))) return undefined;
      const role = model.anchors.get(variant % 3 === 0 ? "channel user" : "channel admin") ?? "";
      const form = { Identity: text("identity"), RoleSid: role, ...attributesIn(fields) };
      return (await account.post(`/Conversations/${place}/Participants`, form)).sid;
    },
    Conversation: async () => {
      if (fields["uniqueName"] === undefined) return undefined;
      const { sid } = await account.post("/Conversations", { UniqueName: text("uniqueName") });
      simulator.change(sid, { state: "closed" });
      return sid;
    },
    Credential: async () => {
      const form = { Type: text("type"), FriendlyName: text("friendlyName") };
      return (await account.post("/Credentials", { ...form, Secret: "theirs", ApiKey: "theirs" })).sid;
    },
    User: async () => {
      if (
        [...world.values()].some(
          (each) => each.kind === kind && each.fields["identity"] === fields["identity"],
        )
      )
        return undefined;
      const role = model.anchors.get("service admin") ?? "";
      return (await account.post("/Users", { Identity: text("identity"), RoleSid: role })).sid;
    },
  };
  return makers[kind]?.();
}

function attributesIn({ attributes }: Declaration["fields"]): Record<string, string> {
  return attributes === undefined ? {} : { Attributes: JSON.stringify(attributes) };
}

function sidOf(model: Model, real: Real, label: string): string | undefined {
  return model.anchors.get(label) ?? model.rowOf(label, rowsOf(real))?.sid;
}

/** Whether the conversation is there, takes members, and has none of that identity. */
function isFree(world: World, place: string | undefined, identity: string): boolean {
  const conversation = place === undefined ? undefined : world.get(place);
  return (
    conversation !== undefined &&
    conversation.fields["state"] !== "closed" &&
    ![...world.values()].some(
      ({ fields }) => fields["conversationSid"] === place && fields["identity"] === identity,
    )
  );
}

/** Somebody closes a conversation of the program, for good. */
export async function closeOutside(model: Model, real: Real, which: number): Promise<void> {
  const open = (await managed(model, real)).filter(({ held }) => held.kind === "Conversation");
  if (open.length === 0) return;
  const { held } = pick(open, which);
  real.simulator.change(held.sid, { state: "closed" });
  noteDrift(model, held.key);
}

/** Somebody deletes what the program holds. */
export async function deleteOutside(model: Model, real: Real, which: number): Promise<void> {
  const all = (await managed(model, real)).filter(({ held }) => held.kind !== "ServiceConfiguration");
  if (all.length === 0) return;
  const { held, declaration } = pick(all, which);
  sendAgain(model, [declaration, ...messagesIn(model, declaration.label)]);
  real.simulator.remove(held.sid);
  model.forget(held.key);
  model.isStateBehind = true;
}

function messagesIn(model: Model, label: string): Declaration[] {
  return [...model.program.values()].filter(
    ({ kind, refs }) => kind === "Message" && refs["conversationSid"] === label,
  );
}

export async function addGuest(model: Model, real: Real, which: number): Promise<void> {
  const open = [...(await look(real)).values()].filter(
    ({ kind, fields }) => kind === "Conversation" && fields["state"] !== "closed",
  );
  const { key } = pick(open, which);
  const identity = `guest-${model.next()}`;
  const { sid } = await real.account.post(`/Conversations/${key}/Participants`, { Identity: identity });
  const guest = (await look(real)).get(sid);
  if (guest !== undefined) model.others.set(sid, guest);
  equal(guest?.fields["identity"], identity);
}
