import { printable } from "../../../http/redaction/printable";
import { countOf, type Report, sectionsOf, summaryOf } from "./report";
import { CLASSES } from "./row";

/**
 * The report for machines. `was`, `is` and `willBe` are JSON values; in a row with `field` "", they say whether the
 * object exists.
 */
export function jsonText(report: Report): string {
  const { stacks, rows, roles } = report;
  const named = new Set(rows.flatMap(({ was, is, willBe, roleSid }) => [was, is, willBe, roleSid]));
  const text = JSON.stringify(
    {
      stacks: stacks.map(({ stack, resources }) => ({ stack, resources })),
      summary: summaryOf(report),
      counts: Object.fromEntries(CLASSES.map((kind) => [kind, countOf(rows, kind)])),
      rows: sectionsOf(report).flatMap((section) => section.rows),
      roles: Object.fromEntries([...roles].filter(([sid]) => named.has(sid))),
    },
    null,
    2,
  );
  return printable(text);
}
