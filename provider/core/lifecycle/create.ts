import { hasTwilioCode, isMissing, isOutcomeUnknown } from "../../http/errors";
import { defaultBackoff, retryDelayMs } from "../../http/retry/retry";
import { callApi, type LiveObject } from "../api/call";
import { type Form, toForm } from "../api/codec";
import { pollUntilVisible, READ_LAG_MS } from "../api/eventual-consistency";
import { fieldsOf, type ObjectDefinition } from "../definition/define";
import { briefly, UnknownOutcomeError } from "../errors";
import { type JsonObject, pick } from "../json";
import type { Room } from "../run/key-change";
import { keyOf, movesKey } from "../run/key-changes";
import { fixedWriteOnly, hasNaturalKey } from "../state/adoption-rules";
import {
  type Adopted,
  adopt,
  adoptionFor,
  adoptionOf,
  adoptLeftBehind,
  mayNotAdopt,
  refuseUndecided,
  unclaimed,
} from "./adopt";
import { findExisting, type Search, surveyExisting, withoutReplaced } from "./find-existing";
import { makingRoom, roomFor } from "./key-transfer";

/** Tries after the conflicting object is gone. An answered delete has taken effect. */
const MAX_TRIES_FOR_ROOM = 3;

/**
 * Creates with one POST, unless the object exists. Twilio has no idempotency key. So after a conflict or an unknown
 * outcome, create looks the object up by its natural key, and posts again only if it is missing.
 */
export function createOrAdopt(search: Search): Promise<Adopted> {
  return makingRoom(search, (room) => createWith({ ...search, room }));
}

interface Creation extends Search {
  readonly room: Room;
}

async function createWith(creation: Creation): Promise<Adopted> {
  const { connection } = creation;
  if (creation.existing !== undefined)
    return adopt(creation, creation.existing, await adoptionOf(creation, creation.existing));
  const preExisting = isLookedFor(creation) ? await surveyExisting(creation) : [];
  const staying = withoutReplaced(creation, await unclaimed(creation, preExisting));
  const leftBehind = await adoptLeftBehind(creation, staying);
  if (leftBehind !== undefined) return leftBehind;
  refuseUndecided(creation, staying);
  let lostSinceMs: number | undefined;
  // Number of failures when the conflicting object was last seen leaving.
  let before = 0;
  for (let failures = 1; ; failures++) {
    const sentAtMs = connection.serverNowMs;
    try {
      return await post(creation);
    } catch (error) {
      if (mayHaveMade(creation, error, preExisting)) lostSinceMs ??= sentAtMs;
      const adopted = await adoptAfter({ ...creation, lostSinceMs }, error, preExisting, failures - before);
      if (adopted !== undefined && adopted !== "again" && adopted !== "going") return adopted;
      if (adopted === "going") before = failures;
      const isOpen = adopted !== undefined || isOutcomeUnknown(error);
      if (!isOpen || !(await waited(creation, failures))) throw error;
    }
  }
}

/**
 * Whether to look the object up before the first POST. If Twilio enforces the key, its error reveals an existing
 * object. But with a declared dateCreated, an object's age does not show whether this run created it.
 */
function isLookedFor(creation: Search): boolean {
  const { definition, inputs } = creation;
  const isAgeless = inputs["dateCreated"] !== undefined && adoptionFor(creation) === "never";
  return hasNaturalKey(definition, inputs) && (!definition.naturalKey.enforced || isAgeless);
}

/** Whether the failed POST may have created the object. A known fault of Twilio is a 404 although created. */
function mayHaveMade({ definition }: Search, error: unknown, preExisting: readonly LiveObject[]): boolean {
  const isThere = definition.naturalKey.enforced && preExisting.length > 0;
  return !isThere && (isOutcomeUnknown(error) || isMissing(error));
}

/** Waits before the next attempt; false if the deadline comes first. */
async function waited({ session, signal }: Search, failures: number): Promise<boolean> {
  const delayMs = retryDelayMs(failures, undefined, defaultBackoff, Math.random);
  return session.clock.sleep(delayMs, signal).then(
    () => true,
    () => false,
  );
}

/** The form of a create with these inputs. */
export function createForm(definition: ObjectDefinition, inputs: JsonObject): Form {
  const sent = fieldsOf(definition).filter(
    ({ policy }) => policy.pathParameter !== true && policy.change !== "local" && policy.updateOnly !== true,
  );
  const values = pick(
    inputs,
    sent.map(({ name }) => name),
  );
  return toForm(definition, { ...values, ...definition.createForm?.(inputs) });
}

async function post(creation: Search): Promise<Adopted> {
  const { definition, session, inputs } = creation;
  const form = createForm(definition, inputs);
  const { live } = await callApi(creation, "create", inputs, { form });
  session.ownership.claimCreated(definition, String(live["sid"]));
  return { live };
}

function isConflict({ naturalKey }: ObjectDefinition, error: unknown): boolean {
  return hasTwilioCode(error, naturalKey.existsCodes);
}

/** After a failed POST whose outcome is open: adopts the object if it exists. */
async function adoptAfter(
  creation: Creation,
  error: unknown,
  preExisting: readonly LiveObject[],
  failures: number,
): Promise<Adopted | "again" | "going" | undefined> {
  const { definition, inputs } = creation;
  const { enforced } = definition.naturalKey;
  if (!isConflict(definition, error) && !isOutcomeUnknown(error) && !isMissing(error)) return undefined;
  if (!hasNaturalKey(definition, inputs))
    return stopUnlessRefused(creation, error, "it cannot be looked for, since it declares no natural key");
  const found = await lookFor(creation, preExisting, error, failures).catch((cause: unknown) => {
    if (!isOutcomeUnknown(error)) throw cause;
    const because = `looking for it failed too (${briefly(cause)})`;
    throw new UnknownOutcomeError(
      definition,
      error,
      because,
      adoptionFor(creation) === "never"
        ? 'Set adopt: "matching" for the next `pulumi up`: it takes over what was created.'
        : "Run `pulumi up` again: it takes over what was created.",
    );
  });
  if (enforced) return adoptTheOne(creation, found[0], error, failures);
  const candidates = await unclaimed(creation, found);
  const adopted = await adoptLeftBehind(creation, candidates);
  if (adopted !== undefined) tellEquals(creation, adopted, candidates);
  if (adopted !== undefined || candidates.length === 0) return adopted;
  const rest = candidates.map(({ live }) => live["sid"]).join(" or ");
  const untold = fixedWriteOnly(definition, inputs).join(" and ");
  const reason = untold === "" ? "which may not be taken over" : `and Twilio does not tell its ${untold}`;
  return stopUnlessRefused(creation, error, `it may be ${rest}, ${reason}`);
}

/**
 * Names what else may be the result of the lost request: where another stack creates an equal object at the same time,
 * nothing on Twilio tells whose is which, and the one that no stack adopts would stay unseen.
 */
function tellEquals(
  { definition, session }: Search,
  { live }: Adopted,
  candidates: readonly LiveObject[],
): void {
  const others = candidates
    .map((candidate) => String(candidate.live["sid"]))
    .filter((sid) => !session.ownership.has(definition, sid));
  if (others.length === 0) return;
  session.notify(
    `${definition.noun} ${String(live?.["sid"])}: ${others.join(" and ")} ${others.length > 1 ? "equal" : "equals"} it, ` +
      "created at the time of this run's lost request, so one of them is its result. " +
      "Delete what no resource of any stack has.",
  );
}

/**
 * Adopts the only object that can have the key. `going`: this run deletes it or changes its key, so the key is free
 * soon.
 */
async function adoptTheOne(
  creation: Creation,
  found: LiveObject | undefined,
  error: unknown,
  failures: number,
): Promise<Adopted | "again" | "going" | undefined> {
  const { definition, session } = creation;
  const { ownership } = session;
  if (found === undefined)
    return isConflict(definition, error) && mayHaveRoom(creation, failures) ? "again" : undefined;
  if (await isGivenUp(creation, found)) return "going";
  const adoption = await adoptionOf(creation, found);
  const isGoing = ownership.isDeleted(definition, String(found.live["sid"]));
  return isGoing ? "going" : adopt(creation, found, adoption, error);
}

/** Whether another resource of this run changes or clears the object's key, and has done so. */
async function isGivenUp(creation: Creation, found: LiveObject): Promise<boolean> {
  const { definition, session, inputs } = creation;
  const key = movesKey(definition) ? keyOf(definition, inputs) : undefined;
  if (key === undefined) return false;
  const isLikely = session.keyChanges.isAny(definition) || mayNotAdopt(creation, found);
  return isLikely && (await roomFor(creation, key, found, creation.room)) !== "none";
}

/**
 * Looks for objects that have appeared since. A miss proves nothing while reads lag behind writes: a second POST would
 * create a duplicate, unless Twilio refuses it. If Twilio says that the object exists, waits until reads show it,
 * unless this run may have deleted it or changed its key.
 */
async function lookFor(
  creation: Search,
  preExisting: readonly LiveObject[],
  error: unknown,
  failures: number,
): Promise<LiveObject[]> {
  const { definition, session, signal } = creation;
  const { enforced } = definition.naturalKey;
  const isNew = (sid: unknown) =>
    enforced ||
    (preExisting.every(({ live }) => live["sid"] !== sid) &&
      !session.ownership.isDeleted(definition, String(sid)));
  const look = async () => {
    const found = (await findExisting(creation)).filter(({ live }) => isNew(live["sid"]));
    return found.length === 0 ? undefined : found;
  };
  const isPatient = enforced
    ? isConflict(definition, error) && !mayHaveRoom(creation, failures)
    : isOutcomeUnknown(error);
  const untilMs = isPatient ? session.clock.nowMs() + READ_LAG_MS : Number.NEGATIVE_INFINITY;
  return (await pollUntilVisible(session.clock, untilMs, signal, look)) ?? [];
}

/** Whether the conflicting object may be gone by now, or have another key. */
function mayHaveRoom({ definition, session }: Search, failures: number): boolean {
  const isLikely = session.ownership.isAnyDeleted(definition) || session.keyChanges.isAny(definition);
  return isLikely && failures <= MAX_TRIES_FOR_ROOM;
}

/** Throws if the outcome is unknown: another POST could create a duplicate. */
function stopUnlessRefused({ definition }: Search, error: unknown, because: string): undefined {
  if (!isOutcomeUnknown(error)) return undefined;
  const hint = `Look on Twilio: delete it if it should not exist, or set adopt: "always" if it is the one.`;
  throw new UnknownOutcomeError(definition, error, because, hint);
}
