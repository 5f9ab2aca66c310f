import { isMissing } from "../../http/errors";
import { type Exchange, type Exchanged, exchange } from "../api/call";
import { toForm } from "../api/codec";
import { caughtUp } from "../api/eventual-consistency";
import type { SingletonDefinition } from "../definition/define";
import { AbsentError } from "../errors";
import type { JsonObject } from "../json";
import type { Session } from "../run/session";
import { valuesToAdopt } from "../state/adoption-rules";
import { type Taken, take } from "./adopt";

interface Taking extends Exchange {
  readonly definition: SingletonDefinition;
  readonly session: Session;
  readonly inputs: JsonObject;
}

/** Asks what is there, and sets what the program declares otherwise. */
export async function takeSingleton(taking: Taking): Promise<Taken> {
  const { definition, session, inputs } = taking;
  const { live: found, id } = await readPresent(taking);
  session.claims.take(definition, id);
  const form = toForm(definition, valuesToAdopt(definition, inputs, found, "all"));
  return take({ ...taking, id, live: found, found }, form);
}

async function readPresent(taking: Taking): Promise<Exchanged> {
  const { definition, inputs, connection, signal } = taking;
  let missing: unknown;
  // What it belongs to may have been created a moment ago.
  const present = await caughtUp(connection.clock, connection.readsLagUntilMs, signal, async () => {
    try {
      return await exchange(taking, "read", inputs);
    } catch (error) {
      if (!isMissing(error)) throw error;
      missing = error;
      return undefined;
    }
  });
  if (present !== undefined) return present;
  if (definition.absence === undefined) throw missing;
  throw new AbsentError(`cannot set ${definition.noun}: ${definition.absence}.`, { cause: missing });
}
