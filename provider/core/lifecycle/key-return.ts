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

/** An object whose state may say which others have lost their keys to it, in a run that ended before it came to them. */
interface Debtor {
  readonly definition: Definition;
  readonly session: Session;
  readonly sid: string;
  readonly state: JsonObject;
  /** What says where it and the others live, and how they are written to. */
  readonly inputs: JsonObject;
}

/** Of others, by SID: which may have no key still, and why none could be given. */
interface Left {
  readonly sids: string[];
  /** What was to make room for them. */
  readonly room: Room;
  readonly error?: Error;
}

/**
 * After an update has succeeded: gives the others their keys again where nothing else of this run does. Returns the state
 * with those that may have none still. Where one cannot have its key, what the update itself has done is recorded.
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

/** After a deletion, which leaves no state that could tell the next run. If it fails, the engine keeps the resource. */
export async function keysGivenAfterDelete(debtor: Debtor): Promise<void> {
  const { definition, session, sid, state } = debtor;
  if (!movesKey(definition)) return;
  const { keyChanges } = session;
  const { sids, room, error } = await keysGiven({ ...debtor, definition }, "is deleted", () => [
    ...keyChanges.owedBy(definition, sid, state),
    // Those of which this run has told nothing have had their own updates, most likely.
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

/** What a refresh stores, without those that show their keys. */
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
  // The engine may be about to tell of them, or their own updates under way.
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
          `${whose} It could not be given back, while ${definition.noun} ${sid} itself ${what}. Mend what follows, ` +
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

/** Those of the objects that show no key. Who is gone needs none; who cannot be read may have none. */
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
