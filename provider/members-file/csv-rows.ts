import { CsvError, type Options, parse } from "csv-parse/sync";
import type { LineProblem } from "./members-file-error";
import { lineAt, lineStartsOf } from "./source-text";

/** A non-empty row. */
export interface Row {
  /** Its first line. */
  readonly line: number;
  /** Trimmed, except inside quotation marks. */
  readonly cells: readonly string[];
}

const QUOTING = 'Put the whole cell in quotation marks, and double each one within it: "say ""hi""".';

/** Some programs write a formula so that spreadsheet programs keep a number as text. */
export const FORMULA = { message: 'is a formula (="…")', hint: "Write the text alone, without the formula." };

/** By error codes of csv-parse 7. */
const REASONS: Readonly<Record<string, string>> = {
  INVALID_OPENING_QUOTE: "has a quotation mark within a cell that does not begin with one",
  CSV_INVALID_CLOSING_QUOTE: "has text behind the closing quotation mark of a cell",
  CSV_NON_TRIMABLE_CHAR_AFTER_CLOSING_QUOTE: "has text behind the closing quotation mark of a cell",
  CSV_QUOTE_NOT_CLOSED: "has a quotation mark that is not closed",
};

/** The rows of a CSV file. After a quoting error it continues with the line below the one where the cell begins. */
export function csvRows(bytes: Buffer, delimiter: string): { rows: Row[]; problems: LineProblem[] } {
  const starts = lineStartsOf(bytes);
  const rows: Row[] = [];
  const problems: LineProblem[] = [];
  let from = 0;
  while (from < bytes.length) {
    const base = from;
    let begin = base;
    const error = read(bytes.subarray(base), delimiter, (cells, end) => {
      // The parser's own line count takes a CR LF within quotation marks for two lines (seen with csv-parse 7.0.3).
      if (cells.some((cell) => cell !== "")) rows.push({ line: lineAt(starts, begin), cells });
      begin = base + end;
    });
    if (error === undefined) break;
    const line = lineAt(starts, base + Number(error["bytes"]));
    const text = bytes.toString("utf8", starts[line - 1], starts[line]);
    problems.push({ line, text: reasonOf(error, text, delimiter) });
    from = starts[line] ?? bytes.length;
  }
  return { rows, problems };
}

export function isFormula(cell: string): boolean {
  return cell.trimStart().startsWith('="');
}

function reasonOf({ code }: CsvError, line: string, delimiter: string): string {
  if (code === "INVALID_OPENING_QUOTE" && line.split(delimiter).some(isFormula))
    return `has a cell that ${FORMULA.message}. ${FORMULA.hint}`;
  return `${REASONS[code] ?? "is not readable as CSV"}. ${QUOTING}`;
}

/** The cells of the first non-empty rows, up to the first quoting error. */
export function firstRows(bytes: Buffer, delimiter: string, count: number): readonly (readonly string[])[] {
  const rows: string[][] = [];
  const only = { to: count, skip_records_with_empty_values: true };
  read(bytes, delimiter, (cells) => rows.push(cells), only);
  return rows;
}

/** Passes every row with its end offset; returns the error that stopped it. */
function read(
  bytes: Buffer,
  delimiter: string,
  take: (cells: string[], endByte: number) => void,
  further: Options = {},
): CsvError | undefined {
  const onRecord = (cells: string[], { bytes: endByte }: { bytes: number }) => {
    take(cells, endByte);
    return null;
  };
  try {
    parse(bytes, { ...FORMAT, ...further, delimiter, on_record: onRecord });
    return undefined;
  } catch (error) {
    if (error instanceof CsvError) return error;
    throw error;
  }
}

const FORMAT: Options = { record_delimiter: ["\r\n", "\n", "\r"], relax_column_count: true, trim: true };
