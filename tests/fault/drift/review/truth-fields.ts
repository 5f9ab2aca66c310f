import { fieldsOf, isSingleton } from "../../../../provider/core/definition/define";
import { type FieldEntry, isSame, nestedFields, restrict } from "../../../../provider/core/definition/field";
import { isObject, type Json, type JsonObject, sameJson } from "../../../../provider/core/json";
import { projectToDeclared } from "../../../../provider/core/state/nested";
import type { Managed } from "./truth";

/** A value at three times, by what was declared and by what the simulator held. */
export interface FieldTruth {
  readonly path: readonly string[];
  readonly was?: Json | undefined;
  readonly is?: Json | undefined;
  readonly willBe?: Json | undefined;
  /** Somebody else changed what was declared, or is watched. */
  readonly isOutside: boolean;
  /** The `up` has changed it, or the program has come or ceased to say it. */
  readonly isWritten: boolean;
}

interface Times {
  readonly was: Json | undefined;
  readonly is: Json | undefined;
  readonly willBe: Json | undefined;
}

/** What changes by itself, what only later operations need, and what counts when it is created. */
const NOT_TOLD = /^(lastRead.*)$/;
const SECRET = "(secret)";
const SIGNATURE = "4dabf18193072939515e22adb298388d";

/** The differences of an object that stays, or that another takes the place of. */
export function fieldTruths(
  before: Managed,
  after: Managed,
  was: JsonObject,
  now: JsonObject,
  isReplaced: boolean,
  isTakenOver = false,
): FieldTruth[] {
  return (
    fieldsOf(after.definition)
      .filter(({ name, policy }) => policy.internal !== true && !NOT_TOLD.test(name) && name !== "members")
      .filter(({ policy }) => policy.change === "update" || policy.change === "replace")
      // What is taken over is where it is, and where the members of a roster are, the roster says once.
      .filter(({ policy }) => policy.pathParameter !== true || !(isTakenOver || after.label !== undefined))
      .flatMap((entry) => {
        const [first, last] = [before.inputs[entry.name], after.inputs[entry.name]].map(revealed);
        if (first === undefined && last === undefined) return [];
        // What nobody can see is as it was said.
        const isTold = entry.policy.writeOnly !== true && entry.policy.pathParameter !== true;
        const is = isTold ? seen(entry, first, last, was) : first;
        const isLater = isTold && !(isReplaced && last === undefined);
        const willBe = sameWords(entry, is, isLater ? seen(entry, last, first, now) : last, now);
        const isSecret = (path: readonly string[]) =>
          [before, after].some(({ inputs }) => isSecretAt(inputs, path));
        const isLent = isSingleton(after.definition) || before.outputs["before"] !== undefined;
        const isGivenBack = isLent && first !== undefined && last === undefined && !isReplaced;
        const said = { first, last, isGivenBack };
        return leaves(entry, [entry.name], { was: first, is, willBe }, said, isSecret);
      })
  );
}

/** What Twilio holds of what is declared at either time; as it is declared where that means the same. */
function seen(
  entry: FieldEntry,
  declared: Json | undefined,
  other: Json | undefined,
  live: JsonObject,
): Json | undefined {
  if (entry.policy.json === true) {
    const value = live[entry.name] ?? undefined;
    return declared !== undefined && sameJson(declared, value) ? declared : value;
  }
  const whole = restrict(entry, live[entry.name]);
  return shaped(entry, declared, other, whole, live);
}

function shaped(
  entry: FieldEntry,
  declared: Json | undefined,
  other: Json | undefined,
  live: Json | undefined,
  state: JsonObject,
): Json | undefined {
  const members = nestedFields(entry);
  if (entry.policy.writeOnly === true) return declared;
  if (members === undefined || !(isObject(declared) || isObject(other)))
    return declared !== undefined && isSame(entry, declared, projectToDeclared(entry, declared, live), state)
      ? declared
      : live;
  const parts = members.flatMap((member) => {
    const [mine, others, found] = [declared, other, live].map((value) =>
      isObject(value) ? value[member.name] : undefined,
    );
    if (mine === undefined && others === undefined) return [];
    return [[member.name, shaped(member, mine, others, found, state)] as const];
  });
  const told = parts.filter(([, value]) => value !== undefined);
  return told.length === 0 ? undefined : Object.fromEntries(told);
}

/** What the program said before and says now, of a field or of a part of one. */
interface Said {
  readonly first: Json | undefined;
  readonly last: Json | undefined;
  /** What was there before the program comes back. */
  readonly isGivenBack?: boolean;
}

/** Another spelling of the same is no other value. */
function sameWords(
  entry: FieldEntry,
  known: Json | undefined,
  value: Json | undefined,
  state: JsonObject,
): Json | undefined {
  if (known === undefined || value === undefined || entry.policy.json === true) return value;
  const members = nestedFields(entry);
  if (members === undefined || !isObject(known) || !isObject(value))
    return isSame(entry, known, value, state) ? known : value;
  return Object.fromEntries(
    members.flatMap((member) => {
      const part = sameWords(member, known[member.name], value[member.name], state);
      return part === undefined ? [] : [[member.name, part]];
    }),
  );
}

function leaves(
  entry: FieldEntry,
  path: readonly string[],
  times: Times,
  declared: Said,
  isSecret: (path: readonly string[]) => boolean,
): FieldTruth[] {
  const values = Object.values(times).filter((value) => value !== undefined);
  const isJson = entry.policy.json === true;
  const isTop = path.length === 1;
  // What is taken back as a whole is told as a whole where it has no key.
  const after = isTop ? declared.last && times.willBe : times.willBe;
  const isWhole =
    isJson &&
    (isEmptyChange(times.was, times.is) ||
      isEmptyChange(times.is, after) ||
      (isTop && declared.isGivenBack === true));
  if (values.length > 0 && values.every(isObject) && !isWhole) {
    const names = new Set(values.flatMap((value) => Object.keys(value as JsonObject)));
    return [...names].flatMap((name) => {
      const at = (value: Json | undefined) => (isObject(value) ? value[name] : undefined);
      const member = nestedFields(entry)?.find((each) => each.name === name) ?? entry;
      const part = { was: at(times.was), is: at(times.is), willBe: at(times.willBe) };
      const said = isJson ? declared : { first: at(declared.first), last: at(declared.last) };
      return leaves(member, [...path, name], part, said, isSecret);
    });
  }
  const isOutside = declared.first !== undefined && !same(entry, times.was, times.is);
  const isSaid = (declared.first === undefined) !== (declared.last === undefined) && (!isJson || isTop);
  const isWritten = isSaid || !same(entry, times.is, times.willBe);
  if (!isOutside && !isWritten) return [];
  const hidden = Object.entries(times).map(([name, value]) => [name, value === undefined ? value : SECRET]);
  return [{ path, ...(isSecret(path) ? Object.fromEntries(hidden) : times), isOutside, isWritten }];
}

function isEmptyChange(left: Json | undefined, right: Json | undefined): boolean {
  const [one] = [left, right].filter(isObject);
  return (left === undefined) !== (right === undefined) && one !== undefined && Object.keys(one).length === 0;
}

function same({ name, policy }: FieldEntry, left: Json | undefined, right: Json | undefined): boolean {
  if (/^(permissions|filters)$/.test(name)) return sameJson(sorted(left), sorted(right));
  if (policy.json === true) return sameJson(left, right) && (left === undefined) === (right === undefined);
  return sameJson(left ?? null, right ?? null);
}

function sorted(value: Json | undefined): Json {
  return Array.isArray(value) ? [...value].sort() : (value ?? null);
}

/** An exported value, as the program gave it. */
function revealed(value: Json | undefined): Json | undefined {
  if (Array.isArray(value)) return value.map((item) => revealed(item) ?? null);
  if (!isObject(value)) return value;
  if (SIGNATURE in value) return JSON.parse(String(value["plaintext"])) as Json;
  return Object.fromEntries(Object.entries(value).map(([key, item]) => [key, revealed(item)]));
}

/** Whether something on the way there, or in it, is a secret. */
function isSecretAt(value: Json | undefined, [name, ...rest]: readonly string[]): boolean {
  if (isObject(value) && SIGNATURE in value) return true;
  if (name === undefined) return JSON.stringify(value ?? null).includes(SIGNATURE);
  return isObject(value) && isSecretAt(value[name], rest);
}
