import { isMissing } from "../../http/errors";
import { type ApiCall, callApi, type LiveObject } from "../api/call";
import { toForm } from "../api/codec";
import { pollUntilVisible } from "../api/eventual-consistency";
import type { SingletonDefinition } from "../definition/define";
import { AbsentError } from "../errors";
import type { JsonObject } from "../json";
import type { Session } from "../run/session";
import { valuesToAdopt } from "../state/adoption-rules";
import { type Adopted, writeDeclared } from "./adopt";

interface SingletonSetting extends ApiCall {
  readonly definition: SingletonDefinition;
  readonly session: Session;
  readonly inputs: JsonObject;
}

/** Reads the setting, then writes the declared values that differ. */
export async function setSingleton(taking: SingletonSetting): Promise<Adopted> {
  const { definition, session, inputs } = taking;
  const { live: found, id } = await readPresent(taking);
  session.ownership.claim(definition, id);
  const form = toForm(definition, valuesToAdopt(definition, inputs, found, "all"));
  return writeDeclared({ ...taking, id, live: found, found }, form);
}

async function readPresent(taking: SingletonSetting): Promise<LiveObject> {
  const { definition, inputs, connection, signal } = taking;
  let missing: unknown;
  // Its parent may have been created a moment ago.
  const present = await pollUntilVisible(connection.clock, connection.readsLagUntilMs, signal, async () => {
    try {
      return await callApi(taking, "read", inputs);
    } catch (error) {
      if (!isMissing(error)) throw error;
      missing = error;
      return undefined;
    }
  });
  if (present !== undefined) return present;
  if (definition.missingHint === undefined) throw missing;
  throw new AbsentError(`cannot set ${definition.noun}: ${definition.missingHint}.`, { cause: missing });
}
