import { type Definition, fieldsOf } from "../../core/definition/define";
import { isObject, type Json, type JsonObject, sameJson } from "../../core/json";
import { SECRET, TOO_DEEP } from "./value";

/** One value at three times: in the state, at Twilio, after an `up`. */
export interface Times<Value = Json> {
  readonly recorded: Value | undefined;
  readonly live: Value | undefined;
  readonly planned: Value | undefined;
}

/** A field, or a key within one, whose value differs between the three times. */
export interface Leaf extends Times {
  readonly path: readonly string[];
  /** Somebody changed it at Twilio. */
  readonly isOutside: boolean;
  /** An `up` changes it. */
  readonly isWritten: boolean;
}

/** The paths that differ according to Pulumi's engine: the only evidence of a changed secret. */
export interface Differing {
  readonly outside: readonly string[][];
  readonly program: readonly string[][];
}

/** The engine's own keys, and outputs that no program declares. */
const NOISE = /^(__.*|dateCreated|dateUpdated|links|url)$/;

/** All differences of an object, by field, and by key within objects. */
export function leavesOf(
  definition: Definition | undefined,
  times: Times<JsonObject>,
  differing: Differing,
): Leaf[] {
  const fields = new Map(definition && fieldsOf(definition).map(({ name, policy }) => [name, policy]));
  return namesIn(times)
    .filter((name) => !NOISE.test(name) && fields.get(name)?.change !== "local")
    .filter((name) => definition?.volatile.includes(name) !== true)
    .flatMap((name) => leavesBelow([name], at(times, name), differing, fields.get(name)?.json === true));
}

/** Null counts as a value only within a JSON value. */
function leavesBelow(path: readonly string[], times: Times, differing: Differing, isJson: boolean): Leaf[] {
  const values = [times.recorded, times.live, times.planned].filter((value) => value !== undefined);
  const isWhole =
    isJson && (isEmptyChange(times.recorded, times.live) || isEmptyChange(times.live, times.planned));
  if (values.length > 0 && values.every(isObject) && !isWhole) {
    const objects = times as Times<JsonObject>;
    return namesIn(objects).flatMap((name) =>
      leavesBelow([...path, name], at(objects, name), differing, isJson),
    );
  }
  const isOther = (left: Json | undefined, right: Json | undefined, paths: readonly string[][]) =>
    isHiding(left) && isHiding(right)
      ? paths.some((other) => isRelated(path, other))
      : !sameJson(isJson ? left : (left ?? undefined), isJson ? right : (right ?? undefined));
  const isOutside = isOther(times.recorded, times.live, differing.outside);
  const isWritten = isOther(times.live, times.planned, differing.program);
  return isOutside || isWritten ? [{ path, ...times, isOutside, isWritten }] : [];
}

/** An object added or removed shows by its keys; an empty one has none to show. */
function isEmptyChange(left: Json | undefined, right: Json | undefined): boolean {
  if ((left === undefined) === (right === undefined)) return false;
  const [one] = [left, right].filter(isObject);
  return one !== undefined && Object.keys(one).length === 0;
}

function namesIn({ recorded = {}, live = {}, planned = {} }: Times<JsonObject>): string[] {
  return [...new Set([recorded, live, planned].flatMap((values) => Object.keys(values)))];
}

function at({ recorded, live, planned }: Times<JsonObject>, name: string): Times {
  const of = (values: JsonObject | undefined) =>
    values !== undefined && Object.hasOwn(values, name) ? values[name] : undefined;
  return { recorded: of(recorded), live: of(live), planned: of(planned) };
}

/** Whether a value hides something from this report. */
function isHiding(value: Json | undefined): boolean {
  if (Array.isArray(value)) return value.some(isHiding);
  return isObject(value) ? Object.values(value).some(isHiding) : value === SECRET || value === TOO_DEEP;
}

function isRelated(left: readonly string[], right: readonly string[]): boolean {
  const length = Math.min(left.length, right.length);
  return sameJson(left.slice(0, length), right.slice(0, length));
}
