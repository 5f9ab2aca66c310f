import { HiddenValueError } from "../errors";
import { isObject, type Json, type JsonObject, sameJson } from "../json";
import { describeProblem, type Problem } from "../problem";
import { type Definition, fieldsOf } from "./define";

/**
 * What `ignoreChanges` has made of a masked value. In an update it means what is live; for a new object nothing tells
 * what it is.
 */
export function hiddenIn(definition: Definition, inputs: JsonObject): Problem[] {
  return fieldsOf(definition)
    .filter(({ name, policy }) => policy.json === true && hasMask(inputs[name]))
    .map(({ name }) => ({
      path: name,
      message: "holds a value that was set outside Pulumi and is hidden, so a new object cannot be given it",
      cure: "Declare that value, or take ignoreChanges away.",
    }));
}

/** Before anything is sent. The check has said so already, where it was told that there is to be a new object. */
export function refuseHidden(definition: Definition, inputs: JsonObject): void {
  const [problem] = hiddenIn(definition, inputs);
  if (problem !== undefined)
    throw new HiddenValueError(`cannot create the ${definition.noun}. ${describeProblem(problem)}`);
}

/**
 * Stands for a value that was set outside Pulumi in an object that holds secrets. The engine keeps secret what was
 * secret under the same key before, and shows in plain text what appears under a new one (measured at 3.255.0).
 */
export const MASK = "(hidden: set outside Pulumi)";

/** A live value as it may be shown beside the stored one: what was not there before, or of another kind, is masked. */
export function masked(recorded: Json | undefined, live: Json | undefined): Json | undefined {
  if (live === undefined || sameJson(recorded, live)) return live;
  if (!isObject(recorded) || !isObject(live)) return isPlain(recorded) && isPlain(live) ? live : MASK;
  const members = Object.entries(live).map(([name, value]) => [name, masked(recorded[name], value)]);
  return Object.fromEntries(members);
}

/** A scalar under a key that held one before is as secret to the engine as the old one was. */
function isPlain(value: Json | undefined): boolean {
  return value !== undefined && value !== null && typeof value !== "object";
}

export function hasMask(value: Json | undefined): boolean {
  if (Array.isArray(value)) return value.some(hasMask);
  return isObject(value) ? Object.values(value).some(hasMask) : value === MASK;
}

/** A value that `ignoreChanges` made of a masked one, with what is live in place of the masks. */
export function unmasked(value: Json | undefined, live: Json | undefined): Json | undefined {
  if (value === MASK) return live;
  if (!isObject(value)) return value;
  const liveMembers = isObject(live) ? live : {};
  const members = Object.entries(value).map(([name, member]) => [name, unmasked(member, liveMembers[name])]);
  return Object.fromEntries(members.filter(([, member]) => member !== undefined));
}
