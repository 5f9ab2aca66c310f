import { columnsOf, countOf, type Report, sectionsOf, summaryOf } from "./report";

/** Fits a comment on GitHub, which takes 65,536 characters, with room for a workflow's additions. */
const LONGEST = 60_000;
/** Users' workflows find their comment by this mark, so it must never change. */
const MARK = "<!-- twilio-conversations drift -->";

/** The report as a pull request comment: a short summary, details folded. Empty where nothing differs. */
export function markdownText(report: Report): string {
  if (report.rows.length === 0) return "";
  const promotions = countOf(report.rows, "role-promotion");
  const warning =
    promotions === 0 ? [] : ["", "> [!WARNING]", "> Somebody's role or a role's permissions change."];
  const head = [MARK, `**Twilio Conversations** — ${escaped(summaryOf(report))}`, ...warning, ""].join("\n");
  const sections = sectionsOf(report);
  const columns = columnsOf(report);
  let left = LONGEST - head.length;
  const blocks = sections.map(({ kind, title, rows }) => {
    const opening = `<details${kind === "role-promotion" ? " open" : ""}><summary>${escaped(title)} (${rows.length})</summary>\n\n`;
    const frame = [
      `| ${columns.map((column) => column.title).join(" | ")} |`,
      `| ${columns.map(() => "---").join(" | ")} |`,
    ];
    left -= opening.length + frame.join("\n").length + 200;
    const lines: string[] = [];
    for (const row of rows) {
      const line = `| ${columns.map(({ text }) => code(text(row))).join(" | ")} |`;
      if (line.length + 1 > left) break;
      left -= line.length + 1;
      lines.push(line);
    }
    const missing = rows.length - lines.length;
    const rest = missing === 0 ? "" : `\n\n${missing} more: too many for a comment.`;
    return `${opening}${[...frame, ...lines].join("\n")}${rest}\n\n</details>`;
  });
  return `${head}\n${blocks.join("\n")}\n`;
}

/** Inside code, Markdown has no links, mentions or commands. */
function code(text: string): string {
  return text === "" ? "" : `<code>${escaped(text)}</code>`;
}

function escaped(text: string): string {
  return text.replaceAll(/[&<>|`*_[\]\\@#~:!]/g, (char) => `&#${char.charCodeAt(0)};`);
}
