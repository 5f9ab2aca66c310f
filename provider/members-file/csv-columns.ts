import { spellingHint } from "../core/definition/did-you-mean";
import { firstRows, type Row } from "./csv-rows";
import type { FileProblem } from "./members-file-error";

const COLUMNS = [
  "label",
  "identity",
  "address",
  "proxyAddress",
  "projectedAddress",
  "groupMms",
  "role",
  "roleSid",
  "attributes",
] as const;

/** A column: a fixed name, or `attributes.` and a key. */
export type Column = (typeof COLUMNS)[number] | `attributes.${string}`;

const DELIMITERS = [",", ";", "\t"] as const;
const ONE_ATTRIBUTE = "attributes.";
const OFFER = `Use ${COLUMNS.join(", ")}, or attributes.KEY.`;

/** The key of a column with a single attribute: everything after the first dot. */
export function attributeKey(column: string): string | undefined {
  const isOne = column.startsWith(ONE_ATTRIBUTE) && column.length > ONE_ATTRIBUTE.length;
  return isOne ? column.slice(ONE_ATTRIBUTE.length) : undefined;
}

function isColumn(name: string): name is Column {
  return (COLUMNS as readonly string[]).includes(name) || attributeKey(name) !== undefined;
}

/** The column for a name, ignoring case. */
function columnOf(name: string): Column | undefined {
  if (isColumn(name)) return name;
  const isOne = name.toLowerCase().startsWith(ONE_ATTRIBUTE) && name.length > ONE_ATTRIBUTE.length;
  if (isOne) return `attributes.${name.slice(ONE_ATTRIBUTE.length)}`;
  return COLUMNS.find((column) => column.toLowerCase() === name.toLowerCase());
}

/** A file for Excel can name the separator in its first line: `sep=;`. */
const HINT = /^"?sep=([,;\t])"?(?=[\r\n]|$)/i;

/** The separator of a file, and its content without the line that names it. */
export function separated(bytes: Buffer): { delimiter: string; content: Buffer } {
  const [hint = "", named] = HINT.exec(bytes.toString("latin1", 0, 16)) ?? [];
  if (named === undefined) return { delimiter: delimiterOf(bytes), content: bytes };
  // Blank out the line, so that the others keep their numbers.
  return {
    delimiter: named,
    content: Buffer.concat([Buffer.alloc(hint.length, " "), bytes.subarray(hint.length)]),
  };
}

/** The separator that yields the most columns in one of the first rows. */
function delimiterOf(bytes: Buffer): string {
  const columnsBy = DELIMITERS.map((delimiter) =>
    Math.max(0, ...firstRows(bytes, delimiter, MAX_TITLES + 1).map(columnsIn)),
  );
  return DELIMITERS[columnsBy.indexOf(Math.max(...columnsBy))] ?? DELIMITERS[0];
}

/** How many rows may precede the header. */
const MAX_TITLES = 5;

/** The columns by position, undefined for an unknown one. A file without a header has none. */
export function headerOf(rows: readonly Row[]): {
  columns: readonly (Column | undefined)[];
  problems: FileProblem[];
} {
  const [row] = rows;
  if (row === undefined || columnsIn(row.cells) === 0)
    return { columns: [], problems: [{ line: row?.line ?? 1, text: noHeader(rows) }] };
  const { cells, line } = row;
  const problems = cells.flatMap((name, at) => {
    const problem = columnProblem(name, at, cells);
    return problem === undefined ? [] : [{ line, text: problem }];
  });
  return { columns: cells.map(columnOf), problems };
}

function columnsIn(cells: readonly string[]): number {
  return cells.filter((name) => columnOf(name) !== undefined).length;
}

/** Finds a header below titles. A single matching cell is no proof: it may be somebody's name. */
function noHeader(rows: readonly Row[]): string {
  const header = rows
    .slice(1, MAX_TITLES + 1)
    .find(({ cells }) => columnsIn(cells) >= Math.min(2, cells.length));
  return header === undefined
    ? `has no header, the row with the names of the columns. ${OFFER}`
    : `is no header: the names of the columns are in line ${header.line}. Remove the lines above it.`;
}

/** Shows no cell: without a header, or with a damaged one, the file may begin with anything. */
function columnProblem(name: string, at: number, names: readonly string[]): string | undefined {
  const column = `column ${at + 1}`;
  if (name === "") return `${column}: has no name. ${OFFER}`;
  if (isColumn(name)) return names.indexOf(name) === at ? undefined : `${column}: ${SECOND}`;
  const spelt = columnOf(name)?.replace(/\..*/s, ".KEY");
  const hint = spelt === undefined ? spellingHint(name, COLUMNS, OFFER) : `Did you mean ${spelt}?`;
  return `${column}: is none that a member has. ${hint}`;
}

const SECOND = "has the name of a column before it. Remove one of the two.";
