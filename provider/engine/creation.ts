import { ApiError, isMissing, isOutcomeUnknown, RequestError, TwilioError } from "../http/errors";
import { defaultBackoff, retryDelayMs } from "../http/retry";
import { AdoptionError, describeAge, isLeftBehind, refusalToAdopt, valuesToAdopt } from "./adopt";
import type { Adoption } from "./config";
import { type Definition, fieldsOf } from "./define";
import { type Exchanged, exchange } from "./exchange";
import type { JsonObject } from "./json";
import { findNamesakes, hasNaturalKey, type Search, surveyNamesakes } from "./namesake";
import { settled } from "./settling";
import { type Taken, take } from "./taking";
import { toForm } from "./wire";

/** A create that may have happened, and nothing here can tell. */
export class UnknownOutcomeError extends TwilioError {
  override name = "UnknownOutcomeError";

  constructor({ noun }: Definition, error: unknown, because: string, cure: string) {
    super(`${briefly(error)}. Whether the ${noun} was created is not known: ${because}. ${cure}`, {
      cause: error,
    });
  }
}

function briefly(error: unknown): string {
  return (error instanceof RequestError ? error.brief : String(error)).replace(/\.$/, "");
}

/**
 * One POST, unless the object is there already. Twilio has no idempotency key, so an object that exists, or a POST
 * whose outcome is unknown, is looked up by its natural key, and sent again only when it is not there.
 */
export async function createOrAdopt(creation: Search): Promise<Taken> {
  const { definition, inputs } = creation;
  const isLookedFor = !definition.naturalKey.enforced && hasNaturalKey(definition, inputs);
  const standing = isLookedFor ? await surveyNamesakes(creation) : [];
  const leftBehind = await adoptLeftBehind(creation, standing);
  if (leftBehind !== undefined) return leftBehind;
  for (let failures = 1; ; failures++) {
    try {
      return await post(creation);
    } catch (error) {
      const adopted = await adoptAfter(creation, error, standing);
      if (adopted !== undefined) return adopted;
      if (!isOutcomeUnknown(error) || !(await waited(creation, failures))) throw error;
    }
  }
}

/** Waits before the next attempt; false when the deadline comes first. */
async function waited({ session, signal }: Search, failures: number): Promise<boolean> {
  const delayMs = retryDelayMs(failures, undefined, defaultBackoff, Math.random);
  return session.clock.sleep(delayMs, signal).then(
    () => true,
    () => false,
  );
}

async function post(creation: Search): Promise<Taken> {
  const { definition, session, inputs } = creation;
  const sent = fieldsOf(definition).filter(
    ({ policy }) => policy.located !== true && policy.change !== "local" && policy.updateOnly !== true,
  );
  const values = pick(
    inputs,
    sent.map(({ name }) => name),
  );
  const form = toForm(definition, { ...values, ...definition.createForm?.(inputs) });
  const { live } = await exchange(creation, "create", inputs, { form });
  session.claims.take(definition, String(live["sid"]));
  return { live };
}

/** What there is after a failed POST, where that is open. A known fault of Twilio's is a 404 although created. */
async function adoptAfter(
  creation: Search,
  error: unknown,
  standing: readonly Exchanged[],
): Promise<Taken | undefined> {
  const { definition, inputs } = creation;
  const { enforced, existsCodes } = definition.naturalKey;
  const exists = error instanceof ApiError && existsCodes.includes(error.twilioCode ?? 0);
  if (!exists && !isOutcomeUnknown(error) && !isMissing(error)) return undefined;
  if (!hasNaturalKey(definition, inputs))
    return stopUnlessRefused(
      creation,
      error,
      "it cannot be looked for, since nothing it declares is its own",
    );
  const found = await findNamesakes(creation).catch((cause: unknown) => {
    if (!isOutcomeUnknown(error)) throw cause;
    const because = `looking for it failed too (${briefly(cause)})`;
    throw new UnknownOutcomeError(
      definition,
      error,
      because,
      "Run `pulumi up` again: it takes over what was created.",
    );
  });
  if (enforced) return found[0] && adopt(creation, found[0], error);
  const known = new Set(standing.map(({ live }) => live["sid"]));
  const fresh = found.filter(({ live }) => !known.has(live["sid"]));
  const adopted = await adoptLeftBehind(creation, fresh);
  const rest = fresh
    .map(({ live }) => String(live["sid"]))
    .filter((sid) => !creation.session.claims.has(definition, sid));
  if (adopted !== undefined || rest.length === 0) return adopted;
  return stopUnlessRefused(creation, error, `it may be ${rest.join(" or ")}, which may not be taken over`);
}

/** To send it once more could make it twice. */
function stopUnlessRefused({ definition }: Search, error: unknown, because: string): undefined {
  if (!isOutcomeUnknown(error)) return undefined;
  const cure = `Look on Twilio; delete what should not be there, or set adopt: "always" where it is the one.`;
  throw new UnknownOutcomeError(definition, error, because, cure);
}

/**
 * Where Twilio allows several objects with one key, only what an interrupted run left behind is taken over; others
 * are nobody's conflict, unless the program says to take over whatever is there.
 */
async function adoptLeftBehind(creation: Search, found: readonly Exchanged[]): Promise<Taken | undefined> {
  const { definition } = creation;
  const namesakes = await unclaimed(creation, found);
  if (adoptionFor(creation) === "always" && namesakes.length > 1)
    throw new AdoptionError(
      `cannot create ${definition.noun}: ${namesakes.map(({ live }) => live["sid"]).join(" and ")} have the same ` +
        `${definition.naturalKey.fields.join(" and ")}, so adopt: "always" is not clear. Delete all but one.`,
    );
  const namesake = namesakes.find((candidate) => refusal(creation, candidate) === undefined);
  return namesake && adopt(creation, namesake);
}

/** Another resource of the program may be about to claim what was found. */
async function unclaimed(
  { definition, session, signal }: Search,
  found: readonly Exchanged[],
): Promise<Exchanged[]> {
  const staying = found.filter(({ live }) => !session.claims.isLeaving(definition, String(live["sid"])));
  if (staying.length > 0) await settled(session.clock, signal);
  return staying.filter(({ live }) => !session.claims.has(definition, String(live["sid"])));
}

function refusal(creation: Search, namesake: Exchanged): string | undefined {
  return refusalToAdopt({ ...candidate(creation, namesake), adopt: adoptionFor(creation) });
}

function candidate({ definition, session, inputs }: Search, namesake: Exchanged) {
  const { adoptWindowMs: windowMs } = session.settings;
  return { definition, inputs, ...namesake, windowMs };
}

function adoptionFor({ definition, session, inputs }: Search): Adoption {
  return session.adoption(inputs) ?? (definition.naturalKey.appears === true ? "always" : "matching");
}

async function adopt(creation: Search, namesake: Exchanged, cause?: unknown): Promise<Taken> {
  const { definition, session, inputs } = creation;
  const { live, nowMs } = namesake;
  const sid = String(live["sid"]);
  session.claims.refuseTaken(definition, sid);
  const reason = refusal(creation, namesake);
  if (reason !== undefined) throw new AdoptionError(`cannot create ${definition.noun}: ${reason}`, { cause });
  session.claims.take(definition, sid);
  const isLoan = definition.naturalKey.appears === true && !isLeftBehind(candidate(creation, namesake));
  const age = describeAge(nowMs - Date.parse(String(live["dateCreated"])));
  const ending = isLoan ? " It will be given back as it is, not deleted." : "";
  session.notify(
    `${definition.noun} ${sid} was taken over: it was there already, created ${age} ago.${ending}`,
  );
  const found = isLoan ? live : undefined;
  const unseen = adoptionFor(creation) === "always" ? "overwritten" : "left";
  const form = toForm(definition, valuesToAdopt(definition, inputs, live, unseen));
  return take({ ...creation, id: sid, live, found }, form);
}

function pick(inputs: JsonObject, names: readonly string[]): JsonObject {
  return Object.fromEntries(names.map((name) => [name, inputs[name]]));
}
