// Whether an object may be adopted is decided by ../state/adoption-rules.ts; create.ts decides when to look for one.
import { isOutcomeUnknown } from "../../http/errors";
import { type ApiCall, callApi, type LiveObject } from "../api/call";
import { type Form, toForm } from "../api/codec";
import type { Adoption } from "../definition/common-fields";
import { deletesBeforeReplace } from "../definition/define";
import { described } from "../definition/display-name";
import { AdoptionError } from "../errors";
import type { JsonObject } from "../json";
import {
  type Candidate,
  createdAtMs,
  describeAge,
  describeOdd,
  fixedWriteOnly,
  isLeftBehind,
  isOfOtherDate,
  isUndecided,
  type Odd,
  refusalToAdopt,
  secretWriteOnly,
  valuesToAdopt,
} from "../state/adoption-rules";
import type { Search } from "./find-existing";
import { choicesOf, type Unread } from "./twilio-choices";

/** Twilio's dates and its clock are in whole seconds, rounded separately. */
const CLOCK_SLACK_MS = 2_000;

/**
 * Adopts what an interrupted run left behind, where Twilio allows several objects with one key. Other objects with the
 * key are no conflict, unless adopt is "always".
 */
export async function adoptLeftBehind(
  creation: Search,
  existing: readonly LiveObject[],
): Promise<Adopted | undefined> {
  const { definition } = creation;
  const adoption = adoptionFor(creation);
  if (adoption === "always" && existing.length > 1)
    throw new AdoptionError(
      `cannot create ${definition.noun}: ${existing.map(({ live }) => live["sid"]).join(" and ")} have the same ` +
        `${definition.naturalKey.fields.join(" and ")}, so adopt: "always" is not clear. Delete all but one.`,
    );
  for (const candidate of existing) {
    const judgement = await judge(creation, candidate, adoption);
    // A duplicate of this declaration may have adopted it meanwhile.
    const isTaken = creation.session.ownership.has(definition, String(candidate.live["sid"]));
    if (judgement.reason === undefined && !isTaken) return adoptJudged(creation, candidate, judgement);
  }
  return undefined;
}

/** Refuses to create a duplicate of an object that may be the program's own. */
export function refuseUndecided(creation: Search, existing: readonly LiveObject[]): void {
  const adoption = adoptionFor(creation);
  const undecided = existing
    .map((each) => candidateOf(creation, each, adoption))
    .find((candidate) => isUndecided(candidate));
  if (undecided === undefined) return;
  throw new AdoptionError(`cannot create ${creation.definition.noun}: ${refusalToAdopt(undecided)}`);
}

/** Drops objects that other resources hold or delete. Waits first, since a resource may be about to claim one. */
export async function unclaimed(
  { definition, session, signal }: Search,
  found: readonly LiveObject[],
): Promise<LiveObject[]> {
  const { ownership, duplicates } = session;
  const isGoing = (sid: string) =>
    ownership.isReplaced(definition, sid) || ownership.isDeleted(definition, sid);
  const staying = found.filter(({ live }) => !isGoing(String(live["sid"])));
  if (staying.length > 0) await session.quietPeriod.wait(signal);
  const isTaken = (sid: string) => ownership.has(definition, sid) || duplicates.isShown(definition, sid);
  return staying.filter(({ live }) => !isTaken(String(live["sid"])));
}

function candidateOf(creation: Search, { live, nowMs }: LiveObject, adopt: Adoption): Candidate {
  const { definition, session, inputs, lostSinceMs } = creation;
  const { adoptWindowMs: windowMs } = session.settings;
  const isLater = lostSinceMs !== undefined && createdAtMs(live) >= lostSinceMs - CLOCK_SLACK_MS;
  const isOfDate = inputs["dateCreated"] !== undefined && !isOfOtherDate(inputs, live);
  const isOwn = lostSinceMs !== undefined && (isLater || isOfDate);
  return { definition, inputs, live, nowMs, adopt, windowMs, isOwn };
}

/** Twilio allows equal objects here, so only the creation time shows that it is this run's. */
const MAY_BE_ANOTHERS =
  "It was created at the time of this run's lost request, so it is assumed to be the result. If another stack " +
  "declares an equal one, it may be that one's.";

interface Judgement {
  readonly candidate: Candidate;
  /** Why it must not be adopted. */
  readonly reason: string | undefined;
  /**
   * Undeclared fields whose value somebody else has set or may have set, or Twilio chose earlier. They stay, unwatched.
   */
  readonly unwatched: readonly (Odd | Unread)[];
}

/** Asks for Twilio's choices only if nothing else forbids the adoption. */
async function judge(creation: Search, existing: LiveObject, adopt: Adoption): Promise<Judgement> {
  const candidate = candidateOf(creation, existing, adopt);
  const reason = refusalToAdopt(candidate);
  if (reason !== undefined) return { candidate, reason, unwatched: [] };
  const { odd, earlier, unread } = await choicesOf(creation, existing.live);
  const judged = { ...candidate, odd };
  return { candidate: judged, reason: refusalToAdopt(judged), unwatched: [...odd, ...earlier, ...unread] };
}

/** Why it must not be adopted in this way; undefined if it may. Changes nothing. */
export async function reasonAgainst(
  creation: Search,
  existing: LiveObject,
  adoption: Adoption,
): Promise<string | undefined> {
  return (await judge(creation, existing, adoption)).reason;
}

/** The `adopt` option of the resource or the config, else the type's default. */
export function adoptionFor({ definition, session, inputs }: Search): Adoption {
  return (
    session.adoption(inputs) ?? (definition.naturalKey.createdImplicitly === true ? "always" : "matching")
  );
}

/** Adopts the object and updates it to match; throws the reason if it must not be adopted. */
export async function adopt(
  creation: Search,
  existing: LiveObject,
  adoption: Adoption,
  cause?: unknown,
): Promise<Adopted> {
  const { definition, session } = creation;
  session.ownership.assertUnclaimed(definition, String(existing.live["sid"]));
  const judgement = await judge(creation, existing, adoption);
  if (judgement.reason !== undefined)
    throw new AdoptionError(`cannot create ${definition.noun}: ${judgement.reason}`, { cause });
  return adoptJudged(creation, existing, judgement);
}

async function adoptJudged(
  creation: Search,
  { live, nowMs }: LiveObject,
  judgement: Judgement,
): Promise<Adopted> {
  const { definition, session, inputs } = creation;
  const { candidate, unwatched } = judgement;
  const sid = String(live["sid"]);
  if (candidate.adopt === "always" || deletesBeforeReplace(definition))
    session.ownership.claim(definition, sid);
  else session.ownership.claimEqual(definition, sid);
  const isLoan = definition.naturalKey.createdImplicitly === true && !isLeftBehind(candidate);
  const age = describeAge(nowMs - createdAtMs(live));
  const ending = isLoan ? " Destroy restores its present values instead of deleting it." : "";
  const notify = creation.notify ?? session.notify;
  notify(
    `${described(definition, sid, inputs)} was taken over: it was there already, created ${age} ago.${ending}`,
  );
  const unread = unwatched.filter((each) => "note" in each);
  for (const { note } of unread) session.notifyOnce(note);
  // What this run created holds Twilio's own choices.
  const named = candidate.isOwn === true ? unwatched.filter((each) => !("note" in each)) : unwatched;
  const cautions = cautionsOf(creation, named);
  if (candidate.adopt === "never" && !deletesBeforeReplace(definition)) cautions.push(MAY_BE_ANOTHERS);
  if (cautions.length > 0) session.notify(`${definition.noun} ${sid}: ${cautions.join(" ")}`);
  const found = isLoan ? live : undefined;
  const extent = candidate.adopt === "always" ? "all" : "created";
  const form = toForm(definition, valuesToAdopt(definition, inputs, live, extent));
  const taken = await writeDeclared({ ...creation, id: sid, live, found }, form);
  return { ...taken, unwatched: unwatched.map(({ name }) => name) };
}

/** Warnings about an adopted object, a sentence each. */
function cautionsOf({ definition, inputs }: Search, unwatched: readonly Odd[]): string[] {
  const [first] = unwatched;
  const fixed = fixedWriteOnly(definition, inputs);
  const secrets = secretWriteOnly(definition, inputs);
  return [
    ...(first === undefined
      ? []
      : [
          `It has ${unwatched.map(describeOdd).join(" and ")}. That stays as it is and is not watched: declare ` +
            `${first.name} to change it.`,
        ]),
    ...(fixed.length === 0
      ? []
      : [
          `Twilio does not tell its ${fixed.join(" and ")}, and only a new ${definition.noun} can have another: ` +
            "check it.",
        ]),
    ...(secrets.length === 0 ? [] : [`Its former ${secrets.join(" and ")} is overwritten.`]),
  ];
}

/** Whether it must not be adopted, whatever else this run learns of it. */
export function mayNotAdopt(creation: Search, existing: LiveObject): boolean {
  return refusalToAdopt(candidateOf(creation, existing, adoptionFor(creation))) !== undefined;
}

/**
 * How the object may be adopted. One that another resource of this run replaces is the program's own, whatever its age.
 * Waiting for its delete could deadlock.
 */
export async function adoptionOf(creation: Search, existing: LiveObject): Promise<Adoption> {
  const { definition, session, signal } = creation;
  const adoption = adoptionFor(creation);
  if (adoption !== "matching" || (await judge(creation, existing, adoption)).reason === undefined)
    return adoption;
  const isGivenUp = () => session.ownership.isReplaced(definition, String(existing.live["sid"]));
  // Its resource may not have registered yet.
  if (!isGivenUp() && session.ownership.isAnyReplaced(definition)) await session.quietPeriod.wait(signal);
  return isGivenUp() ? "always" : adoption;
}

/** An object that a resource now manages. */
export interface Adopted {
  readonly live: JsonObject;
  /** The object with its original values, if destroy restores them. */
  readonly found?: JsonObject | undefined;
  /** The error of an update whose response was lost. */
  readonly unverified?: unknown;
  /** Undeclared watched fields with somebody else's value, which Pulumi must not defend against drift. */
  readonly unwatched?: readonly string[];
}

export interface ExistingObject extends ApiCall {
  readonly inputs: JsonObject;
  readonly id: string;
  readonly live: JsonObject;
  /** The object with its original values, if destroy restores them. */
  readonly found: JsonObject | undefined;
}

/**
 * Updates an existing object to match the declaration. If the response is lost, a pre-existing object is adopted all
 * the same, since only this run knows its original values.
 */
export async function writeDeclared(existing: ExistingObject, form: Form): Promise<Adopted> {
  const { inputs, id: sid, live, found } = existing;
  if (form.length === 0) return { live, found };
  try {
    return { ...(await callApi(existing, "update", inputs, { sid, form })), found };
  } catch (error) {
    if (found === undefined || !isOutcomeUnknown(error)) throw error;
    return { live, found, unverified: error };
  }
}
