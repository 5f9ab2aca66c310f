/** Escapes text for elements and quoted attributes. */
export function escaped(text: unknown): string {
  return String(text ?? "").replace(/[&<>"']/g, (character) => `&#${character.charCodeAt(0)};`);
}

/** A section of the page that the filter shows or hides. Heading and content are markup. */
export function part(heading: string, content: string, level: 2 | 3 = 2): string {
  return `<article><h${level}>${heading}</h${level}>\n${content}</article>`;
}

/** A cell's text, shown in full on hover where cut. `code` is monospaced; `words` wraps over several lines. */
export type Cell =
  | string
  | { readonly code: unknown }
  | { readonly bad: unknown }
  | { readonly words: string };

export function table(heads: readonly string[], rows: readonly (readonly Cell[])[], none: string): string {
  if (rows.length === 0) return `<p class="none">${escaped(none)}</p>`;
  const head = heads.map((text) => `<th scope="col">${escaped(text)}</th>`).join("");
  const body = rows.map(
    (cells) => `<tr>${cells.map((cell, at) => tableCell(cell, heads[at])).join("")}</tr>`,
  );
  return `<div class="wide"><table><thead><tr>${head}</tr></thead><tbody>\n${body.join("\n")}\n</tbody></table></div>`;
}

function tableCell(cell: Cell, head = ""): string {
  const [text, content] = contentOf(cell);
  const isWhole = typeof cell === "object" && "words" in cell;
  const shown = isWhole ? `<span class="words">` : `<span title="${escaped(text)}">`;
  return `<td data-title="${escaped(head)}">${shown}${content}</span></td>`;
}

function contentOf(cell: Cell): [text: unknown, content: string] {
  if (typeof cell === "string") return [cell, escaped(cell)];
  if ("words" in cell) return [cell.words, escaped(cell.words).replaceAll("/", "/<wbr>")];
  if ("code" in cell) return [cell.code, code(cell.code)];
  return [cell.bad, `<b class="bad">${escaped(cell.bad)}</b>`];
}

export function code(text: unknown): string {
  return `<code>${escaped(text)}</code>`;
}

/** A note on how many list entries are hidden. */
export function rest(shown: number, all: number, noun: string): string {
  return all > shown ? `<p class="none">and ${all - shown} more ${escaped(noun)}</p>` : "";
}
