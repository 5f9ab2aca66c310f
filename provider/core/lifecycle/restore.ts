import { ApiError, concernsEveryRequest, isMissing, RateLimitError, unlessMissing } from "../../http/errors";
import { type ApiCall, callApi } from "../api/call";
import { type Definition, deletesBeforeReplace, fieldsOf } from "../definition/define";
import type { JsonObject } from "../json";
import { changesBetween, notClearable } from "../state/diff";
import { assignedIn, declaredIn, isCarried } from "../state/field-state";
import type { NotClearable } from "../state/nested";
import { isPreExisting } from "../state/original-values";
import { update } from "./update";

/** A pre-existing object whose original values Pulumi restores. */
export interface Restoration extends ApiCall {
  readonly sid: string;
  readonly state: JsonObject;
}

/**
 * Note on a skipped delete: another resource of this run holds the object. `isReplaced`: a new object takes its place.
 */
export function describeKept(
  definition: Definition,
  sid: string,
  state: JsonObject,
  isReplaced: boolean,
): string {
  // Only a resource's own operations change its state, so original values cannot move to another resource.
  const forgotten = isPreExisting(definition, state)
    ? " If that is this one renamed, its original values are lost: an alias would have kept them."
    : "";
  // For `--replace` and taint Pulumi's engine calls as for a rename, and the old and new object can exist at once.
  const existing =
    isReplaced || deletesBeforeReplace(definition)
      ? ""
      : ' If it was to be replaced, it was not replaced: set adopt: "never" for that `pulumi up`.';
  return `${definition.noun} ${sid} was kept: another resource of this program manages it.${existing}${forgotten}`;
}

/**
 * Restores the original values, like an update to a program that declares nothing. If Twilio refuses it, for example
 * since an original role is gone, restores field by field. Returns what could not be restored.
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

/** Whether Twilio accepted the values. A deleted object counts as restored. */
async function isTaken(restoration: Restoration, inputs: JsonObject): Promise<boolean> {
  try {
    const { unverified } = await update({ ...restoration, inputs });
    if (unverified !== undefined) throw unverified;
    return true;
  } catch (error) {
    if (!(error instanceof ApiError) || error instanceof RateLimitError || concernsEveryRequest(error))
      throw error;
    // Twilio answers for a missing role as for a missing object.
    return isMissing(error) && (await isGone(restoration));
  }
}

async function isGone(restoration: Restoration): Promise<boolean> {
  const { sid, state } = restoration;
  return (await unlessMissing(() => callApi(restoration, "read", state, { sid }))) === undefined;
}

/** Ignores drift of undeclared fields when restoring. */
function unwatched(state: JsonObject): JsonObject {
  const open = Object.keys(assignedIn(state)).map((name) => [name, null]);
  return { ...state, assigned: Object.fromEntries(open) };
}

/** The object's location and request options. */
function locationIn({ definition, state }: Restoration): JsonObject {
  return Object.fromEntries(
    fieldsOf(definition)
      .filter(isCarried)
      .map(({ name }) => [name, state[name]]),
  );
}
