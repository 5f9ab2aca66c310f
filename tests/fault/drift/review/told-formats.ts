import { equal, ok } from "node:assert/strict";
import { printableLine } from "../../../../provider/http/redaction/printable";
import type { JsonReport, Seen } from "./bed";

/** What each format shows of the rows, in the order in which it shows them: resource and field. */
const READERS: Readonly<Record<string, (text: string) => readonly string[]>> = {
  // The head comes first, and each section has its title at the margin.
  table: (text) =>
    text
      .split("\n")
      .filter((line) => line.startsWith("  "))
      .slice(1),
  markdown: (text) =>
    text
      .split("\n")
      .filter((line) => line.startsWith("| <code>"))
      .map(decoded),
  html: (text) => [...text.matchAll(/<tr id="row-\d+".*<\/tr>/g)].map(([row]) => decoded(row)),
};

/** Every format has each row of the JSON report, in its order, and ends as that does. */
export function assertFormatsTell({ reports }: Seen, { rows }: JsonReport): void {
  for (const [format, { stdout, stderr, code }] of Object.entries(reports)) {
    equal(code, rows.length === 0 ? 0 : 7, `${format}: ${stderr}`);
    if (format === "json") continue;
    const shown = READERS[format]?.(stdout) ?? [];
    const cut = [...stdout.matchAll(/^(\d+) more: too many for a comment\.$/gm)].map(([, count]) =>
      Number(count),
    );
    equal(shown.length + cut.reduce((sum, count) => sum + count, 0), rows.length, format);
    const left = shown.map((line) => line);
    for (const row of rows) {
      const [resource, field] = [row["resource"], row["field"]].map((value) => printableLine(String(value)));
      const at = left.findIndex((line) => line.includes(resource ?? "") && line.includes(field ?? ""));
      if (at === -1) ok(cut.length > 0, `${format} has no row for ${resource} ${field}`);
      else left.splice(at, 1);
    }
    equal(left.length, 0, `${format}: ${left[0]}`);
  }
}

/** As a reader sees it. */
function decoded(markup: string): string {
  const text = markup.replaceAll(/<[^>]*>/g, " ");
  return text.replaceAll(/&#(\d+);/g, (_match, code: string) => String.fromCharCode(Number(code)));
}
