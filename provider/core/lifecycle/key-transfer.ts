import { hasTwilioCode, isMissing, isOutcomeUnknown } from "../../http/errors";
import { defaultBackoff, retryDelayMs } from "../../http/retry/retry";
import { type ApiCall, callApi, type LiveObject } from "../api/call";
import { toForm } from "../api/codec";
import type { ObjectDefinition } from "../definition/define";
import { RefusedUpdateError, UnverifiedError } from "../errors";
import type { JsonObject } from "../json";
import { type KeyChange, leftWithoutKey, type Room } from "../run/key-change";
import { clearedKey, keyOf, movesKey, withKeyUnconfirmed, withoutKey } from "../run/key-changes";
import type { Session } from "../run/session";
import { withCleared } from "../state/cleared-keys";
import { findExisting } from "./find-existing";
import type { Update } from "./update";

/** How often a key that seems to be free may be refused: what Twilio answers may be seconds old. */
const MAX_TRIES = 4;

export interface Contest extends ApiCall {
  readonly definition: ObjectDefinition;
  readonly session: Session;
  readonly inputs: JsonObject;
}

export interface Contender extends Contest {
  readonly sid: string;
}

/**
 * An update that may take a key which another object gives up in this run. The engine comes to the two in any order
 * and does a bounded number at once, so that to wait for an update which has not begun could be to wait for ever: the
 * key is cleared on its behalf. One that is under way is waited for, unless it waits for this one.
 */
export async function takingKey<Result>(
  modification: Update & { readonly session: Session },
  send: () => Promise<Result>,
): Promise<Result> {
  const { definition, session, sid, state, inputs } = modification;
  if (!movesKey(definition)) return send();
  const own = session.keyChanges.of(definition, sid, state, inputs);
  await own.begin();
  try {
    const result = await contested({ ...modification, definition }, own.room, send, own);
    own.end(true);
    return result;
  } catch (error) {
    own.end(false);
    // Only the state can tell the next run: a program that takes the change back would otherwise look settled.
    const [recorded, cause] = error instanceof UnverifiedError ? [error.state, error.cause] : [state, error];
    const isOpen = own.isOpen || session.keyChanges.isStale(definition, sid);
    const after = stateLeft(definition, own, isOpen, recorded);
    const taken =
      keyOf(definition, after) === keyOf(definition, state)
        ? []
        : session.keyChanges.takenFrom(definition, sid, state);
    const left = withCleared(after, [...leftWithoutKey(own.room), ...taken]);
    throw left === recorded ? error : new UnverifiedError(sid, left, cause);
  }
}

/** What is stored of an object whose update has failed, as far as its key is not the stored one any more. */
function stateLeft(
  definition: ObjectDefinition,
  { isCleared }: KeyChange,
  isOpen: boolean,
  state: JsonObject,
): JsonObject {
  if (isOpen) return withKeyUnconfirmed(definition, state);
  return isCleared ? { ...withoutKey(definition, state), unsettled: true } : state;
}

/** Sends what gives an object its key, again and again while another that gives up the key in this run has it still. */
export async function contested<Result>(
  contender: Contender,
  room: Room,
  send: () => Promise<Result>,
  own?: KeyChange,
): Promise<Result> {
  const { definition, session, signal, inputs } = contender;
  const key = keyOf(definition, inputs);
  for (let tries = 1; ; )
    try {
      return await send();
    } catch (error) {
      const cause = error instanceof UnverifiedError ? error.cause : error;
      if (own !== undefined) own.isOpen ||= own.isGivingUp && isOutcomeUnknown(cause);
      if (key === undefined || !hasTwilioCode(error, definition.naturalKey.existsCodes)) throw error;
      const holder = (await findExisting(contender)).find(({ id }) => id !== contender.sid);
      const way = holder === undefined ? "free" : await roomFor(contender, key, holder, room, own);
      if (holder !== undefined && way === "none")
        throw new RefusedUpdateError(whyHeld(contender, holder), { cause: error });
      if (way === "made") continue;
      const delayMs = retryDelayMs(tries, undefined, defaultBackoff, Math.random);
      const isPatient = tries++ < MAX_TRIES && (await isSlept(session, delayMs, signal));
      if (isPatient) continue;
      throw holder === undefined
        ? error
        : new RefusedUpdateError(whyHeld(contender, holder), { cause: error });
    }
}

/** A create leaves no state that could tell the next run. */
export async function makingRoom<Result>(
  { definition, session }: Contest,
  create: (room: Room) => Promise<Result>,
): Promise<Result> {
  const room: Room = new Map();
  try {
    return await create(room);
  } catch (error) {
    sayLeft({ definition, session }, room, "which was not created");
    throw error;
  }
}

/** Tells of what was to make room and may have no key now, where no state can. */
export function sayLeft(
  { definition, session }: Pick<Contest, "definition" | "session">,
  room: Room,
  what: string,
): void {
  for (const sid of leftWithoutKey(room))
    session.notify(
      `${definition.noun} ${sid} may have no ${definition.naturalKey.fields.join(" and ")} now: it was to make room ` +
        `for another ${definition.noun}, ${what}. Run \`pulumi up --refresh\`.`,
    );
}

function isSlept({ clock }: Session, ms: number, signal: AbortSignal): Promise<boolean> {
  return clock.sleep(ms, signal).then(
    () => true,
    () => false,
  );
}

/**
 * Sees to it that the holder has given up the key, where this run knows that it does. `free`: it has already, so that
 * what shows it there is late.
 */
export async function roomFor(
  contest: Contest,
  key: string,
  holder: LiveObject,
  room: Room,
  own?: KeyChange,
): Promise<"made" | "free" | "none"> {
  const { definition, session, signal } = contest;
  // Some keep their key for good, as a closed conversation does.
  if (definition.naturalKey.rejectAdoption?.(holder.live) !== undefined) return "none";
  const giver = () => session.keyChanges.givingUp(definition, holder.id, key);
  // Its resource may not have been heard of yet.
  if (giver() === undefined) await session.quietPeriod.wait(signal, () => giver() !== undefined);
  const ofUpdate = () => session.keyChanges.ofRefreshed(definition, holder.id, key);
  // A create takes it from none: a resource that was renamed without an alias is told of what it would lose.
  const change = giver() ?? (own === undefined ? undefined : ofUpdate());
  if (change === undefined) return "none";
  if (change.isOver) return "free";
  if (change.isAhead) {
    room.set(holder.id, change);
    await change.clear(() => clear(contest, holder.id, change.inputs));
  } else {
    if (own !== undefined && "sid" in contest && change.leadsTo(own))
      await own.clear(() => clear(contest, String(contest.sid), contest.inputs));
    if (own === undefined) await change.freed;
    else await own.waitFor(change);
  }
  return "made";
}

function clear(contest: Contest, sid: string, location: JsonObject): Promise<void> {
  return give(contest, sid, location, clearedKey(contest.definition) ?? {});
}

/** Gives an object the key, or takes it away. */
export async function give(
  contest: Contest,
  sid: string,
  location: JsonObject,
  key: JsonObject,
): Promise<void> {
  try {
    await callApi(contest, "update", location, { sid, form: toForm(contest.definition, key) });
  } catch (error) {
    // Deleted is out of the way too.
    if (!isMissing(error)) throw error;
  }
}

/** Why an object cannot have the key that another one has, and what to do. */
export function whyHeld({ definition, session, sid, inputs }: Contender, { id, live }: LiveObject): string {
  const { noun, naturalKey } = definition;
  const key = naturalKey.fields.join(" and ");
  const held = `cannot update ${noun} ${sid}: ${noun} ${id} has the same ${key}`;
  const refused = naturalKey.rejectAdoption?.(live);
  if (refused !== undefined) return `${held}. ${refused}`;
  if (session.keyChanges.declaresOther(definition, id, keyOf(definition, inputs)))
    return (
      `${held} still, although the program declares another ${key} for it, or none. If its own update has failed, ` +
      "mend that first. Then run `pulumi up --refresh`."
    );
  if (session.ownership.has(definition, id))
    return `${held}, and another resource of this program manages it. Declare each ${key} once.`;
  return (
    `${held}. Declare another ${key}, or delete that ${noun}. If this program gives it another ${key} or lets go of ` +
    "it, the engine comes to that only later: run `pulumi up --refresh`, or do that in a run before this one."
  );
}
