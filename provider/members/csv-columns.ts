import { nearest } from "../engine/near";
import { firstRow, type Row } from "./csv-rows";
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

/** A column that is a name of its own, or `attributes.` and a key. */
export type Column = (typeof COLUMNS)[number] | `attributes.${string}`;

const DELIMITERS = [",", ";", "\t"] as const;
const ONE_ATTRIBUTE = "attributes.";
const OFFER = `Use ${COLUMNS.join(", ")}, or attributes.KEY.`;

/** The key of a column with one attribute: all that stands behind the first dot. */
export function attributeKey(column: string): string | undefined {
  const isOne = column.startsWith(ONE_ATTRIBUTE) && column.length > ONE_ATTRIBUTE.length;
  return isOne ? column.slice(ONE_ATTRIBUTE.length) : undefined;
}

function isColumn(name: string): name is Column {
  return (COLUMNS as readonly string[]).includes(name) || attributeKey(name) !== undefined;
}

/** What separates the cells: what makes the most columns of the first row. */
export function delimiterOf(bytes: Buffer): string {
  const columnsBy = DELIMITERS.map((delimiter) => firstRow(bytes, delimiter).filter(isColumn).length);
  return DELIMITERS[columnsBy.indexOf(Math.max(...columnsBy))] ?? DELIMITERS[0];
}

/** The columns by their place, undefined for what is none. A file without a header has no columns. */
export function headerOf(row: Row | undefined): {
  columns: readonly (Column | undefined)[];
  problems: FileProblem[];
} {
  if (row === undefined || !row.cells.some(isColumn))
    return {
      columns: [],
      problems: [
        { line: row?.line ?? 1, text: `has no header, the row with the names of the columns. ${OFFER}` },
      ],
    };
  const { cells, line } = row;
  const problems = cells.flatMap((name, at) => {
    const problem = columnProblem(name, at, cells);
    return problem === undefined ? [] : [{ line, text: problem }];
  });
  return { columns: cells.map((name) => (isColumn(name) ? name : undefined)), problems };
}

/** It names no cell: without its header, or with one cut off, a file begins with anything. */
function columnProblem(name: string, at: number, names: readonly string[]): string | undefined {
  const column = `column ${at + 1}`;
  if (name === "") return `${column}: has no name. ${OFFER}`;
  if (isColumn(name)) return names.indexOf(name) === at ? undefined : `${column}: ${SECOND}`;
  const meant = nearest(name, COLUMNS, 2);
  return `${column}: is none that a member has. ${meant === undefined ? OFFER : `Did you mean ${meant}?`}`;
}

const SECOND = "has the name of a column before it. Remove one of the two.";
