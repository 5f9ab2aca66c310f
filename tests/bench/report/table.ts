/** A Markdown table. A column of numbers stands at the right. */
export function table(heads: readonly string[], rows: readonly (readonly string[])[]): string {
  const isNumeric = (column: number) => rows.every((row) => /^[–\d]/.test(row[column] ?? ""));
  const rule = heads.map((_, column) => (isNumeric(column) ? "--:" : "---"));
  return [heads, rule, ...rows].map((cells) => `| ${cells.join(" | ")} |`).join("\n");
}
