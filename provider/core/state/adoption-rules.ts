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

/** An undeclared watched field that is not known to hold Twilio's choice. */
export interface Odd {
  readonly name: string;
  readonly found: Json | undefined;
  /** Undefined if the credentials may not read it. */
  readonly choice: Json | undefined;
}

export interface Candidate {
  readonly definition: Definition;
  readonly inputs: JsonObject;
  /** The existing object, under our names. */
  readonly live: JsonObject;
  /** Twilio's own clock. */
  readonly nowMs: number;
  readonly adopt: Adoption;
  readonly windowMs: number;
  /** This run's own create made it, and the response was lost. */
  readonly isOwn?: boolean;
  /** Fields that somebody else must have set, since Twilio's choice differs. */
  readonly odd?: readonly Odd[];
}

/** Declared fields that Twilio returns with another value. */
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

/** Parts that a create sends and Twilio never returns, so that nothing can compare them. */
export function writeOnlyIn(definition: Definition, inputs: JsonObject): WriteOnlyPart[] {
  return fieldsOf(definition)
    .filter(({ policy }) => policy.pathParameter !== true && policy.change !== "local")
    .flatMap((entry) => writeOnlyParts(entry, restrict(entry, inputs[entry.name]), entry.name))
    .filter(({ policy }) => policy.updateOnly !== true);
}

/** Of these, the parts that only a new object can change: if one differs, no update can correct it. */
export function fixedWriteOnly(definition: Definition, inputs: JsonObject): string[] {
  return writeOnlyIn(definition, inputs)
    .filter(({ policy }) => policy.change === "replace")
    .map(({ path }) => path);
}

/** Of these, the secrets: an overwritten one cannot be restored. */
export function secretWriteOnly(definition: Definition, inputs: JsonObject): string[] {
  return writeOnlyIn(definition, inputs)
    .filter(({ policy }) => policy.secret === true)
    .map(({ path }) => path);
}

/**
 * The values that update the existing object to match the declaration: of nested fields only the members that differ.
 * They include all that Twilio never returns, since it may differ. Extent "all" includes fields that only an update
 * takes; "created" leaves them out.
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

/** Whether an interrupted run of this program left the object behind. */
export function isLeftBehind(candidate: Omit<Candidate, "adopt">): boolean {
  const { definition, inputs } = candidate;
  // For an implicitly created object some declared fields prove nothing: its key, what Twilio assigns, what clears a
  // field.
  const declaresMore = fieldsOf(definition).some((entry) => {
    const { change, watched, cleared } = entry.policy;
    const declared = inputs[entry.name];
    const isOwn = change === "update" && watched !== true && declared !== undefined;
    return isOwn && !isSame(entry, declared, cleared, {});
  });
  return declaresMore && refusalToAdopt({ ...candidate, adopt: "matching" }) === undefined;
}

/** Why the existing object must not be adopted; undefined if it may. */
export function refusalToAdopt(candidate: Candidate): string | undefined {
  return refusalByWhatIsTold(candidate) ?? refusalByWhatIsUntold(candidate);
}

/** Whether nothing shows if the object is the program's own, so that a create could make a duplicate. */
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
    // Nothing distinguishes an object of a killed run from somebody else's.
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
 * If Twilio allows one object with the key, every declaration means that one, and values that Twilio does not return
 * are sent again. If several can have it, an equal one may belong to another declaration or stack. Only a lost response
 * of this run, or the declared dateCreated, rules that out. A secret that is overwritten is lost whatever the key. If a
 * part cannot change, no evidence shows whose object it is.
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

/** Whether its date differs from the declared one, so that it is another object. Twilio keeps whole seconds. */
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

/** Whether the declaration has a natural key to find its object by. */
export function hasNaturalKey({ naturalKey }: ObjectDefinition, inputs: JsonObject): boolean {
  return naturalKey.isDeclared?.(inputs) ?? true;
}

/** Whether an object has the declared key. A conversation's history can hold the same words many times. */
export function hasSameKey({ naturalKey }: ObjectDefinition, inputs: JsonObject, live: JsonObject): boolean {
  return naturalKey.matches(inputs, live) && (naturalKey.enforced || !isOfOtherDate(inputs, live));
}
