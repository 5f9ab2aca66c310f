import { ApiError, concernsEveryRequest, isMissing, RateLimitError } from "../../http/errors";
import { type ApiCall, callApi } from "../api/call";
import { type Definition, deletesBeforeReplace, fieldsOf } from "../definition/define";
import type { JsonObject } from "../json";
import { changesBetween, notClearable } from "../state/diff";
import { assignedIn, declaredIn, isCarried } from "../state/field-state";
import type { NotClearable } from "../state/nested";
import { isPreExisting } from "../state/original-values";
import { update } from "./update";

/** An object that was there before the program, and is to be as it was then. */
export interface Restoration extends ApiCall {
  readonly sid: string;
  readonly state: JsonObject;
}

/** That another resource of this run holds the object, so that its delete is none; whether another is in its place. */
export function describeKept(
  definition: Definition,
  sid: string,
  state: JsonObject,
  isReplaced: boolean,
): string {
  // A state is changed by the operations on its own resource alone, so the memory cannot be handed on.
  const forgotten = isPreExisting(definition, state)
    ? " If that is this one renamed, what was there before the program is forgotten: an alias would have kept it."
    : "";
  // For `--replace` and taint the engine calls as for a rename, and what is old and what is new can be there at once.
  const existing =
    isReplaced || deletesBeforeReplace(definition)
      ? ""
      : ' If it was to be replaced, it was not replaced: set adopt: "never" for that `pulumi up`.';
  return `${definition.noun} ${sid} was kept: another resource of this program manages it.${existing}${forgotten}`;
}

/**
 * Puts back what was there before: an update of a program that declares nothing any more. Where Twilio refuses it,
 * for example since a remembered role is gone, field by field. Returns what could not be put back.
 */
export async function restore(given: Restoration): Promise<NotClearable[]> {
  const { definition } = given;
  const state = unwatched(given.state);
  const restoration = { ...given, state };
  const inputs = locationIn(restoration);
  const changes = changesBetween(definition, state, inputs);
  const left = notClearable(definition, changes);
  if (await isTaken(restoration, inputs)) return left;
  const declared = Object.fromEntries(
    fieldsOf(definition).map((entry) => [entry.name, declaredIn(state, entry)]),
  );
  for (const { entry } of changes) {
    const without = { ...declared, ...inputs, [entry.name]: undefined };
    if (!(await isTaken(restoration, without)) && !left.some(({ path }) => path === entry.name))
      left.push({ path: entry.name, isTold: true });
  }
  return left;
}

/** Whether Twilio took the values back; an object that is gone takes anything. */
async function isTaken(restoration: Restoration, inputs: JsonObject): Promise<boolean> {
  try {
    const { unverified } = await update({ ...restoration, inputs });
    if (unverified !== undefined) throw unverified;
    return true;
  } catch (error) {
    if (!(error instanceof ApiError) || error instanceof RateLimitError || concernsEveryRequest(error))
      throw error;
    // Of a missing role Twilio says the same as of a missing object.
    return isMissing(error) && (await isGone(restoration));
  }
}

async function isGone(restoration: Restoration): Promise<boolean> {
  try {
    await callApi(restoration, "read", restoration.state, { sid: restoration.sid });
    return false;
  } catch (error) {
    if (isMissing(error)) return true;
    throw error;
  }
}

/** What the program never declared is as others left it: its drift is no concern of who lets go. */
function unwatched(state: JsonObject): JsonObject {
  const open = Object.keys(assignedIn(state)).map((name) => [name, null]);
  return { ...state, assigned: Object.fromEntries(open) };
}

/** What says where the object lives, and how it is written to. */
function locationIn({ definition, state }: Restoration): JsonObject {
  return Object.fromEntries(
    fieldsOf(definition)
      .filter(isCarried)
      .map(({ name }) => [name, state[name]]),
  );
}
