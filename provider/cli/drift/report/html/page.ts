import { createHash } from "node:crypto";
import { type Column, columnsOf, countOf, type Report, sectionsOf, summaryOf } from "../report";
import { CLASSES, type Row, type RowClass, WORDS } from "../row";
import { FILTER_SCRIPT } from "./filter-script";
import { escaped, MARKS, pictureOf } from "./picture";
import { STYLE } from "./style";

/** The report as a self-contained HTML file: it loads nothing, and only the filter needs JavaScript. */
export function htmlText(report: Report): string {
  const title = `Drift of ${report.stacks.map(({ stack }) => stack).join(", ")}`;
  return [
    "<!doctype html>",
    '<html lang="en">',
    "<head>",
    '<meta charset="utf-8">',
    `<meta http-equiv="Content-Security-Policy" content="${policy()}">`,
    '<meta name="viewport" content="width=device-width, initial-scale=1">',
    `<title>${escaped(title)}</title>`,
    `<style>${STYLE}</style>`,
    "</head>",
    "<body>",
    "<main>",
    `<h1>${escaped(title)}</h1>`,
    `<p>${escaped(summaryOf(report))}</p>`,
    facts(report),
    ...(report.rows.length === 0 ? [] : differences(report)),
    "</main>",
    ...(report.rows.length === 0 ? [] : [`<script>${FILTER_SCRIPT}</script>`]),
    "</body>",
    "</html>",
    "",
  ].join("\n");
}

/** The report holds outside text, so the policy runs no script but ours. */
function policy(): string {
  const hash = (text: string) => `'sha256-${createHash("sha256").update(text).digest("base64")}'`;
  return `default-src 'none'; style-src ${hash(STYLE)}; script-src ${hash(FILTER_SCRIPT)}; base-uri 'none'; form-action 'none'`;
}

/** What the report covers, for readers who get the file days later. */
function facts({ madeAt, version, stacks, rows }: Report): string {
  const accounts = [...new Set(stacks.flatMap(({ accounts }) => accounts))];
  const commands = stacks
    .filter(({ stack }) => rows.some((row) => row.stack === stack))
    .map(({ stack }) => `<code>pulumi up --refresh --stack ${escaped(stack)}</code>`);
  const all: [string, string][] = [
    ["Made", `<time datetime="${madeAt}">${madeAt.slice(0, 16).replace("T", " ")} UTC</time>`],
    ["Account", accounts.length === 0 ? "not recorded" : escaped(accounts.join(", "))],
    ["Stack", escaped(stacks.map(({ stack }) => stack).join(", "))],
    ["Version", escaped(`pulumi-twilio-conversations ${version}`)],
    ...(commands.length === 0 ? [] : [["To revert the drift", commands.join("<br>")] as [string, string]]),
  ];
  return `<dl>${all.map(([name, value]) => `<dt>${name}</dt><dd>${value}</dd>`).join("\n")}</dl>`;
}

function differences(report: Report): string[] {
  const kinds = sectionsOf(report).map(({ kind }) => kind);
  return [
    `<ul class="counts">${kinds.map((kind) => countItem(report, kind)).join("")}</ul>`,
    '<h2 id="picture">Conversations</h2>',
    '<p class="soft">Each box is a conversation. Members that differ have a name and lead to their row; each dot is one that does not differ.</p>',
    pictureOf(report),
    '<h2 id="rows">Rows</h2>',
    filter(kinds),
    '<div class="scroll" role="region" aria-labelledby="rows" tabindex="0">',
    table(report),
    "</div>",
  ];
}

function countItem({ rows }: Report, kind: RowClass): string {
  return `<li class="${kind}">${mark(kind)} ${countOf(rows, kind)} – ${words(kind)}</li>`;
}

function mark(kind: RowClass): string {
  return `<span class="mark" aria-hidden="true">${MARKS[kind]}</span>`;
}

function words(kind: RowClass): string {
  return escaped(WORDS[kind].title).replaceAll(/`([^`]*)`/g, "<code>$1</code>");
}

function filter(kinds: readonly RowClass[]): string {
  const options = CLASSES.filter((kind) => kinds.includes(kind)).map(
    (kind) => `<option value="${kind}">${escaped(WORDS[kind].title.replaceAll("`", ""))}</option>`,
  );
  return [
    '<div class="filter" role="search" hidden>',
    '<label for="text">Rows with this text<input id="text" type="search" autocomplete="off"></label>',
    `<label for="kind">Kind<select id="kind"><option value="">all</option>${options.join("")}</select></label>`,
    '<span id="shown" role="status"></span>',
    "</div>",
  ].join("\n");
}

function table(report: Report): string {
  const columns = columnsOf(report);
  const heads = ["kind", ...columns.map(({ title }) => title)].map(
    (title) => `<th scope="col" role="columnheader">${title}</th>`,
  );
  return [
    // Explicit roles: the layout for narrow screens removes the implicit ones.
    '<table role="table">',
    "<caption>The value recorded by the last up, the value at Twilio, and the value after the next up.</caption>",
    `<thead role="rowgroup"><tr role="row">${heads.join("")}</tr></thead>`,
    '<tbody role="rowgroup">',
    ...report.rows.map((row, at) => tableRow(row, at, columns)),
    "</tbody>",
    "</table>",
  ].join("\n");
}

function tableRow(row: Row, at: number, columns: readonly Column[]): string {
  const cells = columns.map(({ title, text }) => cell(title, escaped(text(row) || absent(title))));
  const kind = cell("kind", `${mark(row.class)} ${words(row.class)}`);
  return `<tr id="row-${at}" role="row" class="${row.class}">${kind}${cells.join("")}</tr>`;
}

function cell(title: string, content: string): string {
  const [tag, role] =
    title === "resource"
      ? (["th", 'scope="row" role="rowheader"'] as const)
      : (["td", 'role="cell"'] as const);
  const none = content === "" ? ' class="none"' : "";
  return `<${tag} ${role} data-title="${title}"${none}><span>${content}</span></${tag}>`;
}

/** A blank cell could pass for an empty text. */
function absent(title: string): string {
  if (title === "was") return "not recorded";
  return title === "is" || title === "will be" ? "not there" : "";
}
