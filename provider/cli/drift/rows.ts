import type { Json } from "../../core/json";
import { type Leaf, leavesOf, type Times } from "./leaf";
import type { Observation } from "./observation";
import { outcomeOf } from "./outcome";
import { CLASSES, type Row, type RowClass } from "./report/row";
import { conversationName, type NameOf, type Subject, subjectsOf } from "./subject";
import { AS_BEFORE, pathText, SECRET } from "./value";

/** The rows of one stack, without unmanaged members, which only lists show. */
export function rowsOf(stack: string, observations: readonly Observation[]): Row[] {
  const nameOf = namesIn(observations);
  const rows = observations.flatMap((observation) => {
    const own = subjectsOf(observation, nameOf).flatMap(rowsOfSubject);
    return own.length === 0 && isUnexplained(observation) ? [unexplained(observation, nameOf)] : own;
  });
  return rows.map((row) => ({ ...row, stack }));
}

type RowOfStack = Omit<Row, "stack">;

/** The names of the stack's conversations, by SID. */
export function namesIn(observations: readonly Observation[]): NameOf {
  const names = new Map<string, string>();
  for (const { type, name, recorded, live, planned } of observations) {
    const id = live?.id || recorded?.id;
    if (type !== "Conversation" || !id) continue;
    names.set(id, conversationName(planned?.inputs ?? live?.inputs ?? recorded?.inputs ?? {}) ?? name);
  }
  return (conversation) => names.get(conversation) ?? conversation;
}

/** Sorts by class and name; Pulumi's engine reports resources in no fixed order. */
export function inOrder(rows: readonly Row[]): Row[] {
  const rank = (row: Row) => String(CLASSES.indexOf(row.class));
  const keyOf = (row: Row) =>
    [rank(row), row.stack, row.conversation ?? "", row.resource, row.member ?? "", row.field] as const;
  return rows
    .map((row) => ({ row, key: keyOf(row) }))
    .sort((one, other) => compare(one.key, other.key))
    .map(({ row }) => row);
}

function compare(one: readonly string[], other: readonly string[]): number {
  const at = one.findIndex((part, index) => part !== other[index]);
  if (at === -1) return 0;
  return String(one[at]) < String(other[at]) ? -1 : 1;
}

function rowsOfSubject(subject: Subject): RowOfStack[] {
  const { recorded, live, planned, isReplaced } = subject;
  if (live === undefined && recorded !== undefined)
    return [existence(subject, "deleted-outside"), ...roleOfReturned(subject)];
  // Skip unrecorded roster members that the refresh found: the lists say more about them.
  if (recorded === undefined && live !== undefined && planned === undefined) return [];
  if (live === undefined) return planned === undefined ? [] : [...created(subject)];
  if (planned === undefined || subject.isSwept)
    return [existence(subject, "program-change"), ...driftOf(subject)];
  const isTakenOver = recorded === undefined;
  const leaves = leavesOf(subject.definition, subject, subject);
  const changes = isTakenOver ? leaves.flatMap(asNews) : leaves;
  return [
    ...(isReplaced || isTakenOver ? [existence(subject, "program-change")] : []),
    ...changes.map((leaf) => rowOf(subject, leaf)),
  ];
}

/** An adopted object has no recorded values, so nothing counts as drift. */
function asNews(leaf: Leaf): Leaf[] {
  return leaf.isWritten ? [{ ...leaf, isOutside: false }] : [];
}

/** An object about to be deleted may have had its role changed. */
function driftOf(subject: Subject): RowOfStack[] {
  const rows = leavesOf(
    subject.definition,
    { ...subject, planned: subject.live },
    { outside: subject.outside, program: [] },
  );
  const planned = ({ path: [name = ""], live }: Leaf) => {
    if (!subject.isReleased) return undefined;
    return subject.held?.state["before"] !== undefined && subject.recorded?.[name] !== undefined
      ? AS_BEFORE
      : live;
  };
  return rows
    .filter(isPromotion)
    .map((leaf) => rowOf({ ...subject, planned: undefined }, { ...leaf, planned: planned(leaf) }));
}

/** A member deleted outside is created again with the role that the program now declares. */
function roleOfReturned(subject: Subject): RowOfStack[] {
  const { member, roles, recorded, planned } = subject;
  if (member === undefined || planned === undefined) return [];
  const before = recorded?.["roleSid"] ?? roles.recorded;
  const after = planned["roleSid"] ?? roles.byDefault;
  if (after === undefined || after === null || after === before) return [];
  return [
    {
      ...about(subject),
      class: "role-promotion",
      field: "roleSid",
      ...(before !== undefined && { was: before }),
      willBe: after,
    },
  ];
}

function* created(subject: Subject): Generator<RowOfStack> {
  yield existence(subject, "program-change");
  const role = subject.member === undefined ? undefined : subject.planned?.["roleSid"];
  if (role !== undefined && role !== null)
    yield { ...about(subject), class: "program-change", field: "roleSid", willBe: role };
}

function existence(subject: Subject, kind: RowClass): RowOfStack {
  const { isReplaced, isReleased } = subject;
  const times = {
    was: subject.recorded !== undefined,
    is: subject.live !== undefined,
    willBe: (subject.planned !== undefined || isReleased === true) && subject.isSwept !== true,
  };
  return {
    ...about(subject),
    class: kind,
    field: "",
    ...times,
    ...(isReplaced && subject.planned !== undefined && { replaced: true }),
    ...(isReleased && { released: true }),
  };
}

function rowOf(subject: Subject, leaf: Leaf): RowOfStack {
  const times = leaf.path.join() === "roleSid" ? rolesAt(subject, leaf) : timesAt(subject, leaf);
  const values = [times.recorded, times.live, times.planned];
  // A value that is secret at one time gives away something about the others.
  const isSecret = values.some((value) => JSON.stringify(value ?? null).includes(SECRET));
  const shown = (name: "was" | "is" | "willBe", value: Json | undefined) =>
    value === undefined ? {} : { [name]: isSecret ? SECRET : value };
  return {
    ...about(subject),
    class: isPromotion(leaf) ? "role-promotion" : classOf(leaf),
    field: pathText(leaf.path),
    ...shown("was", times.recorded),
    ...shown("is", times.live),
    ...shown("willBe", times.planned),
  };
}

function classOf({ isOutside, isWritten }: Leaf): RowClass {
  if (!isOutside) return "program-change";
  return isWritten ? "drift-reverted" : "drift-kept";
}

/** A change of a member's role or of a default role, or added permissions, whoever made it. */
function isPromotion({ path: [field, ...below], recorded, live, planned }: Leaf): boolean {
  if (below.length > 0) return false;
  if (/roleSid$/i.test(field ?? "")) return true;
  return field === "permissions" && (hasMore(recorded, live) || hasMore(live, planned));
}

function hasMore(before: Json | undefined, after: Json | undefined): boolean {
  if (!Array.isArray(before) || !Array.isArray(after)) return false;
  return after.some((permission) => !before.includes(permission));
}

/** The roles in effect: where the program declares none, Twilio's assigned role counts, and returns. */
function rolesAt({ roles, planned }: Subject, leaf: Leaf): Times {
  const isReleased = leaf.recorded !== undefined && leaf.planned === undefined;
  const open = isReleased ? roles.byDefault : roles.assigned;
  return {
    recorded: leaf.recorded ?? roles.recorded,
    live: leaf.live ?? roles.live,
    planned: leaf.planned ?? (planned === undefined ? undefined : open),
  };
}

function timesAt({ held, planned, isReplaced }: Subject, leaf: Leaf): Times {
  if (held === undefined || planned === undefined) return leaf;
  const outcome = outcomeOf(held, planned, leaf);
  return { ...leaf, live: outcome.live, planned: isReplaced ? leaf.planned : outcome.planned };
}

function about({ resource, conversation, member }: Subject) {
  return {
    resource,
    ...(conversation !== undefined && { conversation }),
    ...(member !== undefined && { member }),
  };
}

/** An update that no input explains: the live values differ in a way that the engine does not name. */
function isUnexplained({ op, recorded, live, outside, program }: Observation): boolean {
  if (op !== "update" || recorded === undefined || live === undefined) return false;
  return [...outside, ...program].length === 0;
}

function unexplained(observation: Observation, nameOf: NameOf): RowOfStack {
  const [subject] = subjectsOf(observation, nameOf);
  if (subject === undefined) throw new Error(`${observation.urn} is about nothing`);
  return { ...about(subject), class: "drift-reverted", field: "(what Twilio holds)" };
}
