import { isAsText, uncarriedPaths } from "../../core/api/codec";
import { type Definition, fieldsOf, keyFields } from "../../core/definition/define";
import { type FieldEntry, nestedFields, restrict } from "../../core/definition/field";
import { isSid } from "../../core/definition/sid";
import { trustFixed, validate } from "../../core/definition/validate";
import { isObject, type JsonObject, sameJson } from "../../core/json";
import { describeProblem } from "../../core/problem";
import { isGroupMms, participant } from "../../resources";

/** Why a program leaves out a part of a live object. */
type Reason = "refused" | "unnamed";

/** A part of a live object that a program leaves out. */
export interface LeftOut {
  readonly path: string;
  readonly reason: Reason;
}

/** The inputs that declare a live object, and the parts left out. */
export interface DeclaredInputs {
  readonly inputs: JsonObject;
  readonly leftOut: readonly LeftOut[];
}

/** Whether the program can refer to the object with this SID. */
export type IsNamed = (sid: string) => boolean;

/** `location` holds the declared parents; `without` names the fields that the program leaves to Twilio. */
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
  const whole: JsonObject = { ...location, ...untold(definition, live), ...withoutPaths(told, unnamed) };
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

/** What a program must declare and Twilio never returns: a number may stand alone only where it says `groupMms`. */
function untold(definition: Definition, live: JsonObject): JsonObject {
  const isAlone = definition.type === participant.type && live["identity"] == null && isGroupMms(live);
  return isAlone ? { groupMms: true } : {};
}

/** The fields of a live object that differ from Twilio's own values. */
function toldBy(definition: Definition, live: JsonObject, without: readonly string[]): JsonObject {
  const said = fieldsOf(definition)
    .filter(({ name, policy }) => isTold(policy) && !without.includes(name))
    .map((entry) => [entry.name, restrict(entry, live[entry.name]), entry] as const)
    .filter(([, value, { policy }]) => value !== undefined && !sameJson(value, policy.cleared))
    .map(([name, value]) => [name, value] as const);
  return Object.fromEntries(said);
}

/** Live values that no program text can hold. Such attributes are declared as JSON text instead. */
function unsayableIn(definition: Definition, live: JsonObject): string[] {
  return uncarriedPaths(live).filter((path) => !isAsText(definition, path));
}

/** Values that Twilio derives from others. */
const WORKED_OUT = ["messagingBinding.type"];

/** Parts of a field that no resource has, and a null JSON value, which a program declares by leaving it out. */
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

/** The paths of role and service SIDs that the program cannot refer to; another account has other SIDs. */
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

/** Why no program can declare a live object; undefined where one can, perhaps without some fields. */
export function undeclarable(definition: Definition, live: JsonObject): string | undefined {
  const { inputs, leftOut } = declaredInputs(definition, live, {});
  if (leftOut.length === 0) return undefined;
  const paths = leftOut.map(({ path }) => path);
  const problemsOf = (values: JsonObject) => validate(definition, {}, values).problems;
  const before = new Set(problemsOf(toldBy(definition, live, [])).map(describeProblem));
  const isWithin = (path: string) => paths.some((part) => path === part || path.startsWith(`${part}.`));
  // Without its name in the program, the provider's check would assign another.
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
  unnamed: "since the program does not declare the object it refers to",
};

/** The notes on what the program leaves out of an object. */
export function notesOn(what: string, leftOut: readonly LeftOut[]): string[] {
  const reasons = [...new Set(leftOut.map(({ reason }) => reason))];
  return reasons.map((reason) => {
    const paths = leftOut.filter((one) => one.reason === reason).map(({ path }) => path);
    return `${what}: left out ${paths.join(", ")}, ${REASONS[reason]}.`;
  });
}

/** The same as a comment in the program, below any other comment. */
export function commented(comment: string | undefined, leftOut: readonly LeftOut[]): { comment?: string } {
  const paths = leftOut.map(({ path }) => path);
  const lines = [comment ?? [], paths.length === 0 ? [] : `Left out: ${paths.join(", ")}.`].flat();
  return lines.length === 0 ? {} : { comment: lines.join("\n") };
}

/** Whether Twilio returns a field and a program declares it; excludes create-only fields and provider options. */
function isTold({ change, pathParameter, writeOnly, internal }: FieldEntry["policy"]): boolean {
  return (change === "update" || change === "replace") && !pathParameter && !writeOnly && !internal;
}

/**
 * Leaves out what the checks refuse: Twilio keeps fields that a variant no longer uses, and some objects predate its
 * rules.
 */
function allowed(definition: Definition, inputs: JsonObject): { inputs: JsonObject; refused: string[] } {
  const refused: string[] = [];
  for (let said = inputs; ; ) {
    // Validate as for an update: Twilio does not return fields that only a create requires.
    const paths = validate(definition, said, said, trustFixed).problems.map(({ path }) => path.split("."));
    const path = paths.find(([name = ""]) => said[name] !== undefined);
    if (path === undefined) return { inputs: said, refused };
    const part = partWith(said, path);
    said = withoutPath(said, part.split("."));
    refused.push(part);
  }
}

/**
 * The path of the smallest part that can be left out to remove a path: a list or text as a whole, and a group that
 * lacks a field as a whole.
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
