import type { Paint } from "../../terminal/colour";
import { columnsOf, type Report, sectionsOf, summaryOf } from "./report";
import type { RowClass } from "./row";

/** Maximum column width on any terminal. */
const WIDEST = 44;
/** A narrower column is unreadable. */
const NARROWEST = 5;
const GAP = "  ";
const COLOURS: Readonly<Record<RowClass, Parameters<Paint>[0]>> = {
  "role-promotion": "red",
  "program-change": "green",
  "drift-reverted": "yellow",
  "drift-kept": "cyan",
  "deleted-outside": "red",
  "undeclared-member": "magenta",
};

/**
 * The report as one table with a section for each class, and a summary line. On a terminal, cells are cut so that no
 * line wraps. Elsewhere another program may read it, so every cell is whole.
 */
export function tableText(report: Report, paint: Paint, terminalColumns?: number): string {
  const columns = columnsOf(report);
  const sections = sectionsOf(report).map((section) => ({
    ...section,
    lines: section.rows.map((row) => columns.map(({ text }) => text(row))),
  }));
  const titles = columns.map(({ title }) => title);
  const every = [titles, ...sections.flatMap(({ lines }) => lines)];
  // Leave out a column that is empty in every row.
  const needed = titles.map((_, at) =>
    every.slice(1).some((line) => line[at] !== "") ? Math.max(...every.map((line) => lengthOf(line[at]))) : 0,
  );
  const widths = terminalColumns === undefined ? needed : fitted(needed, terminalColumns);
  const lineOf = (cells: readonly string[]) =>
    cells
      .flatMap((cell, at) => (widths[at] === 0 ? [] : [padded(cell, widths[at] ?? 0)]))
      .join(GAP)
      .trimEnd();
  const body = sections.flatMap(({ kind, title, lines }) => [
    paint(["bold", COLOURS[kind]].flat() as Parameters<Paint>[0], title),
    ...lines.map((line) => GAP + lineOf(line)),
    "",
  ]);
  const head = sections.length === 0 ? [] : [paint("dim", GAP + lineOf(titles)), ""];
  return [...head, ...body, summaryOf(report)].join("\n");
}

/** Shrinks the widest columns until the table fits. */
function fitted(needed: readonly number[], terminalColumns: number): number[] {
  const widths = needed.map((width) => Math.min(width, WIDEST));
  const columns = widths.filter((width) => width > 0).length;
  const room = terminalColumns - GAP.length * columns;
  while (widths.reduce((sum, width) => sum + width, 0) > room && Math.max(...widths) > NARROWEST)
    widths[widths.indexOf(Math.max(...widths))] = Math.max(...widths) - 1;
  return widths;
}

function padded(text: string, width: number): string {
  const chars = [...text];
  const shown = chars.length <= width ? chars : [...chars.slice(0, width - 1), "…"];
  return shown.join("") + " ".repeat(width - shown.length);
}

function lengthOf(text = ""): number {
  return [...text].length;
}
