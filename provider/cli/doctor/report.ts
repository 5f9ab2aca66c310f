import { printable } from "../../http/redaction/printable";
import type { Paint } from "../terminal/colour";
import { counted } from "../terminal/text";
import { type Checked, isWell } from "./check";

const MARKS = { ok: ["✓", "green"], warning: ["!", "yellow"], problem: ["✗", "red"] } as const;

/** One line for each check, with its hint below. */
export function textOf(checked: readonly Checked[], paint: Paint): string {
  const width = Math.max(...checked.map(({ name }) => name.length));
  const indent = " ".repeat(width + 4);
  const lines = checked.flatMap(({ name, status, found, hint }) => {
    const [mark, colour] = MARKS[status];
    const line = `${paint(colour, mark)} ${name.padEnd(width)}  ${printable(found).replaceAll("\n", `\n${indent}`)}`;
    return hint === undefined ? [line] : [line, `${indent}→ ${printable(hint)}`];
  });
  return [...lines, "", summaryOf(checked)].join("\n");
}

export function jsonOf(checked: readonly Checked[]) {
  const checks = checked.map(({ hint, ...rest }) => ({ ...rest, ...(hint !== undefined && { cure: hint }) }));
  return { well: isWell(checked), checks };
}

function summaryOf(checked: readonly Checked[]): string {
  const count = (wanted: string) => checked.filter(({ status }) => status === wanted).length;
  const [problems, warnings] = [count("problem"), count("warning")];
  if (problems > 0) return `${counted(problems, "problem")}, ${counted(warnings, "warning")}.`;
  return warnings > 0 ? `No problem, ${counted(warnings, "warning")}.` : "All is well.";
}
