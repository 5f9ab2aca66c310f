import type { RowClass } from "../../../../provider/cli/drift/report/row";
import { pathText } from "../../../../provider/cli/drift/value";
import { type Json, type JsonObject, objectIn } from "../../../../provider/core/json";
import type { Store } from "./store";
import { type Course, coursesOf, isMember, isThere, type Managed } from "./truth";
import { type FieldTruth, fieldTruths } from "./truth-fields";

/** A row as a report has it, without the words for people. */
export interface TrueRow {
  readonly class: RowClass;
  readonly resource: string;
  readonly field: string;
  readonly was?: Json | undefined;
  readonly is?: Json | undefined;
  readonly willBe?: Json | undefined;
  readonly replaced?: true;
  readonly released?: true;
  /** Of a member that nobody declared, its SID. */
  readonly sid?: string;
}

/** What is known of one cell: what its stack held and what Twilio did, before and after a real `up`. */
export interface Evidence {
  readonly before: readonly Managed[];
  readonly after: readonly Managed[];
  readonly found: Store;
  readonly left: Store;
  readonly renamed: Readonly<Record<string, string>>;
}

/** The rows that tell the truth: what differs between the three times, and nothing else. */
export function trueRows({ before, after, found, left, renamed }: Evidence): TrueRow[] {
  const courses = coursesOf(before, after, renamed, found);
  return courses.flatMap((course) => rowsOf(course, found, left));
}

function rowsOf({ before, after }: Course, found: Store, left: Store): TrueRow[] {
  const one = before ?? after;
  const now = after ?? before;
  if (one === undefined || now === undefined) return [];
  const { resource } = now;
  const was = before !== undefined;
  // A roster is no object: it is as long as its conversation is, and a stack has it.
  const isRoster = now.type === "Roster" && now.label === undefined;
  const is = isThere(one, found) && (!isRoster || was);
  const isRetained = isRoster && after === undefined && isAnyLeft(one, left);
  const willBe = isThere(now, left) && (!isRoster || after !== undefined || isRetained);
  const isReplaced = before !== undefined && after !== undefined && is && before.key !== after.key;
  const isReleased = isRoster
    ? isRetained
    : was && is && isThere(before, left) && (after === undefined || isReplaced) && one.label === undefined;
  const isGone = was && !is;
  const existence: TrueRow = {
    class: isGone ? "deleted-outside" : "program-change",
    resource,
    field: "",
    was,
    is,
    willBe,
    ...(isReplaced && { replaced: true }),
    ...(isReleased && { released: true }),
  };
  const isNews = !was || was !== is || is !== willBe || isReplaced || isReleased;
  const existenceRows = isNews ? [existence] : [];
  const rows = fieldRows({ before, after }, found, left, isReplaced).map((row) => ({ resource, ...row }));
  return [...existenceRows, ...rows];
}

/** Whether somebody is there whom the roster has held. */
function isAnyLeft({ outputs }: Managed, left: Store): boolean {
  return Object.values(objectIn(outputs, "sids")).some((sid) => left.has(String(sid)));
}

function fieldRows(
  { before, after }: Course,
  found: Store,
  left: Store,
  isReplaced: boolean,
): Omit<TrueRow, "resource">[] {
  const one = before ?? after;
  if (one === undefined) return [];
  const live = liveIn(one, found);
  const now = after && liveIn(after, left);
  if (before !== undefined && live === undefined) return roleOfReturned(before, after, now);
  if (before === undefined && live === undefined) return roleOfCreated(after);
  if (live === undefined) return [];
  if (after === undefined || now === undefined)
    return before === undefined ? [] : promotions(before, live, left);
  const first = before ?? { ...after, inputs: {} };
  const fields = fieldTruths(first, after, live, now, isReplaced, before === undefined).filter(
    (field) => before !== undefined || isOther(field),
  );
  const roles = before === undefined ? [] : roleRow(before, after, live, now, isReplaced);
  return [
    ...fields.filter(({ path }) => !isRolePath(path, one)).map(rowOf),
    ...roles,
    ...takenRole(before, fields, one),
  ];
}

function isRolePath(path: readonly string[], { type, label }: Managed): boolean {
  return path.join() === "roleSid" && (label !== undefined || type === "Participant" || type === "User");
}

/** Of what is taken over only what changes. */
function isOther({ is, willBe }: FieldTruth): boolean {
  return JSON.stringify(is ?? null) !== JSON.stringify(willBe ?? null);
}

function takenRole(before: Managed | undefined, fields: readonly FieldTruth[], one: Managed) {
  return before === undefined ? fields.filter(({ path }) => isRolePath(path, one)).map(rowOf) : [];
}

function liveIn(one: Managed, store: Store): JsonObject | undefined {
  if (one.type === "Roster" && one.label === undefined) return isThere(one, store) ? {} : undefined;
  return store.get(one.key);
}

function rowOf(field: FieldTruth): Omit<TrueRow, "resource"> {
  const { path, was, is, willBe, isOutside, isWritten } = field;
  const kind = isPromotion(field) ? "role-promotion" : classOf(isOutside, isWritten);
  return { class: kind, field: pathText(path), was, is, willBe };
}

function classOf(isOutside: boolean, isWritten: boolean): RowClass {
  if (!isOutside) return "program-change";
  return isWritten ? "drift-reverted" : "drift-kept";
}

function isPromotion({ path, was, is, willBe }: FieldTruth): boolean {
  const [field = ""] = path;
  if (path.length > 1) return false;
  if (/roleSid$/i.test(field)) return true;
  return field === "permissions" && (gains(was, is) || gains(is, willBe));
}

function gains(one: Json | undefined, other: Json | undefined): boolean {
  return Array.isArray(one) && Array.isArray(other) && other.some((permission) => !one.includes(permission));
}

const roleOf = (values: JsonObject | undefined) => (values?.["roleSid"] ?? undefined) as Json | undefined;
const hasRole = (one: Managed | undefined) => one !== undefined && (isMember(one) || one.type === "User");

function roleRow(
  before: Managed,
  after: Managed,
  live: JsonObject,
  now: JsonObject,
  isReplaced: boolean,
): Omit<TrueRow, "resource">[] {
  if (!hasRole(after)) return [];
  const was = roleOf(before.inputs) ?? roleOf(before.outputs);
  const [is, willBe] = [roleOf(live), roleOf(now)];
  const isSaid = (roleOf(before.inputs) === undefined) !== (roleOf(after.inputs) === undefined);
  // What was ignored stands in the state by then.
  const isOpen = roleOf(before.inputs) === undefined && roleOf(after.inputs) === undefined;
  // Of a new member it is Twilio's again.
  const isDifferent = was !== is || (is !== willBe && !(isReplaced && isOpen));
  return isDifferent || isSaid ? [{ class: "role-promotion", field: "roleSid", was, is, willBe }] : [];
}

function roleOfReturned(before: Managed, after: Managed | undefined, now: JsonObject | undefined) {
  if (after === undefined || now === undefined || !isMember(after)) return [];
  const [was, willBe] = [roleOf(before.inputs) ?? roleOf(before.outputs), roleOf(now)];
  return was === willBe
    ? []
    : [{ class: "role-promotion" as const, field: "roleSid", was, is: undefined, willBe }];
}

function roleOfCreated(after: Managed | undefined): Omit<TrueRow, "resource">[] {
  const role = after && roleOf(after.inputs);
  if (after === undefined || role === undefined || !isMember(after)) return [];
  return [{ class: "program-change", field: "roleSid", willBe: role }];
}

/** Who goes may have got another role before, and a role other permissions. */
function promotions(before: Managed, live: JsonObject, left: Store): Omit<TrueRow, "resource">[] {
  const now = left.get(before.key);
  const truths = fieldTruths(before, before, live, live, false).filter(isPromotion);
  const told = truths.map((field) => {
    const [name = ""] = field.path;
    return { ...rowOf(field), willBe: now?.[name] ?? undefined };
  });
  if (!hasRole(before) || truths.some(({ path }) => path.join() === "roleSid")) return told;
  const [was, is] = [roleOf(before.inputs) ?? roleOf(before.outputs), roleOf(live)];
  const role = { class: "role-promotion" as const, field: "roleSid", was, is, willBe: roleOf(now) };
  return was === is ? told : [...told, role];
}

/** In conversations that the stack declares and goes on declaring, those whom neither stack knows. */
export function trueStrangers({ before, after, found, left }: Evidence): TrueRow[] {
  const known = new Set([...before, ...after].map(({ key }) => key));
  const rows: TrueRow[] = [];
  const seen = new Set<string>();
  for (const [resource, conversation] of watched(before, after, found)) {
    if (seen.has(conversation)) continue;
    seen.add(conversation);
    for (const [sid, live] of found)
      if (sid.startsWith("MB") && live["conversationSid"] === conversation && !known.has(sid))
        rows.push({
          class: "undeclared-member",
          resource,
          field: "",
          sid,
          was: false,
          is: true,
          willBe: left.has(sid),
        });
  }
  return rows;
}

function watched(before: readonly Managed[], after: readonly Managed[], found: Store): [string, string][] {
  const later = (one: Managed) =>
    after.find(({ key, resource }) => key === one.key || resource === one.resource) ?? undefined;
  const conversations = before.flatMap((one) => {
    const heir = later(one);
    return one.type === "Conversation" && heir && found.has(one.key)
      ? [[heir.resource, one.key] as const]
      : [];
  });
  // What is taken over is declared from then on.
  const adopted = after
    .filter(({ type, key }) => type === "Conversation" && found.has(key))
    .map(({ resource, key }) => [resource, key] as const);
  const rosters = before.flatMap((one) => {
    const sid = String(one.outputs["resolvedConversationSid"] ?? one.outputs["conversationSid"]);
    const heir = one.type === "Roster" && one.label === undefined ? later(one) : undefined;
    return heir?.key === one.key && found.has(sid) ? [[heir.resource, sid] as const] : [];
  });
  return [...conversations, ...adopted, ...rosters].map(([resource, sid]) => [resource, sid]);
}
