import { UNKNOWN } from "../core/engine-transport";
import { isObject, type Json, type JsonObject, parseJson } from "../core/json";
import type { Problem } from "../core/problem";
import { attributeKey, type Column, headerOf, separated } from "./csv-columns";
import { csvRows, FORMULA, isFormula, type Row } from "./csv-rows";
import { type Entry, type Parsed, problemOf } from "./entry";
import type { FileProblem } from "./members-file-error";

/** The non-empty cells of a row. */
type Cells = ReadonlyMap<Column, string>;

const BINDING = ["address", "proxyAddress", "projectedAddress"] as const;

/** The members of a CSV file, one a row. */
export function csvMembers(bytes: Buffer): Parsed {
  const { content, delimiter } = separated(bytes);
  const { rows, problems } = csvRows(content, delimiter);
  const [first, ...others] = rows;
  const isHeaderLost = problems.some(({ line }) => line < (first?.line ?? Number.POSITIVE_INFINITY));
  if (isHeaderLost) return { entries: [], problems };
  const header = headerOf(rows);
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
  const spoilt = [...said].flatMap(([column, cell]) => spreadsheetProblem(column, cell) ?? []);
  const groupMms = truth(said.get("groupMms"));
  const attributes = attributesOf(said);
  const problems = [...groupMms.problems, ...attributes.problems, ...spoilt];
  const fields = {
    identity: said.get("identity"),
    messagingBinding: bindingOf(said),
    groupMms: groupMms.value,
    roleSid: said.get("roleSid"),
    attributes: attributes.value,
  };
  return {
    entry: {
      label: said.get("label"),
      role: said.get("role"),
      fields,
      isNameless: spoilt.some(({ path }) => path === "label" || path === "identity"),
      whereIs,
    },
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

/** The value of a cell. A faulty one counts as unknown, so that it causes no further problem. */
interface Value {
  readonly value: Json | undefined;
  readonly problems: readonly Problem[];
}

function truth(cell: string | undefined): Value {
  const word = cell?.toLowerCase();
  if (word === undefined) return { value: undefined, problems: [] };
  if (word === "true" || word === "false") return { value: word === "true", problems: [] };
  const problem = { path: "groupMms", message: "is neither true nor false", hint: "Use one of the two." };
  return { value: UNKNOWN, problems: [problem] };
}

/** All attributes of a row: its JSON text merged with single keys. The check reports invalid JSON. */
function attributesOf(said: Cells): Value {
  const written = said.get("attributes");
  const isSpoilt = written !== undefined && spreadsheetProblem("attributes", written) !== undefined;
  const text = isSpoilt ? undefined : written;
  const single = [...said].flatMap(([column, cell]) => {
    const key = attributeKey(column);
    return key === undefined ? [] : [[key, cell] as const];
  });
  if (single.length === 0) return { value: text, problems: [] };
  if (text === undefined) return { value: Object.fromEntries(single), problems: [] };
  const parsed = parseJson(text);
  if ("problem" in parsed) return { value: text, problems: [] };
  if (!isObject(parsed.value))
    return { value: text, problems: [{ path: "attributes", message: NO_ROOM, hint: "Make it an object." }] };
  const known = parsed.value;
  const problems = single
    .filter(([key]) => Object.hasOwn(known, key))
    .map(([key]) => ({
      path: `attributes.${key}`,
      message: "is in the column attributes too",
      hint: "Leave one of the two empty.",
    }));
  return { value: { ...known, ...Object.fromEntries(single) }, problems };
}

const NO_ROOM = "must be a JSON object to take the keys that have columns of their own";

const ROUNDED: Omit<Problem, "path"> = {
  message: "is a number that a spreadsheet program has rounded",
  hint: "Format the column as text there, and write it anew.",
};

/**
 * Spreadsheet programs turn long numbers into floats: 1234567890123 becomes 1.23457E+12. In addresses the check catches
 * this by their form.
 */
function spreadsheetProblem(column: Column, cell: string): Problem | undefined {
  if (column !== "label" && column !== "identity" && !column.startsWith("attributes")) return undefined;
  if (/^-?\d([.,]\d+)?E\+\d{2,3}$/.test(cell)) return { path: column, ...ROUNDED };
  return isFormula(cell) && column !== "attributes" ? { path: column, ...FORMULA } : undefined;
}
