import { Router } from "../../../simulator/http/router";
import type { RequestRecord } from "../../../simulator/index";
import { routes } from "../../../simulator/resources/index";
import { operations } from "./openapi";
import type { Visit } from "./walk";

/** The operations that a log of requests has reached with success. */
export function driven(requests: readonly RequestRecord[]): Set<string> {
  const router = new Router(routes);
  const names = new Set<string>();
  for (const { method, path, status } of requests) {
    const match = router.match(method, path);
    if (status < 300 && match && !Array.isArray(match)) names.add(`${method} ${match.route.template}`);
  }
  return names;
}

/** The table of simulator/OPERATIONS.md. */
export function operationsTable(visits: readonly Visit[], bySdk: ReadonlySet<string>): string {
  const known = new Set(routes.map(({ method, template }) => `${method} ${template}`));
  const valid = new Set(
    visits
      .filter((visit) => visit.problems.length === 0)
      .map(({ method, template }) => `${method} ${template}`),
  );
  for (const visit of visits)
    if (visit.problems.length > 0) valid.delete(`${visit.method} ${visit.template}`);
  const mark = (names: ReadonlySet<string>, name: string): string => (names.has(name) ? "yes" : "no");
  const rows = operations.map(({ method, template }) => {
    const name = `${method} ${template}`;
    return [method, `\`${template}\``, mark(known, name), mark(valid, name), mark(bySdk, name)];
  });
  return [
    "# Operations",
    "",
    "Generated from Twilio's OpenAPI document and the contract tests; `UPDATE=1 npm run test:contract` writes it anew.",
    "",
    "- **answered**: the simulator has the operation.",
    "- **valid**: every answer of the contract walk validates against the document, with no undeclared key.",
    "- **SDK**: Twilio's own client has called it with success.",
    "",
    ...aligned([["Method", "Path", "answered", "valid", "SDK"], ...rows]),
    "",
  ].join("\n");
}

/** A Markdown table with the columns padded, as the formatter of this repository wants it. */
function aligned(rows: readonly string[][]): string[] {
  const widths = (rows[0] ?? []).map((_head, column) =>
    Math.max(...rows.map((row) => row[column]?.length ?? 0)),
  );
  const line = (cells: readonly string[]): string =>
    `| ${cells.map((cell, column) => cell.padEnd(widths[column] ?? 0)).join(" | ")} |`;
  const [head = [], ...body] = rows;
  return [line(head), line(widths.map((width) => "-".repeat(width))), ...body.map(line)];
}
