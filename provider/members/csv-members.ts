import { isObject, type Json, type JsonObject, parseJson } from "../engine/json";
import type { Problem } from "../engine/problem";
import { UNKNOWN } from "../engine/unknown";
import { attributeKey, type Column, delimiterOf, headerOf } from "./csv-columns";
import { csvRows, type Row } from "./csv-rows";
import { type Entry, type Parsed, problemOf } from "./entry";
import type { FileProblem } from "./members-file-error";

/** The cells of a row that say something. */
type Cells = ReadonlyMap<Column, string>;

const BINDING = ["address", "proxyAddress", "projectedAddress"] as const;

/** The members of a CSV file, one in each row. */
export function csvMembers(bytes: Buffer): Parsed {
  const { rows, problems } = csvRows(bytes, delimiterOf(bytes));
  const [first, ...others] = rows;
  const isHeaderLost = problems.some(({ line }) => line < (first?.line ?? Number.POSITIVE_INFINITY));
  if (isHeaderLost) return { entries: [], problems };
  const header = headerOf(first);
  const members = header.columns.length === 0 ? [] : others.map((row) => memberOf(row, header.columns));
  return {
    entries: members.flatMap(({ entry }) => (entry === undefined ? [] : [entry])),
    problems: [...problems, ...header.problems, ...members.flatMap((member) => member.problems)],
  };
}

function memberOf(
  { line, cells }: Row,
  columns: readonly (Column | undefined)[],
): { entry?: Entry; problems: FileProblem[] } {
  if (cells.length !== columns.length)
    return {
      problems: [{ line, text: `has ${count(cells.length)}, the header has ${columns.length}. ${WIDTH}` }],
    };
  const said = new Map<Column, string>();
  for (const [at, column] of columns.entries()) {
    const cell = cells[at];
    if (column !== undefined && cell && !said.has(column)) said.set(column, cell);
  }
  const whereIs = (path: string) => ({ line, path: path.replace(/^messagingBinding\./, "") });
  const groupMms = truth(said.get("groupMms"));
  const attributes = attributesOf(said);
  const problems = [...groupMms.problems, ...attributes.problems, ...roundedAddresses(said)];
  const fields = {
    identity: said.get("identity"),
    messagingBinding: bindingOf(said),
    groupMms: groupMms.value,
    roleSid: said.get("roleSid"),
    attributes: attributes.value,
  };
  return {
    entry: { label: said.get("label"), role: said.get("role"), fields, whereIs },
    problems: problems.map((problem) => problemOf({ whereIs }, problem)),
  };
}

function bindingOf(said: Cells): JsonObject | undefined {
  const ends = BINDING.filter((name) => said.has(name)).map((name) => [name, said.get(name)]);
  return ends.length === 0 ? undefined : Object.fromEntries(ends);
}

const WIDTH = "Give each row as many cells, and put those with a separator in them in quotation marks.";

function count(cells: number): string {
  return cells === 1 ? "1 cell" : `${cells} cells`;
}

/** What a cell stands for. One that is wrong can be anything, so that it brings no other problem with it. */
interface Value {
  readonly value: Json | undefined;
  readonly problems: readonly Problem[];
}

function truth(cell: string | undefined): Value {
  const word = cell?.toLowerCase();
  if (word === undefined) return { value: undefined, problems: [] };
  if (word === "true" || word === "false") return { value: word === "true", problems: [] };
  const problem = { path: "groupMms", message: "is neither true nor false", cure: "Use one of the two." };
  return { value: UNKNOWN, problems: [problem] };
}

/** All attributes of a row: its JSON text, and the texts of single keys. JSON that is wrong is left to the check. */
function attributesOf(said: Cells): Value {
  const text = said.get("attributes");
  const single = [...said].flatMap(([column, cell]) => {
    const key = attributeKey(column);
    return key === undefined ? [] : [[key, cell] as const];
  });
  if (single.length === 0) return { value: text, problems: [] };
  if (text === undefined) return { value: Object.fromEntries(single), problems: [] };
  const parsed = parseJson(text);
  if ("problem" in parsed) return { value: text, problems: [] };
  if (!isObject(parsed.value))
    return { value: text, problems: [{ path: "attributes", message: NO_ROOM, cure: "Make it an object." }] };
  const known = parsed.value;
  const problems = single
    .filter(([key]) => Object.hasOwn(known, key))
    .map(([key]) => ({
      path: `attributes.${key}`,
      message: "stands in the column attributes too",
      cure: "Leave one of the two empty.",
    }));
  return { value: { ...known, ...Object.fromEntries(single) }, problems };
}

const NO_ROOM = "is no JSON object, so that the keys with columns of their own have no place in it";

/** Spreadsheet programs take a long number for one to calculate with: +14155550123 becomes 1.41556E+10. */
function roundedAddresses(said: Cells): Problem[] {
  return BINDING.filter((name) => /^\d([.,]\d+)?E\+?\d+$/i.test(said.get(name) ?? "")).map((name) => ({
    path: `messagingBinding.${name}`,
    message: "is a number that a spreadsheet program has rounded",
    cure: "Format the column as text there, and write the address anew.",
  }));
}
