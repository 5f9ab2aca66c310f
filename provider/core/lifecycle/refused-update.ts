import { hasTwilioCode } from "../../http/errors";
import { callApi } from "../api/call";
import { isSingleton } from "../definition/define";
import { RefusedUpdateError } from "../errors";
import type { JsonObject } from "../json";
import { changesBetween, unmetBy, updateValues } from "../state/diff";
import type { Update, UpdateOutcome } from "./update";

type PlannedUpdate = Pick<Update, "definition" | "sid" | "state" | "inputs">;

/** Throws if the live object rules the update out. Returns the values that the update would send. */
export function refuseUpdate(
  { definition, sid, state, inputs }: PlannedUpdate,
  live: JsonObject,
  cause?: unknown,
): JsonObject {
  const values = updateValues(changesBetween(definition, state, inputs));
  const refusal = definition.rejectUpdate?.(live, inputs, unmetBy(definition, values, inputs, live));
  if (refusal === undefined) return values;
  throw new RefusedUpdateError(`cannot update ${definition.noun} ${sid}. ${refusal}`, { cause });
}

/** After a refused update: returns the live object if it is final and already as declared. */
export async function unlessMet(modification: Update, error: unknown): Promise<UpdateOutcome> {
  const { definition, sid, state, inputs } = modification;
  const codes = isSingleton(definition) ? [] : (definition.finalStateCodes ?? []);
  if (!hasTwilioCode(error, codes)) throw error;
  const { live } = await callApi(modification, "read", state, { sid });
  const values = refuseUpdate(modification, live, error);
  if (unmetBy(definition, values, inputs, live).length > 0) throw error;
  return { live, values };
}
