import type { Paint } from "../colour";
import { columnsOf, type Report, sectionsOf, summaryOf } from "./report";
import type { RowClass } from "./row";

const WIDEST = 44;
const GAP = "  ";
const COLOURS: Readonly<Record<RowClass, Parameters<Paint>[0]>> = {
  "role-promotion": "red",
  "program-change": "green",
  "drift-reverted": "yellow",
  "drift-kept": "cyan",
  "deleted-outside": "red",
  "undeclared-member": "magenta",
};

/** For a terminal: one table, a section for each class, and one line that sums up. */
export function tableText(report: Report, paint: Paint): string {
  const columns = columnsOf(report);
  const sections = sectionsOf(report).map((section) => ({
    ...section,
    lines: section.rows.map((row) => columns.map(({ text }) => cut(text(row)))),
  }));
  const titles = columns.map(({ title }) => title);
  const every = [titles, ...sections.flatMap(({ lines }) => lines)];
  // A column that no row has something for is left out.
  const widths = titles.map((_, at) =>
    every.slice(1).some((line) => line[at] !== "")
      ? Math.max(...every.map((line) => line[at]?.length ?? 0))
      : 0,
  );
  const lineOf = (cells: readonly string[]) =>
    cells
      .flatMap((cell, at) => (widths[at] === 0 ? [] : [cell.padEnd(widths[at] ?? 0)]))
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

function cut(text: string): string {
  const chars = [...text];
  return chars.length <= WIDEST ? text : `${chars.slice(0, WIDEST - 1).join("")}…`;
}
