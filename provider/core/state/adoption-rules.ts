import type { Adoption } from "../definition/common-fields";
import {
  compared,
  type Definition,
  deletesBeforeReplace,
  fieldsOf,
  isSingleton,
  type ObjectDefinition,
} from "../definition/define";
import { isSame, restrict } from "../definition/field";
import type { Json, JsonObject } from "../json";
import { patchFor, projectToDeclared, type WriteOnlyPart, withDeclared, writeOnlyParts } from "./nested";

/** A watched field that the program leaves open, and that is not known to hold Twilio's choice. */
export interface Odd {
  readonly name: string;
  readonly found: Json | undefined;
  /** Undefined where Twilio does not tell it. */
  readonly choice: Json | undefined;
}

export interface Candidate {
  readonly definition: Definition;
  readonly inputs: JsonObject;
  /** The object found, by our names. */
  readonly live: JsonObject;
  /** Twilio's own clock. */
  readonly nowMs: number;
  readonly adopt: Adoption;
  readonly windowMs: number;
  /** This run's own create has made it, and the answer was lost. */
  readonly isOwn?: boolean;
  /** What somebody else must have set, since Twilio chooses otherwise. */
  readonly odd?: readonly Odd[];
}

/** Declared fields that Twilio tells of and that the object found has otherwise. */
export function differingFields(definition: Definition, inputs: JsonObject, live: JsonObject): string[] {
  const shown = compared(definition, live, inputs);
  return fieldsOf(definition)
    .filter(({ policy }) => policy.pathParameter !== true && policy.writeOnly !== true)
    .filter(({ policy }) => policy.change === "update" || policy.change === "replace")
    .filter((entry) => {
      const wanted = restrict(entry, inputs[entry.name]);
      const found = projectToDeclared(entry, wanted, restrict(entry, shown[entry.name]));
      return wanted !== undefined && !isSame(entry, wanted, found, live);
    })
    .map(({ name }) => name);
}

/** What a create sends and Twilio never tells, so that nothing can compare it. */
export function writeOnlyIn(definition: Definition, inputs: JsonObject): WriteOnlyPart[] {
  return fieldsOf(definition)
    .filter(({ policy }) => policy.pathParameter !== true && policy.change !== "local")
    .flatMap((entry) => writeOnlyParts(entry, restrict(entry, inputs[entry.name]), entry.name))
    .filter(({ policy }) => policy.updateOnly !== true);
}

/** Of these, what only a new object can have otherwise: if it differs, nothing can make it right. */
export function fixedWriteOnly(definition: Definition, inputs: JsonObject): string[] {
  return writeOnlyIn(definition, inputs)
    .filter(({ policy }) => policy.change === "replace")
    .map(({ path }) => path);
}

/** Of these, the secrets: nobody can put back what is overwritten. */
export function secretWriteOnly(definition: Definition, inputs: JsonObject): string[] {
  return writeOnlyIn(definition, inputs)
    .filter(({ policy }) => policy.secret === true)
    .map(({ path }) => path);
}

/**
 * What makes the object found equal to the declaration: of nested fields only the members that differ, and what Twilio
 * never tells, which may be otherwise by now. What only an update takes, an object has `all` of when it is made equal,
 * and nothing of as it is `created`.
 */
export function valuesToAdopt(
  definition: Definition,
  inputs: JsonObject,
  live: JsonObject,
  extent: "all" | "created",
): JsonObject {
  const values = fieldsOf(definition)
    .filter(({ policy }) => extent === "all" || policy.updateOnly !== true)
    .map((entry) => {
      const declared = restrict(entry, inputs[entry.name]);
      const from = entry.policy.writeOnly === true ? undefined : restrict(entry, live[entry.name]);
      return [entry.name, patchFor(entry, { from, to: withDeclared(entry, from, declared) })] as const;
    });
  return Object.fromEntries(values.filter(([, value]) => value !== undefined));
}

/** Whether it is what an interrupted run of the same program left, and so its own. */
export function isLeftBehind(candidate: Omit<Candidate, "adopt">): boolean {
  const { definition, inputs } = candidate;
  // What appears by itself tells nothing by what everybody has: its key, what Twilio assigns, what clears a field.
  const declaresMore = fieldsOf(definition).some((entry) => {
    const { change, watched, cleared } = entry.policy;
    const declared = inputs[entry.name];
    const isOwn = change === "update" && watched !== true && declared !== undefined;
    return isOwn && !isSame(entry, declared, cleared, {});
  });
  return declaresMore && refusalToAdopt({ ...candidate, adopt: "matching" }) === undefined;
}

/** Why the object found may not be taken over; undefined when it may. */
export function refusalToAdopt(candidate: Candidate): string | undefined {
  return refusalByWhatIsTold(candidate) ?? refusalByWhatIsUntold(candidate);
}

/** Whether it may be the program's own, and nothing can tell: then another could be its second. */
export function isUndecided(candidate: Candidate): boolean {
  return refusalByWhatIsTold(candidate) === undefined && refusalByWhatIsUntold(candidate) !== undefined;
}

function refusalByWhatIsTold(candidate: Candidate): string | undefined {
  const { definition, live, adopt, windowMs, nowMs, inputs, isOwn, odd = [] } = candidate;
  const differing = differingFields(definition, inputs, live);
  const fixed = differing.filter((name) =>
    fieldsOf(definition).some((entry) => entry.name === name && entry.policy.change === "replace"),
  );
  const ageMs = nowMs - createdAtMs(live);
  const found = describeFound(candidate);
  const differs = differing.length === 0 ? "" : `, and differs in ${differing.join(", ")}`;
  if (fixed.length > 0)
    return `${found}${differs}; ${fixed.join(", ")} cannot be changed. Declare it as it is, or delete it.`;
  const refused = isSingleton(definition) ? undefined : definition.naturalKey.rejectAdoption?.(live);
  if (refused !== undefined)
    return `${found}. ${refused} If you have renamed the resource, give it an alias.`;
  if (adopt === "always") return undefined;
  if (adopt === "never" && isOwn !== true) {
    // Nothing tells what a run that was killed has made from what somebody else has.
    const isMatching = refusalToAdopt({ ...candidate, adopt: "matching" }) === undefined;
    return `${found}${differs}, and adopt is "never". ${isMatching ? IF_INTERRUPTED : ""}${OPTION}`;
  }
  if (differing.length > 0) return `${found}${differs}. ${OPTION}`;
  const isDated = inputs["dateCreated"] !== undefined;
  if (isOfOtherDate(inputs, live)) return `${found}, which is not the declared dateCreated. ${OPTION}`;
  if (!isDated && isOwn !== true && !(ageMs <= windowMs))
    return `${found}, longer than the ${describeAge(windowMs)} in which an interrupted run could have left it. ${OPTION}`;
  const [first] = odd;
  if (first !== undefined)
    return `${found}, and has ${odd.map(describeOdd).join(" and ")}. Declare ${first.name} as it is. ${OPTION}`;
  return undefined;
}

/**
 * Where Twilio allows one object with the key, whoever declares it means that one, and what Twilio does not tell is sent
 * to it again. Where several can have it, an equal one may be another declaration's or another stack's: only a lost
 * answer of this run, or the declared dateCreated, shows that it is not. A secret that is overwritten is lost whatever
 * the key; and of what nothing can change no evidence tells whose it is.
 */
function refusalByWhatIsUntold(candidate: Candidate): string | undefined {
  const { definition, inputs, adopt, isOwn } = candidate;
  if (adopt === "always") return undefined;
  const isKnown =
    isOwn === true || (inputs["dateCreated"] !== undefined && !isOfOtherDate(inputs, candidate.live));
  const doubtful = writeOnlyIn(definition, inputs).filter(
    ({ policy }) =>
      policy.change === "replace" ||
      (!isKnown && (policy.secret === true || !deletesBeforeReplace(definition))),
  );
  if (doubtful.length === 0) return undefined;
  const paths = doubtful.map(({ path }) => path).join(", ");
  return (
    `${describeFound(candidate)}, and Twilio does not tell its ${paths}, so nothing shows whether it is this one. ` +
    `${OPTION} Set adopt: "never" to create another beside it.`
  );
}

const IF_INTERRUPTED =
  'If an interrupted run of this program left it, set adopt: "matching" for one `pulumi up`. ';

const OPTION =
  'Set adopt: "always" on the resource to take it over and update it to match, or, if you have renamed the ' +
  "resource, give it an alias.";

function describeFound({ definition, live, nowMs }: Candidate): string {
  return `${definition.noun} ${live["sid"]} exists already, created ${describeAge(nowMs - createdAtMs(live))} ago`;
}

export function describeOdd({ name, found, choice }: Odd): string {
  if (choice === undefined) return `${name} ${found}, and nothing tells whether Twilio chose it`;
  return `${name} ${found}, where Twilio chooses ${choice}`;
}

export function createdAtMs(live: JsonObject): number {
  return Date.parse(String(live["dateCreated"]));
}

/** Whether it is of another date than the declared one, and so is not what was declared. Twilio keeps whole seconds. */
export function isOfOtherDate({ dateCreated }: JsonObject, live: JsonObject): boolean {
  return (
    dateCreated !== undefined && !(Math.abs(Date.parse(String(dateCreated)) - createdAtMs(live)) < 1_000)
  );
}

export function describeAge(ageMs: number): string {
  if (Number.isNaN(ageMs)) return "an unknown time";
  const seconds = Math.max(0, Math.round(ageMs / 1000));
  if (seconds < 120) return `${seconds} s`;
  if (seconds < 7200) return `${Math.round(seconds / 60)} min`;
  if (seconds < 172_800) return `${Math.round(seconds / 3600)} h`;
  return `${Math.round(seconds / 86_400)} days`;
}

/** Whether the declaration says enough to find its object again. */
export function hasNaturalKey({ naturalKey }: ObjectDefinition, inputs: JsonObject): boolean {
  return naturalKey.isDeclared?.(inputs) ?? true;
}

/** Whether an object has the declared key. A history can hold the same words many times. */
export function hasSameKey({ naturalKey }: ObjectDefinition, inputs: JsonObject, live: JsonObject): boolean {
  return naturalKey.matches(inputs, live) && (naturalKey.enforced || !isOfOtherDate(inputs, live));
}
