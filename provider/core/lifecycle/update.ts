import { hasTwilioCode, isMissing, isOutcomeUnknown } from "../../http/errors";
import { type ApiCall, callApi } from "../api/call";
import { toForm } from "../api/codec";
import { fieldsOf } from "../definition/define";
import { hasMask, unmasked } from "../definition/hidden-value";
import type { JsonObject } from "../json";
import { changesBetween, type FieldChange, updateValues } from "../state/diff";
import { addsOriginalValues } from "../state/original-values";

export interface Update extends ApiCall {
  readonly sid: string;
  readonly state: JsonObject;
  readonly inputs: JsonObject;
}

export interface UpdateOutcome {
  /** Twilio's response; undefined if nothing had to be sent. */
  readonly live: JsonObject | undefined;
  /** The fields that were sent, with their values. */
  readonly values: JsonObject;
  /** The error, if the response was lost. */
  readonly unverified?: unknown;
}

/**
 * Reads the original values of fields that the program newly declares: the state is only as fresh as the last refresh.
 * Returns undefined if no field needs it, or if the object is gone.
 */
export async function readOriginalValues(modification: Update): Promise<JsonObject | undefined> {
  const { definition, connection, signal, sid, state, inputs } = modification;
  if (!addsOriginalValues(definition, inputs, state)) return undefined;
  return connection.unlessGone(state, signal, async () => {
    const { live } = await callApi(modification, "read", state, { sid });
    return live;
  });
}

/** Sends the changed fields in one POST; sends nothing if none changed. */
export async function update(modification: Update): Promise<UpdateOutcome> {
  const { definition, connection, state, inputs } = modification;
  const changes = changesBetween(definition, state, inputs);
  const wanted = {
    ...updateValues(changes),
    ...(await defaultsFor(modification, changes.filter(isDropped))),
  };
  if (Object.keys(wanted).length === 0) return { live: undefined, values: wanted };
  await connection.assertReachable(state);
  const values = await withoutMasks(modification, wanted);
  try {
    return await send(modification, values);
  } catch (error) {
    const isGone = ({ entry, to, restore, before }: FieldChange) =>
      to === undefined &&
      (restore ?? before ?? undefined) !== undefined &&
      hasTwilioCode(error, definition.defaults?.[entry.name]?.missingCodes ?? []);
    const fallback = await defaultsFor(modification, changes.filter(isGone));
    if (Object.keys(fallback).length === 0) throw error;
    return await send(modification, { ...values, ...fallback });
  }
}

async function send(modification: Update, values: JsonObject): Promise<UpdateOutcome> {
  const { definition, sid, state, inputs } = modification;
  const location = { ...state, webhookEnabled: inputs["webhookEnabled"] };
  try {
    const { live } = await callApi(modification, "update", location, {
      sid,
      form: toForm(definition, values),
    });
    return { live, values };
  } catch (error) {
    // A deleted object has nothing unverified.
    if (!isOutcomeUnknown(error) || isMissing(error)) throw error;
    return { live: undefined, values, unverified: error };
  }
}

/** Whether the program no longer declares it and the state holds no value to restore. */
function isDropped({ to, restore, before }: FieldChange): boolean {
  return to === undefined && restore === undefined && (before ?? undefined) === undefined;
}

/** Twilio's own choice for these fields, if the definition says how to read it. */
async function defaultsFor(modification: Update, changes: readonly FieldChange[]): Promise<JsonObject> {
  const { definition, connection, state } = modification;
  const values: JsonObject = {};
  for (const { entry } of changes) {
    const choice = definition.defaults?.[entry.name];
    if (choice !== undefined) values[entry.name] = await choice.value(connection, state);
  }
  return values;
}

/** Replaces masks, which `ignoreChanges` puts in, with the live values. */
async function withoutMasks(modification: Update, values: JsonObject): Promise<JsonObject> {
  if (!Object.values(values).some(hasMask)) return values;
  const { definition, sid, state } = modification;
  const { live } = await callApi(modification, "read", state, { sid });
  const names = fieldsOf(definition).map(({ name }) => name);
  const clear = names.map((name) => [name, unmasked(values[name], live[name])]);
  return Object.fromEntries(clear.filter(([, value]) => value !== undefined));
}
