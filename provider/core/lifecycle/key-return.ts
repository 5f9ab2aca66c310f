import { isMissing } from "../../http/errors";
import { callApi } from "../api/call";
import type { Definition, ObjectDefinition } from "../definition/define";
import { RefusedUpdateError, UnverifiedError } from "../errors";
import { type JsonObject, without } from "../json";
import { leftWithoutKey, type Room } from "../run/key-change";
import { keyOf, movesKey } from "../run/key-changes";
import type { Session } from "../run/session";
import { clearedIn, tookFromIn, withCleared, withTookFrom } from "../state/cleared-keys";
import { type Contest, contested, give, sayLeft } from "./key-transfer";

/** An object whose state may name others that lost their keys in an interrupted run. */
interface Debtor {
  readonly definition: Definition;
  readonly session: Session;
  readonly sid: string;
  readonly state: JsonObject;
  /** Location and request options, for it and the others. */
  readonly inputs: JsonObject;
}

/** The objects that may still have no key, and why setting it failed. */
interface Left {
  readonly sids: string[];
  /** Objects whose keys were to be cleared for them. */
  readonly room: Room;
  readonly error?: Error;
}

/**
 * After an update: sets the lost keys of other objects again, unless another step of this run does. Returns the state
 * that names those that may still have none. If setting a key fails, the update itself is recorded all the same.
 */
export async function keysGivenAfterUpdate(debtor: Debtor, updated: JsonObject): Promise<JsonObject> {
  const { definition, session, sid, state } = debtor;
  if (!movesKey(definition)) return updated;
  const { keyChanges } = session;
  const isMoved = keyOf(definition, state) !== keyOf(definition, updated);
  const { sids, room, error } = await keysGiven({ ...debtor, definition }, "was updated", () => [
    ...keyChanges.owedBy(definition, sid, state),
    ...(isMoved ? keyChanges.takenFrom(definition, sid, state) : []),
  ]);
  const made = keyChanges.madeRoom(definition, sid);
  const known = withTookFrom(updated, isMoved ? made : [...tookFromIn(state), ...made]);
  const recorded = withCleared(known, [...sids, ...leftWithoutKey(room)]);
  if (error !== undefined) throw new UnverifiedError(sid, recorded, error);
  return recorded;
}

/** The same after a delete, which leaves no state for the next run. If it fails, Pulumi's engine keeps the resource. */
export async function keysGivenAfterDelete(debtor: Debtor): Promise<void> {
  const { definition, session, sid, state } = debtor;
  if (!movesKey(definition)) return;
  const { keyChanges } = session;
  const { sids, room, error } = await keysGiven({ ...debtor, definition }, "is deleted", () => [
    ...keyChanges.owedBy(definition, sid, state),
    // Objects that have not registered in this run most likely have had their own updates.
    ...keyChanges
      .takenFrom(definition, sid, state)
      .filter((other) => keyChanges.needOf(definition, other) !== "open"),
  ]);
  sayLeft({ definition, session }, room, "before its own update");
  if (error !== undefined) throw error;
  for (const other of sids)
    session.notify(
      `${describeCleared(definition, sid, other)} If a program manages it, run \`pulumi up --refresh\`.`,
    );
}

/** The state that a refresh stores, without the objects that have their keys again. */
export async function withoutGiven(debtor: Debtor): Promise<JsonObject> {
  const { definition, state } = debtor;
  if (clearedIn(state).length === 0 || !movesKey(definition)) return state;
  const left = await withoutKeys(contestOf(debtor, definition), clearedIn(state));
  return withCleared(without(state, ["cleared"]), left);
}

async function keysGiven(
  debtor: Debtor & { readonly definition: ObjectDefinition },
  what: string,
  owedNow: () => string[],
): Promise<Left> {
  const { definition, session, sid } = debtor;
  const isOpen = (other: string) => session.keyChanges.needOf(definition, other) === "open";
  const room: Room = new Map();
  if (owedNow().length === 0) return { sids: [], room };
  // They may be about to register, or be in their own updates.
  await session.quietPeriod.wait(undefined, () => !owedNow().some(isOpen));
  const owed = [...new Set(owedNow())];
  const contest = contestOf(debtor, definition);
  const refused: string[] = [];
  const errors: Error[] = [];
  for (const other of owed) {
    const values = session.keyChanges.needOf(definition, other);
    if (values === "nothing" || values === "open") continue;
    try {
      const contender = { ...contest, sid: other, inputs: { ...contest.inputs, ...values } };
      await contested(contender, room, () => give(contest, other, contest.inputs, values));
    } catch (error) {
      refused.push(other);
      const why = error instanceof Error ? error.message : String(error);
      const whose = describeCleared(definition, sid, other);
      errors.push(
        new RefusedUpdateError(
          `${whose} It could not be set again, although ${definition.noun} ${sid} itself ${what}. Fix what follows, ` +
            `then run \`pulumi up\` again: ${why}`,
          { cause: error },
        ),
      );
    }
  }
  const [error] = errors;
  return {
    room,
    sids: [...refused, ...(await withoutKeys(contest, owed.filter(isOpen)))],
    ...(error !== undefined && { error }),
  };
}

/** The objects that show no key. A deleted one needs none; an unreadable one may have none. */
async function withoutKeys(contest: Contest, sids: readonly string[]): Promise<string[]> {
  const shown = await Promise.all(
    sids.map(async (sid) => {
      try {
        const { live } = await callApi(contest, "read", contest.inputs, { sid });
        return keyOf(contest.definition, live) !== undefined;
      } catch (error) {
        return isMissing(error);
      }
    }),
  );
  return sids.filter((_, index) => shown[index] !== true);
}

function describeCleared({ noun, naturalKey }: ObjectDefinition, sid: string, other: string): string {
  return (
    `${noun} ${other} has no ${naturalKey.fields.join(" and ")} now: an earlier run cleared it to make room for ` +
    `${noun} ${sid}, and ended before it came to the other.`
  );
}

function contestOf(debtor: Debtor, definition: ObjectDefinition): Contest {
  const { session, inputs } = debtor;
  return { definition, session, inputs, connection: session.connection(inputs), signal: session.deadline() };
}
