/** Text that is safe inside an element and inside a quoted attribute. */
export function escaped(text: unknown): string {
  return String(text ?? "").replace(/[&<>"']/g, (character) => `&#${character.charCodeAt(0)};`);
}

export function table(heads: readonly string[], rows: readonly (readonly string[])[], none: string): string {
  if (rows.length === 0) return `<p class="none">${escaped(none)}</p>`;
  const head = heads.map((text) => `<th scope="col">${escaped(text)}</th>`).join("");
  const body = rows.map((cells) => `<tr>${cells.map((cell) => `<td>${cell}</td>`).join("")}</tr>`).join("\n");
  return `<div class="wide"><table><thead><tr>${head}</tr></thead><tbody>\n${body}\n</tbody></table></div>`;
}

export function code(text: unknown): string {
  return `<code>${escaped(text)}</code>`;
}

/** So much of a list is shown; the rest is a number. */
export function rest(shown: number, all: number, noun: string): string {
  return all > shown ? `<p class="none">and ${all - shown} more ${escaped(noun)}</p>` : "";
}
