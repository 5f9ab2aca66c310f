import { HiddenValueError } from "../errors";
import { isObject, type Json, type JsonObject, sameJson } from "../json";
import { describeProblem, type Problem } from "../problem";
import { type Definition, fieldsOf } from "./define";

/**
 * Problems of masks that `ignoreChanges` has put into the inputs. In an update a mask means the live value; for a new
 * object its value is unknown.
 */
export function hiddenIn(definition: Definition, inputs: JsonObject): Problem[] {
  return fieldsOf(definition)
    .filter(({ name, policy }) => policy.json === true && hasMask(inputs[name]))
    .map(({ name }) => ({
      path: name,
      message: "holds a value that was set outside Pulumi and is hidden, so a new object cannot be given it",
      hint: "Declare that value, or take ignoreChanges away.",
    }));
}

/** Throws before anything is sent. Check has already reported it, if it knew that a new object follows. */
export function refuseHidden(definition: Definition, inputs: JsonObject): void {
  const [problem] = hiddenIn(definition, inputs);
  if (problem !== undefined)
    throw new HiddenValueError(`cannot create the ${definition.noun}. ${describeProblem(problem)}`);
}

/**
 * Mask of a value that was set outside Pulumi in an object that holds secrets. Pulumi's engine keeps a value secret
 * whose key held a secret before, and shows a value under a new key in plain text (measured at 3.255.0).
 */
export const MASK = "(hidden: set outside Pulumi)";

/** The live value, safe to show: a member that is new, or of another kind than recorded, is masked. */
export function masked(recorded: Json | undefined, live: Json | undefined): Json | undefined {
  if (live === undefined || sameJson(recorded, live)) return live;
  if (!isObject(recorded) || !isObject(live)) return isPlain(recorded) && isPlain(live) ? live : MASK;
  const members = Object.entries(live).map(([name, value]) => [name, masked(recorded[name], value)]);
  return Object.fromEntries(members);
}

/** The engine keeps a scalar as secret as the one that its key held before. */
function isPlain(value: Json | undefined): boolean {
  return value !== undefined && value !== null && typeof value !== "object";
}

export function hasMask(value: Json | undefined): boolean {
  if (Array.isArray(value)) return value.some(hasMask);
  return isObject(value) ? Object.values(value).some(hasMask) : value === MASK;
}

/** The value with live values in place of the masks. */
export function unmasked(value: Json | undefined, live: Json | undefined): Json | undefined {
  if (value === MASK) return live;
  if (!isObject(value)) return value;
  const liveMembers = isObject(live) ? live : {};
  const members = Object.entries(value).map(([name, member]) => [name, unmasked(member, liveMembers[name])]);
  return Object.fromEntries(members.filter(([, member]) => member !== undefined));
}
