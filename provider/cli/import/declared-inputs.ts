import { isAsText, uncarriedPaths } from "../../core/api/codec";
import { type Definition, fieldsOf, keyFields } from "../../core/definition/define";
import { type FieldEntry, nestedFields, restrict } from "../../core/definition/field";
import { isSid } from "../../core/definition/sid";
import { trustFixed, validate } from "../../core/definition/validate";
import { isObject, type JsonObject, sameJson } from "../../core/json";
import { describeProblem } from "../../core/problem";

/** Why a program says nothing of a part of a live object. */
type Reason = "refused" | "unnamed";

/** A part of a live object that a program does not say. */
export interface LeftOut {
  readonly path: string;
  readonly reason: Reason;
}

/** What a program would say of a live object, and what of it a program does not say. */
export interface DeclaredInputs {
  readonly inputs: JsonObject;
  readonly leftOut: readonly LeftOut[];
}

/** Whether the program has a name for the object with the SID. */
export type IsNamed = (sid: string) => boolean;

/** `place` is what the program says of where it lives; `without` are the fields that it leaves to Twilio. */
export function declaredInputs(
  definition: Definition,
  live: JsonObject,
  location: JsonObject,
  without: readonly string[] = [],
  isNamed: IsNamed = () => true,
): DeclaredInputs {
  const told = toldBy(definition, live, without);
  const unnamed = unnamedIn(definition, told, isNamed);
  const unsayable = unsayableIn(definition, live).filter((path) => !without.includes(path));
  const whole: JsonObject = { ...location, ...withoutPaths(told, unnamed) };
  const { inputs, refused } = allowed(definition, withoutPaths(whole, unsayable));
  const never = [
    ...unsayable.filter((path) => hasPath(whole, path)),
    ...refused,
    ...unknownParts(definition, live),
  ];
  return {
    inputs,
    leftOut: [
      ...never.map((path) => ({ path, reason: "refused" as const })),
      ...unnamed.map((path) => ({ path, reason: "unnamed" as const })),
    ],
  };
}

/** The fields of a live object that are more than Twilio's own. */
function toldBy(definition: Definition, live: JsonObject, without: readonly string[]): JsonObject {
  const said = fieldsOf(definition)
    .filter(({ name, policy }) => isTold(policy) && !without.includes(name))
    .map((entry) => [entry.name, restrict(entry, live[entry.name]), entry] as const)
    .filter(([, value, { policy }]) => value !== undefined && !sameJson(value, policy.cleared))
    .map(([name, value]) => [name, value] as const);
  return Object.fromEntries(said);
}

/** What Twilio holds of a live object and no text of a program can say. Attributes are then JSON text, which can. */
function unsayableIn(definition: Definition, live: JsonObject): string[] {
  return uncarriedPaths(live).filter((path) => !isAsText(definition, path));
}

/** What Twilio works out from the rest. */
const WORKED_OUT = ["messagingBinding.type"];

/** What Twilio tells within a field and no resource has; and the null of a JSON value, which a program says by nothing. */
function unknownParts(definition: Definition, live: JsonObject): string[] {
  return fieldsOf(definition).flatMap((entry) => {
    const [members, value] = [nestedFields(entry), live[entry.name]];
    if (value === null && entry.policy.json === true) return [entry.name];
    if (members === undefined || !isTold(entry.policy) || !isObject(value)) return [];
    const known = members.map(({ name }) => name);
    return Object.entries(value)
      .filter(([name, part]) => !known.includes(name) && part !== null && part !== "")
      .map(([name]) => `${entry.name}.${name}`)
      .filter((path) => !WORKED_OUT.includes(path));
  });
}

/** The paths of SIDs of roles and services that the program has no name for: elsewhere they are others. */
function unnamedIn(definition: Definition, told: JsonObject, isNamed: IsNamed): string[] {
  const isJson = (name: string) =>
    fieldsOf(definition).some((entry) => entry.name === name && entry.policy.json === true);
  const within = (values: JsonObject, prefix: string): string[] =>
    Object.entries(values).flatMap(([name, value]) => {
      if (isObject(value)) return within(value, `${prefix}${name}.`);
      if (typeof value !== "string" || !name.endsWith("Sid")) return [];
      const isOurs = isSid("RL", value) || isSid("IS", value);
      return isOurs && !isNamed(value) ? [`${prefix}${name}`] : [];
    });
  return within(Object.fromEntries(Object.entries(told).filter(([name]) => !isJson(name))), "");
}

/** Why no program can declare a live object; undefined where one can, if need be without some field. */
export function undeclarable(definition: Definition, live: JsonObject): string | undefined {
  const { inputs, leftOut } = declaredInputs(definition, live, {});
  if (leftOut.length === 0) return undefined;
  const paths = leftOut.map(({ path }) => path);
  const problemsOf = (values: JsonObject) => validate(definition, {}, values).problems;
  const before = new Set(problemsOf(toldBy(definition, live, [])).map(describeProblem));
  const isWithin = (path: string) => paths.some((part) => path === part || path.startsWith(`${part}.`));
  // Where the program does not say its name, a check gives it another.
  const isRenamed =
    definition.normalizeInputs !== undefined && keyFields(definition).some((name) => paths.includes(name));
  const isNeeded =
    isRenamed ||
    problemsOf(inputs).some((problem) => isWithin(problem.path) || !before.has(describeProblem(problem)));
  return isNeeded ? paths.join(" and ") : undefined;
}

function withoutPaths(values: JsonObject, paths: readonly string[]): JsonObject {
  return paths.reduce((left, path) => withoutPath(left, path.split(".")), values);
}

function hasPath(values: JsonObject, path: string): boolean {
  return !sameJson(withoutPaths(values, [path]), values);
}

const REASONS: Readonly<Record<Reason, string>> = {
  refused: "which no program may say",
  unnamed: "since what it names is not in the program",
};

/** The notes on what is left out of an object. */
export function notesOn(what: string, leftOut: readonly LeftOut[]): string[] {
  const reasons = [...new Set(leftOut.map(({ reason }) => reason))];
  return reasons.map((reason) => {
    const paths = leftOut.filter((one) => one.reason === reason).map(({ path }) => path);
    return `${what}: left out ${paths.join(", ")}, ${REASONS[reason]}.`;
  });
}

/** The same in the program, below what else there is to say. */
export function commented(comment: string | undefined, leftOut: readonly LeftOut[]): { comment?: string } {
  const paths = leftOut.map(({ path }) => path);
  const lines = [comment ?? [], paths.length === 0 ? [] : `Left out: ${paths.join(", ")}.`].flat();
  return lines.length === 0 ? {} : { comment: lines.join("\n") };
}

/** Twilio tells it, and a program would say it: not how an object was made, nor how the provider deals with it. */
function isTold({ change, pathParameter: located, writeOnly, internal }: FieldEntry["policy"]): boolean {
  return (change === "update" || change === "replace") && !located && !writeOnly && !internal;
}

/** Twilio keeps what a variant no longer uses, and some objects predate its rules. */
function allowed(definition: Definition, inputs: JsonObject): { inputs: JsonObject; refused: string[] } {
  const refused: string[] = [];
  for (let said = inputs; ; ) {
    // As in an update: what a create alone must have, Twilio does not tell.
    const paths = validate(definition, said, said, trustFixed).problems.map(({ path }) => path.split("."));
    const path = paths.find(([name = ""]) => said[name] !== undefined);
    if (path === undefined) return { inputs: said, refused };
    const part = partWith(said, path);
    said = withoutPath(said, part.split("."));
    refused.push(part);
  }
}

/**
 * The path of the least part that can be left out to be without what is at another path: of lists and texts, the
 * whole, and of a group that lacks something, too.
 */
function partWith(values: JsonObject, [name = "", ...further]: readonly string[]): string {
  const value = values[name];
  const [next = ""] = further;
  return !isObject(value) || value[next] === undefined ? name : `${name}.${partWith(value, further)}`;
}

function withoutPath(values: JsonObject, [name = "", ...further]: readonly string[]): JsonObject {
  const { [name]: value, ...rest } = values;
  if (further.length === 0 || !isObject(value)) return rest;
  return { ...rest, [name]: withoutPath(value, further) };
}
