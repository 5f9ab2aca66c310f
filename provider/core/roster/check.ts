import { type Checked, validate } from "../definition/validate";
import { isUnknown } from "../engine-transport";
import { isObject, type Json, type JsonObject, objectIn, sameJson, without } from "../json";
import type { Problem } from "../problem";
import { MEMBERS, type RosterDefinition, sharedFields } from "./definition";
import { at, isReserved, wantedIn } from "./member";

/** Problems shown; one more line gives the number of the others. */
const MAX_PROBLEMS = 25;

/** Checks each member like a resource of its own, then all of them together. */
export function checkMembers(definition: RosterDefinition, olds: JsonObject, inputs: JsonObject): Checked {
  const members = inputs[MEMBERS];
  if (!isObject(members)) return { inputs, problems: [] };
  const before = objectIn(olds, MEMBERS);
  const checked = Object.entries(members).map(
    ([label, member]) => [label, checkMember(definition, label, at(before, label), member)] as const,
  );
  const own = checked.map(([label, { inputs: one }]) => [label, one] as const);
  const whole = { ...inputs, [MEMBERS]: Object.fromEntries(own) };
  const problems = [
    ...checked.flatMap(([, one]) => one.problems),
    ...definition.limits(wantedIn(definition, whole).filter(({ label }) => !isReserved(label))),
  ];
  return { inputs: whole, problems: bounded(problems) };
}

function checkMember(
  definition: RosterDefinition,
  label: string,
  old: Json | undefined,
  member: Json | undefined,
): { inputs: Json | undefined; problems: Problem[] } {
  const path = `${MEMBERS}.${label}`;
  if (isUnknown(member)) return { inputs: member, problems: [] };
  // Members that a refresh showed come back from `ignoreChanges`, and stay unchanged.
  if (isReserved(label) && isObject(old) && sameJson(old, member)) return { inputs: member, problems: [] };
  if (!isObject(member))
    return {
      inputs: member,
      problems: [{ path, message: "is no member", hint: "Give an object, for example { identity }." }],
    };
  const misplaced = sharedFields(definition).filter((name) => name in member);
  const own = without(member, misplaced);
  const isSame = isObject(old) && definition.member.naturalKey.matches(own, old);
  const { inputs, problems } = validate(definition.element, isSame ? old : {}, own);
  return {
    inputs,
    problems: [
      ...labelProblems(label, path),
      ...misplaced.map((name) => ({
        path: `${path}.${name}`,
        message: "is set once, for all members",
        hint: `Give ${name} to the roster.`,
      })),
      ...problems.map((problem) => ({
        ...problem,
        path: problem.path === "" ? path : `${path}.${problem.path}`,
      })),
    ],
  };
}

function labelProblems(label: string, path: string): Problem[] {
  return isReserved(label) || label === ""
    ? [{ path, message: "is no label for a member", hint: "Take another name." }]
    : [];
}

function bounded(problems: Problem[]): Problem[] {
  if (problems.length <= MAX_PROBLEMS) return problems;
  const more = problems.length - MAX_PROBLEMS;
  return [...problems.slice(0, MAX_PROBLEMS), { path: MEMBERS, message: `has ${more} more problems` }];
}
