import { hasTwilioCode, isOutcomeUnknown, unlessMissing } from "../../http/errors";
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

/** Tries with a key that seems free but is refused: Twilio's answers may be seconds old. */
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
 * Runs an update that may take a key which another object gives up in this run. Pulumi's engine updates the two in any
 * order, and only a bounded number at once. Waiting for an update that has not begun could deadlock, so this one clears
 * its key on its behalf. It waits for an update that has begun, unless that waits for this one.
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
    // Only the state tells the next run. Without it, a program that reverts the change would look up to date.
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

/** The state after a failed update, without a key that the object may no longer have. */
function stateLeft(
  definition: ObjectDefinition,
  { isCleared }: KeyChange,
  isOpen: boolean,
  state: JsonObject,
): JsonObject {
  if (isOpen) return withKeyUnconfirmed(definition, state);
  return isCleared ? { ...withoutKey(definition, state), unsettled: true } : state;
}

/** Retries a request that sets a key, while an object that gives up the key in this run still has it. */
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

/** Runs a create. If it fails, no state names the objects whose keys it cleared, so a note does. */
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

/** Reports objects that may have lost their keys, if no state records it. */
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
 * Makes the holder give up the key, if this run plans that. `free`: it already has, and the read that shows the key is
 * stale.
 */
export async function roomFor(
  contest: Contest,
  key: string,
  holder: LiveObject,
  room: Room,
  own?: KeyChange,
): Promise<"made" | "free" | "none"> {
  const { definition, session, signal } = contest;
  // Some objects keep their key for good, such as a closed conversation.
  if (definition.naturalKey.rejectAdoption?.(holder.live) !== undefined) return "none";
  const giver = () => session.keyChanges.givingUp(definition, holder.id, key);
  // Its resource may not have registered yet.
  if (giver() === undefined) await session.quietPeriod.wait(signal, () => giver() !== undefined);
  const ofUpdate = () => session.keyChanges.ofRefreshed(definition, holder.id, key);
  // A create takes no such key: a resource renamed without an alias gets an error that says what it would lose.
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

/** Sets or clears an object's key. */
export async function give(
  contest: Contest,
  sid: string,
  location: JsonObject,
  key: JsonObject,
): Promise<void> {
  // A deleted object is no conflict either.
  const form = toForm(contest.definition, key);
  await unlessMissing(() => callApi(contest, "update", location, { sid, form }));
}

/** Why an object cannot have a key that another holds, and what to do. */
export function whyHeld({ definition, session, sid, inputs }: Contender, { id, live }: LiveObject): string {
  const { noun, naturalKey } = definition;
  const key = naturalKey.fields.join(" and ");
  const held = `cannot update ${noun} ${sid}: ${noun} ${id} has the same ${key}`;
  const refused = naturalKey.rejectAdoption?.(live);
  if (refused !== undefined) return `${held}. ${refused}`;
  if (session.keyChanges.declaresOther(definition, id, keyOf(definition, inputs)))
    return (
      `${held} still, although the program declares another ${key} for it, or none. If its own update has failed, ` +
      "fix that first. Then run `pulumi up --refresh`."
    );
  if (session.ownership.has(definition, id))
    return `${held}, and another resource of this program manages it. Declare each ${key} once.`;
  return (
    `${held}. Declare another ${key}, or delete that ${noun}. If this program changes its ${key} or no longer ` +
    "declares it, Pulumi does that only later: run `pulumi up --refresh`, or do that in a run before this one."
  );
}
