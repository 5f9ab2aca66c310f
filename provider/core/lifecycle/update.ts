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
  /** What Twilio answered; nothing where nothing had to be sent. */
  readonly live: JsonObject | undefined;
  /** The fields that were sent, with their values. */
  readonly values: JsonObject;
  /** Why nobody can tell whether they were set. */
  readonly unverified?: unknown;
}

/**
 * What is there before an update, where the program comes to declare something that is to be given back: the state is
 * as old as the last refresh. Nothing where nothing is asked, or where it is gone.
 */
export async function readOriginalValues(modification: Update): Promise<JsonObject | undefined> {
  const { definition, connection, signal, sid, state, inputs } = modification;
  if (!addsOriginalValues(definition, inputs, state)) return undefined;
  return connection.unlessGone(state, signal, async () => {
    const { live } = await callApi(modification, "read", state, { sid });
    return live;
  });
}

/** One POST with the fields that changed, none where none did. */
export async function update(modification: Update): Promise<UpdateOutcome> {
  const { definition, connection, state, inputs } = modification;
  const changes = changesBetween(definition, state, inputs);
  const wanted = {
    ...updateValues(changes),
    ...(await defaultsFor(modification, changes.filter(isDropped))),
  };
  if (Object.keys(wanted).length === 0) return { live: undefined, values: wanted };
  await connection.refuseElsewhere(state);
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
    // Of what is gone nothing is open.
    if (!isOutcomeUnknown(error) || isMissing(error)) throw error;
    return { live: undefined, values, unverified: error };
  }
}

/** The program no longer declares it, and nothing is remembered that could come back. */
function isDropped({ to, restore, before }: FieldChange): boolean {
  return to === undefined && restore === undefined && (before ?? undefined) === undefined;
}

/** Twilio's own choice for these fields, where a definition says how to ask for it. */
async function defaultsFor(modification: Update, changes: readonly FieldChange[]): Promise<JsonObject> {
  const { definition, connection, state } = modification;
  const values: JsonObject = {};
  for (const { entry } of changes) {
    const choice = definition.defaults?.[entry.name];
    if (choice !== undefined) values[entry.name] = await choice.value(connection, state);
  }
  return values;
}

/** A mask comes back from `ignoreChanges`, and means what is live. */
async function withoutMasks(modification: Update, values: JsonObject): Promise<JsonObject> {
  if (!Object.values(values).some(hasMask)) return values;
  const { definition, sid, state } = modification;
  const { live } = await callApi(modification, "read", state, { sid });
  const names = fieldsOf(definition).map(({ name }) => name);
  const clear = names.map((name) => [name, unmasked(values[name], live[name])]);
  return Object.fromEntries(clear.filter(([, value]) => value !== undefined));
}
