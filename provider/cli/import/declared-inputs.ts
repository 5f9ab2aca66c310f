import { type Definition, fieldsOf } from "../../engine/define";
import type { FieldEntry } from "../../engine/field";
import { isObject, type JsonObject, pick, sameJson } from "../../engine/json";
import { describeProblem } from "../../engine/problem";
import { isAsText, uncarriedPaths } from "../../engine/uncarried";
import { trustFixed, validate } from "../../engine/validate";
import { restrict } from "../../engine/wire";

/** What a program would say of a live object, and what of it a program may not say. */
export interface DeclaredInputs {
  readonly inputs: JsonObject;
  readonly refused: readonly string[];
}

/** `place` is what the program says of where it lives; `without` are the fields that it leaves to Twilio. */
export function declaredInputs(
  definition: Definition,
  live: JsonObject,
  place: JsonObject,
  without: readonly string[] = [],
): DeclaredInputs {
  const said = fieldsOf(definition)
    .filter(({ name, policy }) => isTold(policy) && !without.includes(name))
    .map((entry) => [entry.name, restrict(entry, live[entry.name]), entry] as const)
    .filter(([, value, { policy }]) => value !== undefined && !sameJson(value, policy.cleared))
    .map(([name, value]) => [name, value] as const);
  const whole: JsonObject = { ...place, ...Object.fromEntries(said) };
  const unsayable = unsayableIn(definition, live).filter((path) => !without.includes(path));
  const sayable = withoutPaths(whole, unsayable);
  const { inputs, refused } = allowed(definition, sayable);
  return { inputs, refused: [...unsayable.filter((path) => hasPath(whole, path)), ...refused] };
}

/** What Twilio holds of a live object and no text of a program can say. Attributes are then JSON text, which can. */
function unsayableIn(definition: Definition, live: JsonObject): string[] {
  return uncarriedPaths(live).filter((path) => !isAsText(definition, path));
}

/** Why no program can declare a live object; undefined where one can, if need be without some field. */
export function undeclarable(definition: Definition, live: JsonObject): string | undefined {
  const unsayable = unsayableIn(definition, live);
  if (unsayable.length === 0) return undefined;
  const whole = pick(
    live,
    fieldsOf(definition)
      .filter(({ policy }) => isTold(policy))
      .map(({ name }) => name),
  );
  const problemsOf = (values: JsonObject) => validate(definition, {}, values).problems.map(describeProblem);
  const before = new Set(problemsOf(whole));
  const isNeeded = problemsOf(withoutPaths(whole, unsayable)).some((problem) => !before.has(problem));
  return isNeeded ? unsayable.join(" and ") : undefined;
}

function withoutPaths(values: JsonObject, paths: readonly string[]): JsonObject {
  return paths.reduce((left, path) => withoutPath(left, path.split(".")), values);
}

function hasPath(values: JsonObject, path: string): boolean {
  return !sameJson(withoutPaths(values, [path]), values);
}

/** The note on what was refused, if anything was. */
export function leftOut(what: string, refused: readonly string[]): string[] {
  return refused.length === 0 ? [] : [`${what}: left out ${refused.join(", ")}, which no program may say.`];
}

/** The same in the program, below what else there is to say. */
export function commented(comment: string | undefined, refused: readonly string[]): { comment?: string } {
  const lines = [comment ?? [], refused.length === 0 ? [] : `Left out: ${refused.join(", ")}.`].flat();
  return lines.length === 0 ? {} : { comment: lines.join("\n") };
}

/** Twilio tells it, and a program would say it: not how an object was made, nor how the provider deals with it. */
function isTold({ change, located, writeOnly, internal }: FieldEntry["policy"]): boolean {
  return (change === "update" || change === "replace") && !located && !writeOnly && !internal;
}

/** Twilio keeps what a variant no longer uses, and some objects predate its rules. */
function allowed(definition: Definition, inputs: JsonObject): DeclaredInputs {
  const refused: string[] = [];
  for (let said = inputs; ; ) {
    // As in an update: what a create alone must have, Twilio does not tell.
    const [problem] = validate(definition, said, said, trustFixed).problems;
    const path = problem === undefined ? undefined : partWith(said, problem.path.split("."));
    if (path === undefined || refused.includes(path)) return { inputs: said, refused };
    const rest = withoutPath(said, path.split("."));
    refused.push(path);
    if (sameJson(rest, said)) return { inputs: said, refused };
    said = rest;
  }
}

/** The path of the least part that can be left out to be without what is at another path: of lists and texts, the whole. */
function partWith(values: JsonObject, [name = "", ...further]: readonly string[]): string {
  const value = values[name];
  return further.length === 0 || !isObject(value) ? name : `${name}.${partWith(value, further)}`;
}

function withoutPath(values: JsonObject, [name = "", ...further]: readonly string[]): JsonObject {
  const { [name]: value, ...rest } = values;
  if (further.length === 0 || !isObject(value)) return rest;
  return { ...rest, [name]: withoutPath(value, further) };
}
