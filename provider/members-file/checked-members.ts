import type { Input } from "@pulumi/pulumi";
import { parseAttributes } from "../core/attributes";
import { spellingHint } from "../core/definition/did-you-mean";
import { type Checked, validate } from "../core/definition/validate";
import { keyProblem, TOO_DEEP, textProblem, uncarriedIn } from "../core/engine-transport";
import { isObject, type Json, type JsonObject, parseJson } from "../core/json";
import type { Problem } from "../core/problem";
import { memberKey, type RosterMemberArgs, roster } from "../resources";
import { type Entry, type Parsed, problemOf } from "./entry";
import type { FileProblem } from "./members-file-error";

export type Roles = Readonly<Record<string, Input<string>>>;
export type Members = Record<string, RosterMemberArgs>;

/** The members by label, each checked as a preview checks a participant. */
export function checkedMembers(
  { entries, problems }: Parsed,
  roles: Roles,
): { members: Members; problems: FileProblem[] } {
  const seen: Seen = { people: new Map(), labels: new Map() };
  const found = [...problems];
  const members = entries.map((entry): [string, RosterMemberArgs] => {
    const { inputs, problems: own } = asMember(entry.fields);
    const role = roleOf(entry, roles);
    const label = entry.label ?? labelIn(inputs);
    const all = [
      ...own,
      ...role.problems,
      ...labelProblems(entry, label),
      ...(isNameless(entry, own) ? [] : identityProblems(entry, inputs, label, seen)),
    ];
    found.push(...all.map((problem) => problemOf(entry, problem)));
    return [
      label ?? "",
      { ...inputs, ...(role.sid !== undefined && { roleSid: role.sid }) } as RosterMemberArgs,
    ];
  });
  return { members: Object.fromEntries(members), problems: found };
}

/** Faulty values, such as rounded numbers, may be equal without naming the same person. */
function isNameless(entry: Entry, problems: readonly Problem[]): boolean {
  return entry.isNameless === true || problems.some(({ path }) => /^(identity|messagingBinding)/.test(path));
}

function asMember({ attributes, ...fields }: JsonObject): Checked {
  const declared = { ...fields, attributes: parseAttributes(attributes) as Json | undefined };
  const { inputs, problems } = validate(roster.element, {}, declared);
  const uncarried = uncarriedProblems(attributes, fields);
  return { inputs, problems: [...uncarried, ...problems.filter(({ path }) => path !== uncarried[0]?.path)] };
}

/** Problems that the resource would report too late to know the line. */
function uncarriedProblems(attributes: Json | undefined, fields: JsonObject): Problem[] {
  const parsed = typeof attributes === "string" ? parseJson(attributes) : { value: attributes };
  if ("problem" in parsed && parsed.problem === "depth") return [{ path: "attributes", ...TOO_DEEP }];
  // A reader has replaced faulty values with unknowns and reported them; they are no text of the file.
  const { groupMms: _groupMms, ...texts } = fields;
  const problem = uncarriedIn({ ...texts, attributes: "value" in parsed ? parsed.value : undefined });
  return problem === undefined ? [] : [problem];
}

/** Checks the label as a key among the members. A lone surrogate in a default label is reported at its source. */
function labelProblems({ label: given }: Entry, label = ""): Problem[] {
  const problem = label === "" ? undefined : keyProblem(label);
  const isTold = given === undefined && textProblem(label) !== undefined;
  return problem === undefined || isTold ? [] : [{ path: "label", ...problem, hint: LABEL }];
}

/** Problems of the program's `roles`, where their SIDs are known. */
export function roleProblems(roles: Roles): Problem[] {
  return Object.entries(roles).flatMap(([name, roleSid]) => {
    const path = `roles.${name}`;
    if (roleSid === undefined || roleSid === null) return [{ path, message: "has no value", hint: ROLE }];
    if (typeof roleSid !== "string") return [];
    const { problems } = asMember({ identity: "somebody", roleSid });
    return problems.map((problem) => ({ ...problem, path }));
  });
}

const ROLE = "Give the SID of a role, such as role.id.";

function roleOf({ role, fields }: Entry, roles: Roles): { sid?: Input<string>; problems: Problem[] } {
  if (role === undefined) return { problems: [] };
  const names = Object.keys(roles);
  const both = "cannot be combined with roleSid";
  if (fields["roleSid"] !== undefined && fields["roleSid"] !== null)
    return { problems: [{ path: "role", message: both, hint: "Give one of the two." }] };
  if (names.includes(role)) return { sid: roles[role], problems: [] };
  const offer =
    names.length === 0
      ? "Give them to membersFromFile: { roles: { NAME: role.id } }."
      : `Use ${names.join(", ")}.`;
  const hint = spellingHint(role, names, offer);
  return { problems: [{ path: "role", message: "is none of the roles that the program gives", hint }] };
}

/** The people and labels so far, with their lines. */
interface Seen {
  readonly people: Map<string, number>;
  readonly labels: Map<string, number>;
}

function identityProblems(
  { whereIs }: Entry,
  inputs: JsonObject,
  label: string | undefined,
  { people, labels }: Seen,
): Problem[] {
  const person = memberKey(inputs);
  const line = whereIs("").line;
  const double = person === undefined ? undefined : heldBefore(people, person, line);
  if (double !== undefined)
    return [{ path: namingPath(inputs), message: isThatOf(double), hint: "Remove one of the two." }];
  if (label === undefined)
    return person === undefined || inputs["identity"] !== undefined
      ? []
      : [{ path: "label", message: "is missing, and there is no identity or address for it", hint: LABEL }];
  const holder = heldBefore(labels, label, line);
  return holder === undefined ? [] : [{ path: "label", message: isThatOf(holder), hint: LABEL }];
}

/** The line of the first member with this name, unless it is this one. */
function heldBefore(lines: Map<string, number>, name: string, line: number): number | undefined {
  const first = lines.get(name);
  if (first === undefined) lines.set(name, line);
  return first;
}

function isThatOf(line: number): string {
  return `is that of the member in line ${line} too`;
}

const LABEL = "Give the member a label of its own.";

function labelIn({ identity, messagingBinding }: JsonObject): string | undefined {
  const address = isObject(messagingBinding) ? messagingBinding["address"] : undefined;
  return [identity, address].find((name) => typeof name === "string");
}

/** The field that identifies the member. */
function namingPath({ identity, messagingBinding: binding }: JsonObject): string {
  if (identity !== undefined) return "identity";
  return isObject(binding) && binding["address"] !== undefined
    ? "messagingBinding.address"
    : "messagingBinding.projectedAddress";
}
