import { isObject, type Json, type JsonObject, sameJson, sameSet } from "../../core/json";
import { SECRET, TOO_DEEP } from "./value";

/** One value at three times: recorded, live at Twilio, planned by `up`. */
export interface Times<Value = Json> {
  readonly was: Value | undefined;
  readonly is: Value | undefined;
  readonly willBe: Value | undefined;
}

/** A field, or a key within one, whose value differs between those times. */
export interface Leaf extends Times {
  readonly path: readonly string[];
  /** It changed at Twilio. */
  readonly isOutside: boolean;
  /** `up` will change it. */
  readonly isWritten: boolean;
}

/** The paths that Pulumi's engine reports as different: for secrets, the only evidence. */
export interface Differing {
  readonly outside: readonly string[][];
  readonly program: readonly string[][];
}

/** Fields where null is a value. */
const JSON_FIELDS = new Set(["attributes"]);
/** Fields whose order does not matter. */
const SETS = new Set(["permissions", "filters"]);
/** Fields that change by themselves or are not part of the object. */
const NOISE =
  /^(__.*|dateCreated|dateUpdated|links|url|lastRead.*|secret(?:Attributes|Key|Members)|adopt|onClosed|resend)$/;

/** All differences of an object, by field, and by key within objects. */
export function leavesOf(times: Times<JsonObject>, differing: Differing): Leaf[] {
  return namesIn(times)
    .filter((name) => !NOISE.test(name))
    .flatMap((name) => leavesBelow([name], at(times, name), differing));
}

function leavesBelow(path: readonly string[], times: Times, differing: Differing): Leaf[] {
  const values = [times.was, times.is, times.willBe].filter((value) => value !== undefined);
  const isWhole = isEmptyChange(path, times.was, times.is) || isEmptyChange(path, times.is, times.willBe);
  if (values.length > 0 && values.every(isObject) && !isWhole) {
    const objects = times as Times<JsonObject>;
    return namesIn(objects).flatMap((name) => leavesBelow([...path, name], at(objects, name), differing));
  }
  const isOutside = differs(path, times.was, times.is, differing.outside);
  const isWritten = differs(path, times.is, times.willBe, differing.program);
  return isOutside || isWritten ? [{ path, ...times, isOutside, isWritten }] : [];
}

/** An object added or removed shows by its keys; an empty one has none to show. */
function isEmptyChange(
  [field = ""]: readonly string[],
  left: Json | undefined,
  right: Json | undefined,
): boolean {
  if (!JSON_FIELDS.has(field) || (left === undefined) === (right === undefined)) return false;
  const [one] = [left, right].filter(isObject);
  return one !== undefined && Object.keys(one).length === 0;
}

function namesIn({ was = {}, is = {}, willBe = {} }: Times<JsonObject>): string[] {
  return [...new Set([was, is, willBe].flatMap((values) => Object.keys(values)))];
}

function at({ was, is, willBe }: Times<JsonObject>, name: string): Times {
  const of = (values: JsonObject | undefined) =>
    values !== undefined && Object.hasOwn(values, name) ? values[name] : undefined;
  return { was: of(was), is: of(is), willBe: of(willBe) };
}

function differs(
  path: readonly string[],
  left: Json | undefined,
  right: Json | undefined,
  paths: readonly string[][],
): boolean {
  const [field = ""] = path;
  if (isHiding(left) && isHiding(right)) return paths.some((other) => isRelated(path, other));
  if (SETS.has(field)) return !sameSet(left, right);
  if (JSON_FIELDS.has(field)) return !sameJson(left, right);
  return !sameJson(left ?? undefined, right ?? undefined);
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
