import { type Definition, fieldsOf, isSingleton, keyFields } from "../../core/definition/define";
import { isObject, type Json, type JsonObject, sameJson, textOf } from "../../core/json";
import { isPreExisting } from "../../core/state/original-values";
import { definitions, roster } from "../../resources";
import type { Observation, Snapshot } from "./observation";
import { LATER, SECRET } from "./value";

/** By type. */
const KNOWN: ReadonlyMap<string, Definition> = new Map(
  [...definitions, roster].map((definition) => [definition.type, definition as Definition]),
);

/** The resource's definition; undefined for a type of a later version of this package. */
export function definitionOf({ type }: Pick<Observation, "type">): Definition | undefined {
  return KNOWN.get(type);
}

/**
 * Adds what Pulumi's plan does not show: the provider restores pre-existing objects on destroy, Twilio deletes a
 * conversation's contents with it, and Pulumi may create a deleted object again under another name.
 */
export function withFates(observations: readonly Observation[]): Observation[] {
  return swept(rejoined(observations.map(reported)).map(given));
}

/** The refreshed state marks an object that Twilio no longer has as `missing`. */
function reported(observation: Observation): Observation {
  const { live, op } = observation;
  if (live?.outputs["missing"] !== true) return observation;
  const isCreated = op === "replace";
  const gone = { ...observation, live: undefined, isReplaced: false, outside: [], program: [] };
  return isCreated ? gone : { ...gone, planned: undefined };
}

/** The provider restores a pre-existing object on destroy. A replacement at its location is the same object. */
function given(observation: Observation): Observation {
  const { op, live } = observation;
  if ((op !== "delete" && op !== "replace") || live === undefined || !isLoan(observation)) return observation;
  if (op === "replace" && isSameObject(observation, live)) return { ...observation, isReplaced: false };
  return { ...observation, isReleased: true };
}

/** Whether the object existed before the stack and outlives it. */
export function isLoan(observation: Observation): boolean {
  const definition = definitionOf(observation);
  const outputs = observation.live?.outputs ?? observation.recorded?.outputs ?? {};
  if (definition === undefined || definition.type === roster.type) return false;
  // The recorded original values (`before`) are a secret.
  return isPreExisting(definition, outputs) || outputs["before"] !== undefined;
}

/** Fields that name the parents of an object. */
const CONTAINERS = [
  "serviceSid",
  "chatServiceSid",
  "conversationSid",
  "resolvedConversationSid",
  "userSid",
  "resolvedUserSid",
];

/** The SIDs of an object's parents. */
function containersOf({ type, recorded, live }: Observation): string[] {
  const { inputs = {}, outputs = {} } = live ?? recorded ?? ({} as Partial<Snapshot>);
  const names = type === "UserConversation" ? [...CONTAINERS, "participantSid"] : CONTAINERS;
  return names.flatMap((name) =>
    [textOf(inputs[name]), textOf(outputs[name])].filter((sid) => sid !== undefined),
  );
}

function swept(observations: readonly Observation[]): Observation[] {
  const isGoing = ({ live, planned, isReplaced, isReleased, type }: Observation) =>
    live !== undefined &&
    (planned === undefined || isReplaced === true) &&
    isReleased !== true &&
    type !== "Roster";
  const going = new Set(observations.filter(isGoing).map(({ live }) => live?.id));
  if (going.size === 0) return [...observations];
  return observations.map((observation) => {
    const { live, planned, isReplaced, isReleased } = observation;
    if (live === undefined || !containersOf(observation).some((sid) => going.has(sid))) return observation;
    if (isReleased === true) return { ...observation, isReleased: false };
    return planned !== undefined && isReplaced !== true ? { ...observation, isSwept: true } : observation;
  });
}

/**
 * When an object is gone, Pulumi's engine does not report that a resource of another name, linked by an alias, is
 * created for it. A resource with the same natural key at the same location means the same object.
 */
function rejoined(observations: readonly Observation[]): Observation[] {
  const created = observations.filter(({ op, recorded, live }) => op === "create" && !recorded && !live);
  const left = new Set(created);
  return observations
    .map((gone) => {
      if (gone.recorded === undefined || gone.live !== undefined || isGoingOn(gone)) return gone;
      const { recorded } = gone;
      const heir = created.find(
        (one) => left.has(one) && one.type === gone.type && isSameObject(one, recorded),
      );
      if (heir === undefined) return gone;
      left.delete(heir);
      return { ...heir, recorded, outside: gone.outside };
    })
    .filter((observation) => !created.includes(observation) || left.has(observation));
}

/**
 * Whether the program still declares it under its name. Otherwise the engine deletes the missing object from the
 * state.
 */
function isGoingOn({ op }: Observation): boolean {
  return op !== undefined && op !== "delete";
}

/** Whether the declaration identifies the recorded object. */
function isSameObject(declared: Observation, { inputs: before, outputs }: Snapshot): boolean {
  const definition = definitionOf(declared);
  const inputs = declared.planned?.inputs ?? {};
  if (definition === undefined || !fieldsOf(definition).every(isSamePlace(inputs, before))) return false;
  if (isSingleton(definition))
    return keyFields(definition).every((name) => isSameValue(inputs[name], before[name]));
  return isTold(definition, inputs) && definition.naturalKey.matches(inputs, { ...outputs, ...before });
}

function isSamePlace(inputs: JsonObject, before: JsonObject) {
  return ({ name, policy }: ReturnType<typeof fieldsOf>[number]) =>
    policy.pathParameter !== true || isSameValue(inputs[name], before[name]);
}

/** An unknown value may be the same. */
function isSameValue(one: Json | undefined, other: Json | undefined): boolean {
  return one === LATER || sameJson(one ?? null, other ?? null);
}

/** Whether every field of the natural key is known. */
export function isTold(definition: Definition, inputs: JsonObject): boolean {
  const key = keyFields(definition).map((name) => inputs[name]);
  return !key.some(isHidden);
}

export function isHidden(value: Json | undefined): boolean {
  if (Array.isArray(value)) return value.some(isHidden);
  return isObject(value) ? Object.values(value).some(isHidden) : value === SECRET || value === LATER;
}
