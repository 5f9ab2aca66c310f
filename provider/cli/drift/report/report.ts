import type { Json } from "../../../core/json";
import { printableLine } from "../../../http/redaction/printable";
import { counted } from "../../terminal/text";
import { CLASSES, type Row, type RowClass, WORDS } from "./row";

/** The result of one review over all its stacks. */
export interface Report {
  /** UTC, ISO 8601. */
  readonly madeAt: string;
  /** Of this package. */
  readonly version: string;
  readonly stacks: readonly StackFacts[];
  /** Sorted by class. */
  readonly rows: readonly Row[];
  /** Role names by SID. */
  readonly roles: ReadonlyMap<string, string>;
}

export interface StackFacts {
  readonly stack: string;
  readonly resources: number;
  /** SIDs of the accounts of its resources. */
  readonly accounts: readonly string[];
  /** The conversations and all their listed members, for the picture. */
  readonly conversations: readonly SeenConversation[];
}

export interface SeenConversation {
  readonly name: string;
  readonly members: readonly string[];
}

export interface Column {
  readonly title: string;
  readonly text: (row: Row) => string;
}

export function countOf(rows: readonly Row[], kind: RowClass): number {
  return rows.filter((row) => row.class === kind).length;
}

/** The classes that have rows, each with its rows. */
export function sectionsOf({ rows }: Report): { kind: RowClass; title: string; rows: Row[] }[] {
  return CLASSES.map((kind) => ({
    kind,
    title: WORDS[kind].title,
    rows: rows.filter((row) => row.class === kind),
  })).filter((section) => section.rows.length > 0);
}

/** The summary in one line. */
export function summaryOf({ stacks, rows }: Report): string {
  const [only] = stacks;
  const where =
    only !== undefined && stacks.length === 1
      ? `Stack ${printableLine(only.stack)}`
      : `${stacks.length} stacks`;
  if (rows.length === 0) {
    const count = stacks.reduce((sum, { resources }) => sum + resources, 0);
    return `${where}: nothing differs in ${counted(count, "resource")}.`;
  }
  const counts = CLASSES.flatMap((kind) => {
    const count = countOf(rows, kind);
    return count === 0 ? [] : [counted(count, ...WORDS[kind].counted)];
  });
  return `${where}: ${counts.join(", ")}.`;
}

/** The columns that this report needs; each text is one line. */
export function columnsOf({ stacks, roles }: Report): Column[] {
  const value = (name: "was" | "is" | "willBe") => (row: Row) => valueText(row, name, roles);
  const columns: Column[] = [
    ...(stacks.length > 1 ? [{ title: "stack", text: (row: Row) => row.stack }] : []),
    { title: "resource", text: ({ resource }) => resource },
    { title: "conversation", text: ({ conversation = "" }) => conversation },
    { title: "member", text: ({ member = "" }) => member },
    { title: "field", text: ({ field }) => field },
    { title: "was", text: value("was") },
    { title: "is", text: value("is") },
    { title: "will be", text: value("willBe") },
  ];
  return columns.map(({ title, text }) => ({ title, text: (row) => printableLine(text(row)) }));
}

function valueText(row: Row, name: "was" | "is" | "willBe", roles: Report["roles"]): string {
  const value = row[name];
  if (row.field !== "") return value === undefined ? "" : jsonText(value, roles);
  if (value !== true) return "not there";
  if (name === "willBe") return fateText(row);
  return name === "is" && row.roleSid !== undefined ? `there, as ${roleText(row.roleSid, roles)}` : "there";
}

function fateText({ replaced, released }: Row): string {
  if (replaced) return released ? "there, replaced; the old one stays" : "there, replaced";
  return released ? "there, released" : "there";
}

function jsonText(value: Json, roles: Report["roles"]): string {
  if (typeof value === "string" && roles.has(value)) return roleText(value, roles);
  return typeof value === "string" && isPlainWord(value) ? value : JSON.stringify(value);
}

/** Whether a bare text cannot be mistaken for another JSON value or for none. */
function isPlainWord(text: string): boolean {
  return /^[\p{L}(+][^"\\]*$/u.test(text) && !/^(true|false|null)$/.test(text);
}

/** By name; with the SID where several roles share the name. */
function roleText(sid: string, roles: Report["roles"]): string {
  const name = roles.get(sid);
  if (name === undefined) return sid;
  const isClear = [...roles.values()].filter((other) => other === name).length === 1;
  return isClear ? name : `${name} (${sid})`;
}
