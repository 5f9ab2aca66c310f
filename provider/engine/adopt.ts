import { TwilioError } from "../http/errors";
import type { Adoption } from "./config";
import { compared, type Definition, fieldsOf, isSingleton } from "./define";
import { isSame } from "./field";
import type { JsonObject } from "./json";
import { partDeclared, partToSend, withDeclared } from "./part";
import { restrict } from "./wire";

/** The object exists already, and may not be taken over. */
export class AdoptionError extends TwilioError {
  override name = "AdoptionError";
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
}

/** Declared fields that Twilio tells of and that the object found has otherwise. */
export function differingFields(definition: Definition, inputs: JsonObject, live: JsonObject): string[] {
  const shown = compared(definition, live, inputs);
  return fieldsOf(definition)
    .filter(({ policy }) => policy.located !== true && policy.writeOnly !== true)
    .filter(({ policy }) => policy.change === "update" || policy.change === "replace")
    .filter((entry) => {
      const wanted = restrict(entry, inputs[entry.name]);
      const found = partDeclared(entry, wanted, restrict(entry, shown[entry.name]));
      return wanted !== undefined && !isSame(entry, wanted, found, live);
    })
    .map(({ name }) => name);
}

/**
 * What makes the object found equal to the declaration: of nested fields only the members that differ. What Twilio
 * never tells may be otherwise in a standing object; it is `overwritten` or left. Secrets are always overwritten.
 */
export function valuesToAdopt(
  definition: Definition,
  inputs: JsonObject,
  live: JsonObject,
  unseen: "overwritten" | "left",
): JsonObject {
  const values = fieldsOf(definition)
    // A secret may have been exchanged since an interrupted run sent it, and nothing else would ever tell.
    .filter(({ policy }) => unseen === "overwritten" || policy.writeOnly !== true || policy.secret === true)
    .map((entry) => {
      const declared = restrict(entry, inputs[entry.name]);
      const from = entry.policy.writeOnly === true ? undefined : restrict(entry, live[entry.name]);
      return [entry.name, partToSend(entry, { from, to: withDeclared(entry, from, declared) })] as const;
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
  const { definition, live, adopt, windowMs, nowMs, inputs } = candidate;
  const differing = differingFields(definition, inputs, live);
  const fixed = differing.filter((name) =>
    fieldsOf(definition).some((entry) => entry.name === name && entry.policy.change === "replace"),
  );
  const ageMs = nowMs - Date.parse(String(live["dateCreated"]));
  const found = `${definition.noun} ${live["sid"]} exists already, created ${describeAge(ageMs)} ago`;
  const differs = differing.length === 0 ? "" : `, and differs in ${differing.join(", ")}`;
  if (fixed.length > 0)
    return `${found}${differs}; ${fixed.join(", ")} cannot be changed. Declare it as it is, or delete it.`;
  const refused = isSingleton(definition) ? undefined : definition.naturalKey.refuses?.(live);
  if (refused !== undefined)
    return `${found}. ${refused} If you have renamed the resource, give it an alias.`;
  if (adopt === "always") return undefined;
  const option =
    'Set adopt: "always" on the resource to take it over and update it to match, or, if you have renamed the ' +
    "resource, give it an alias.";
  if (adopt === "never") return `${found}${differs}, and adopt is "never". ${option}`;
  if (differing.length > 0) return `${found}${differs}. ${option}`;
  if (inputs["dateCreated"] !== undefined)
    return `${found}, and with a declared dateCreated its age tells nothing. ${option}`;
  if (!(ageMs <= windowMs))
    return `${found}, longer than the ${describeAge(windowMs)} in which an interrupted run could have left it. ${option}`;
  return undefined;
}

export function describeAge(ageMs: number): string {
  if (Number.isNaN(ageMs)) return "an unknown time";
  const seconds = Math.max(0, Math.round(ageMs / 1000));
  if (seconds < 120) return `${seconds} s`;
  if (seconds < 7200) return `${Math.round(seconds / 60)} min`;
  if (seconds < 172_800) return `${Math.round(seconds / 3600)} h`;
  return `${Math.round(seconds / 86_400)} days`;
}
