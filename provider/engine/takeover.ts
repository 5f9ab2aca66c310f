import { AdoptionError, describeAge, isLeftBehind, refusalToAdopt, valuesToAdopt } from "./adopt";
import type { Adoption } from "./config";
import type { Exchanged } from "./exchange";
import type { Search } from "./namesake";
import { type Taken, take } from "./taking";
import { toForm } from "./wire";

/**
 * Where Twilio allows several objects with one key, only what an interrupted run left behind is taken over; others
 * are nobody's conflict, unless the program says to take over whatever is there.
 */
export async function adoptLeftBehind(
  creation: Search,
  found: readonly Exchanged[],
): Promise<Taken | undefined> {
  const { definition } = creation;
  const namesakes = await unclaimed(creation, found);
  const adoption = adoptionFor(creation);
  if (adoption === "always" && namesakes.length > 1)
    throw new AdoptionError(
      `cannot create ${definition.noun}: ${namesakes.map(({ live }) => live["sid"]).join(" and ")} have the same ` +
        `${definition.naturalKey.fields.join(" and ")}, so adopt: "always" is not clear. Delete all but one.`,
    );
  const namesake = namesakes.find((candidate) => refusal(creation, candidate, adoption) === undefined);
  return namesake && adopt(creation, namesake, adoption);
}

/** Another resource of the program may be about to claim what was found. */
async function unclaimed(
  { definition, session, signal }: Search,
  found: readonly Exchanged[],
): Promise<Exchanged[]> {
  const { claims } = session;
  const isGoing = (sid: string) => claims.isLeaving(definition, sid) || claims.isDeleted(definition, sid);
  const staying = found.filter(({ live }) => !isGoing(String(live["sid"])));
  if (staying.length > 0) await session.hearing.silence(signal);
  return staying.filter(({ live }) => !claims.has(definition, String(live["sid"])));
}

function refusal(creation: Search, namesake: Exchanged, adopt: Adoption): string | undefined {
  return refusalToAdopt({ ...candidate(creation, namesake), adopt });
}

function candidate({ definition, session, inputs }: Search, namesake: Exchanged) {
  const { adoptWindowMs: windowMs } = session.settings;
  return { definition, inputs, ...namesake, windowMs };
}

function adoptionFor({ definition, session, inputs }: Search): Adoption {
  return session.adoption(inputs) ?? (definition.naturalKey.appears === true ? "always" : "matching");
}

/** Makes it the resource's own, and as it declares; refuses with the reason what may not be taken over. */
export async function adopt(
  creation: Search,
  namesake: Exchanged,
  adoption: Adoption,
  cause?: unknown,
): Promise<Taken> {
  const { definition, session, inputs } = creation;
  const { live, nowMs } = namesake;
  const sid = String(live["sid"]);
  session.claims.refuseTaken(definition, sid);
  const reason = refusal(creation, namesake, adoption);
  if (reason !== undefined) throw new AdoptionError(`cannot create ${definition.noun}: ${reason}`, { cause });
  session.claims.take(definition, sid);
  const isLoan = definition.naturalKey.appears === true && !isLeftBehind(candidate(creation, namesake));
  const age = describeAge(nowMs - Date.parse(String(live["dateCreated"])));
  const ending = isLoan ? " It will be given back as it is, not deleted." : "";
  const notify = creation.notify ?? session.notify;
  notify(`${definition.noun} ${sid} was taken over: it was there already, created ${age} ago.${ending}`);
  const found = isLoan ? live : undefined;
  const unseen = adoption === "always" ? "overwritten" : "left";
  const form = toForm(definition, valuesToAdopt(definition, inputs, live, unseen));
  return take({ ...creation, id: sid, live, found }, form);
}

/** Whether it may not be taken over, whatever this run comes to know of it. */
export function mayNotAdopt(creation: Search, namesake: Exchanged): boolean {
  return refusal(creation, namesake, adoptionFor(creation)) !== undefined;
}

/**
 * How it may be taken over. What another resource of this run gives up for another object is the program's own,
 * whatever its age; to wait for its delete could be to wait for each other.
 */
export async function adoptionOf(creation: Search, namesake: Exchanged): Promise<Adoption> {
  const { definition, session, signal } = creation;
  const adoption = adoptionFor(creation);
  if (adoption !== "matching" || refusal(creation, namesake, adoption) === undefined) return adoption;
  const isGivenUp = () => session.claims.isLeaving(definition, String(namesake.live["sid"]));
  // Its resource may not have been heard of yet.
  if (!isGivenUp() && session.claims.isAnyLeaving(definition)) await session.hearing.silence(signal);
  return isGivenUp() ? "always" : adoption;
}
