import * as pulumi from "@pulumi/pulumi";
import { isWellFormed, wellFormed } from "../http/request";
import { joined, keyProblem, shownKey, textProblem, valueProblem } from "./carriage";
import { describeProblem, type Problem } from "./problem";
import { ProgramError } from "./program-error";

/** A program says what the engine does not carry. */
export class UncarriedValueError extends ProgramError {
  override name = "UncarriedValueError";
}

/** Above a value of attributes stand the arguments, the members, a member and the attributes themselves. */
const LEVELS_ABOVE = 4;

/**
 * What a program gives a resource. Refuses what the engine does not carry: the SDK fails on it before `check` is asked,
 * or the engine before the provider is, and neither says where it stands. What an output holds is refused as soon as
 * it is known.
 */
export function carriedArgs<Args extends object>(type: string, name: string, args: Args): Args {
  const refuse = (problem: Problem): never => {
    throw new UncarriedValueError(wellFormed(`${type} ${name}: ${describeProblem(problem)}`));
  };
  const named = isWellFormed(name) ? undefined : textProblem(name);
  if (named !== undefined) refuse({ path: "its name", ...named });
  return carriedValue(args, () => "", -LEVELS_ABOVE, refuse) as Args;
}

/** Told when it is needed: most values are carried. */
type Path = () => string;
type Refuse = (problem: Problem) => never;

/** The value itself, or one like it in which the outputs are checked. */
function carriedValue(value: unknown, path: Path, level: number, refuse: Refuse): unknown {
  // An object with the key by which the SDK knows its outputs would pass for one.
  const isPlain = isPlainObject(value);
  const checked = (known: unknown) => carriedValue(known, path, level, refuse);
  if (!isPlain && pulumi.Output.isInstance(value)) return value.apply(checked);
  if (value instanceof Promise) return value.then(checked);
  const finding = isPlain || !isObject(value) ? valueProblem(value, level) : undefined;
  if (finding !== undefined) return refuse({ path: path(), ...finding });
  if (!isPlain) return value;
  if (Array.isArray(value)) {
    const items = value.map((item, at) => carriedValue(item, () => `${path()}[${at}]`, level + 1, refuse));
    return items.some((item, at) => item !== value[at]) ? items : value;
  }
  const members = Object.entries(value).map(([key, member]) => {
    const inner = () => joined(path(), shownKey(key));
    const named = keyProblem(key);
    if (named !== undefined) refuse({ path: inner(), ...named });
    return [key, member, carriedValue(member, inner, level + 1, refuse)] as const;
  });
  if (members.every(([, given, checked]) => given === checked)) return value;
  return Object.fromEntries(members.map(([key, , checked]) => [key, checked]));
}

function isObject(value: unknown): value is object {
  return typeof value === "object" && value !== null;
}

function isPlainObject(value: unknown): value is object {
  if (!isObject(value)) return false;
  const prototype: unknown = Object.getPrototypeOf(value);
  return Array.isArray(value) || prototype === Object.prototype || prototype === null;
}
