import * as pulumi from "@pulumi/pulumi";
import { isWellFormed, wellFormed } from "../../http/request";
import { joined, keyProblem, shownKey, textProblem, valueProblem } from "../engine-transport";
import { formProblem, isPlainObject, itemProblem } from "../json-form";
import { describeProblem, type Finding, type Problem } from "../problem";
import { ProgramError } from "./program-error";

/** A program says what the engine does not carry. */
export class UncarriedValueError extends ProgramError {
  override name = "UncarriedValueError";
}

/** Refuses what a program gives one resource. */
export type Refuse = (problem: Problem) => never;

export function refusalOf(type: string, name: string): Refuse {
  return (problem) => {
    throw new UncarriedValueError(wellFormed(`${type} ${name}: ${describeProblem(problem)}`));
  };
}

/** Refuses what has a path within what is at another. */
export function within(outer: string, refuse: Refuse): Refuse {
  return (problem) => refuse({ ...problem, path: joined(outer, problem.path) });
}

/** Above a value of attributes stand the arguments, the members, a member and the attributes themselves. */
const LEVELS_ABOVE = 4;

/**
 * What a program gives a resource. Refuses what the engine does not carry: the SDK fails on it before `check` is asked,
 * or the engine before the provider is, and neither says where it stands. What JSON has no form for the SDK empties, so
 * that `check` could not tell it from what is empty. What an output holds is refused as soon as it is known; of what
 * `pulumi.output` itself has copied, and emptied, nothing is left to see.
 */
export function carriedArgs<Args extends object>(name: string, args: Args, refuse: Refuse): Args {
  const named = isWellFormed(name) ? undefined : textProblem(name);
  if (named !== undefined) refuse({ path: "its name", ...named });
  // Of an object of a class its own fields are the arguments; what else the class has is the program's.
  const given = isPlainObject(args) || pulumi.Output.isInstance(args) ? args : { ...args };
  return carriedValue(given, { path: () => "", above: [] }, refuse) as Args;
}

interface Place {
  /** Told when it is needed: most values are carried. */
  readonly path: () => string;
  /** What the value stands in, outermost first. */
  readonly above: readonly object[];
  readonly isItem?: boolean;
}

const CYCLE: Finding = {
  message: "is an object that it stands in itself",
  cure: "Give what names it, such as its id, or leave it out.",
};

/** The value itself, or one like it in which the outputs are checked. */
function carriedValue(value: unknown, at: Place, refuse: Refuse): unknown {
  // An object with the key by which the SDK knows its outputs would pass for one.
  if (isObject(value) && !isPlainObject(value)) {
    const checked = (known: unknown) => carriedValue(known, at, refuse);
    if (pulumi.Output.isInstance(value)) return value.apply(checked);
    if (value instanceof Promise) return value.then(checked);
    // The SDK sends them as what they stand for.
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
