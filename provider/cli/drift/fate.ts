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

/** What a resource is; undefined of what a later version of this package has declared. */
export function definitionOf({ type }: Pick<Observation, "type">): Definition | undefined {
  return KNOWN.get(type);
}

/**
 * What becomes of the objects, as far as more is known of that than the engine plans: what is lent is given back, what
 * a conversation holds goes with it, and what is gone under one name is created again under another.
 */
export function withFates(observations: readonly Observation[]): Observation[] {
  return swept(rejoined(observations.map(reported)).map(given));
}

/** The state keeps what is gone and is not to be created again. */
function reported(observation: Observation): Observation {
  const { live, op } = observation;
  if (live?.outputs["missing"] !== true) return observation;
  const isCreated = op === "replace";
  const gone = { ...observation, live: undefined, isReplaced: false, outside: [], program: [] };
  return isCreated ? gone : { ...gone, wanted: undefined };
}

/** What was lent is given back, not deleted; and what is replaced in its place is the same object. */
function given(observation: Observation): Observation {
  const { op, live } = observation;
  if ((op !== "delete" && op !== "replace") || live === undefined || !isLoan(observation)) return observation;
  if (op === "replace" && isSameObject(observation, live)) return { ...observation, isReplaced: false };
  return { ...observation, isReleased: true };
}

/** Whether what the stack holds was there before it, and is there after it. */
export function isLoan(observation: Observation): boolean {
  const definition = definitionOf(observation);
  const outputs = observation.live?.outputs ?? observation.stored?.outputs ?? {};
  if (definition === undefined || definition.type === roster.type) return false;
  // The memory is a secret of its own.
  return isPreExisting(definition, outputs) || outputs["before"] !== undefined;
}

/** The fields in which an object tells what it lives in. */
const CONTAINERS = [
  "serviceSid",
  "chatServiceSid",
  "conversationSid",
  "resolvedConversationSid",
  "userSid",
  "resolvedUserSid",
];

/** The SIDs of what an object lives in. */
function containersOf({ type, stored, live }: Observation): string[] {
  const { inputs = {}, outputs = {} } = live ?? stored ?? ({} as Partial<Snapshot>);
  const names = type === "UserConversation" ? [...CONTAINERS, "participantSid"] : CONTAINERS;
  return names.flatMap((name) =>
    [textOf(inputs[name]), textOf(outputs[name])].filter((sid) => sid !== undefined),
  );
}

function swept(observations: readonly Observation[]): Observation[] {
  const isGoing = ({ live, wanted, isReplaced, isReleased, type }: Observation) =>
    live !== undefined &&
    (wanted === undefined || isReplaced === true) &&
    isReleased !== true &&
    type !== "Roster";
  const going = new Set(observations.filter(isGoing).map(({ live }) => live?.id));
  if (going.size === 0) return [...observations];
  return observations.map((observation) => {
    const { live, wanted, isReplaced, isReleased } = observation;
    if (live === undefined || !containersOf(observation).some((sid) => going.has(sid))) return observation;
    if (isReleased === true) return { ...observation, isReleased: false };
    return wanted !== undefined && isReplaced !== true ? { ...observation, isSwept: true } : observation;
  });
}

/**
 * Of what is gone, the engine does not say that a resource of another name is created in its place, as an alias has it.
 * Who declares the same key in the same place means the same object.
 */
function rejoined(observations: readonly Observation[]): Observation[] {
  const created = observations.filter(({ op, stored, live }) => op === "create" && !stored && !live);
  const left = new Set(created);
  return observations
    .map((gone) => {
      if (gone.stored === undefined || gone.live !== undefined || isGoingOn(gone)) return gone;
      const { stored } = gone;
      const heir = created.find(
        (one) => left.has(one) && one.type === gone.type && isSameObject(one, stored),
      );
      if (heir === undefined) return gone;
      left.delete(heir);
      return { ...heir, stored, outside: gone.outside };
    })
    .filter((observation) => !created.includes(observation) || left.has(observation));
}

/** Whether the program still has it by its name: what the state keeps of what is gone, the engine deletes. */
function isGoingOn({ op }: Observation): boolean {
  return op !== undefined && op !== "delete";
}

/** Whether what is declared is what stood there. */
function isSameObject(declared: Observation, { inputs: before, outputs }: Snapshot): boolean {
  const definition = definitionOf(declared);
  const inputs = declared.wanted?.inputs ?? {};
  if (definition === undefined || !fieldsOf(definition).every(isSamePlace(inputs, before))) return false;
  if (isSingleton(definition))
    return keyFields(definition).every((name) => isSameValue(inputs[name], before[name]));
  return isTold(definition, inputs) && definition.naturalKey.matches(inputs, { ...outputs, ...before });
}

function isSamePlace(inputs: JsonObject, before: JsonObject) {
  return ({ name, policy }: ReturnType<typeof fieldsOf>[number]) =>
    policy.pathParameter !== true || isSameValue(inputs[name], before[name]);
}

/** What is not known yet may be the same. */
function isSameValue(one: Json | undefined, other: Json | undefined): boolean {
  return one === LATER || sameJson(one ?? null, other ?? null);
}

/** Whether all is known by which it is told from others. */
export function isTold(definition: Definition, inputs: JsonObject): boolean {
  const key = keyFields(definition).map((name) => inputs[name]);
  return !key.some(isHidden);
}

export function isHidden(value: Json | undefined): boolean {
  if (Array.isArray(value)) return value.some(isHidden);
  return isObject(value) ? Object.values(value).some(isHidden) : value === SECRET || value === LATER;
}
