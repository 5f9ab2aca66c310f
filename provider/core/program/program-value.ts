import * as pulumi from "@pulumi/pulumi";
import { isWellFormed, wellFormed } from "../../http/request";
import { joined, keyProblem, shownKey, textProblem, valueProblem } from "../engine-transport";
import { formProblem, isPlainObject, itemProblem } from "../json-form";
import { describeProblem, type Finding, type Problem } from "../problem";
import { ProgramError } from "./program-error";

/** The program gives a value that Pulumi's engine does not carry. */
export class UncarriedValueError extends ProgramError {
  override name = "UncarriedValueError";
}

/** Refuses a value that a program gives a resource. */
export type Refuse = (problem: Problem) => never;

export function refusalOf(type: string, name: string): Refuse {
  return (problem) => {
    throw new UncarriedValueError(wellFormed(`${type} ${name}: ${describeProblem(problem)}`));
  };
}

/** Prefixes the path of a refused value with an outer one. */
export function within(outer: string, refuse: Refuse): Refuse {
  return (problem) => refuse({ ...problem, path: joined(outer, problem.path) });
}

/** Levels above an attributes value: the arguments, the members, a member and the attributes. */
const LEVELS_ABOVE = 4;

/**
 * Checks a resource's arguments and returns them with their outputs checked. Refuses values that the engine does not
 * carry: the SDK fails on them before `check`, or the engine before the provider, and neither says where they are. The
 * SDK empties values without a JSON form, which `check` could not tell from empty ones. Values in outputs are refused
 * once known. Values that `pulumi.output` itself has copied and emptied cannot be detected.
 */
export function carriedArgs<Args extends object>(name: string, args: Args, refuse: Refuse): Args {
  const named = isWellFormed(name) ? undefined : textProblem(name);
  if (named !== undefined) refuse({ path: "its name", ...named });
  // For an object of a class only its own fields are arguments.
  const given = isPlainObject(args) || pulumi.Output.isInstance(args) ? args : { ...args };
  return carriedValue(given, { path: () => "", above: [] }, refuse) as Args;
}

interface Place {
  /** Computed only when needed: most values pass. */
  readonly path: () => string;
  /** The objects around the value, outermost first. */
  readonly above: readonly object[];
  readonly isItem?: boolean;
}

const CYCLE: Finding = {
  message: "is an object that it stands in itself",
  hint: "Give what names it, such as its id, or leave it out.",
};

/** The value itself, or a copy whose outputs are checked. */
function carriedValue(value: unknown, at: Place, refuse: Refuse): unknown {
  // A plain object with the key that marks the SDK's outputs would pass for an output.
  if (isObject(value) && !isPlainObject(value)) {
    const checked = (known: unknown) => carriedValue(known, at, refuse);
    if (pulumi.Output.isInstance(value)) return value.apply(checked);
    if (value instanceof Promise) return value.then(checked);
    // The SDK sends the resource or the unknown value that they stand for.
    if (pulumi.Resource.isInstance(value) || value === pulumi.unknown) return value;
  }
  const finding = problemOf(value, at);
  if (finding !== undefined) return refuse({ path: at.path(), ...finding });
  if (!isObject(value)) return value;
  const above = [...at.above, value];
  if (Array.isArray(value)) {
    const items = Array.from(value, (item: unknown, index) =>
      carriedValue(item, { path: () => `${at.path()}[${index}]`, above, isItem: true }, refuse),
    );
    return items.some((item, index) => item !== value[index]) ? items : value;
  }
  const members = Object.entries(value).map(([key, member]) => {
    const path = () => joined(at.path(), shownKey(key));
    const named = keyProblem(key);
    if (named !== undefined) refuse({ path: path(), ...named });
    return [key, member, carriedValue(member, { path, above }, refuse)] as const;
  });
  if (members.every(([, given, checked]) => given === checked)) return value;
  return Object.fromEntries(members.map(([key, , checked]) => [key, checked]));
}

function problemOf(value: unknown, { above, isItem }: Place): Finding | undefined {
  const formless = isItem === true ? itemProblem(value) : formProblem(value);
  if (formless !== undefined) return formless;
  return isObject(value) && above.includes(value) ? CYCLE : valueProblem(value, above.length - LEVELS_ABOVE);
}

function isObject(value: unknown): value is object {
  return typeof value === "object" && value !== null;
}
