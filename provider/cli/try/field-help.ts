import { existsSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { type Flag, flagName } from "./flag";
import { SECRET_FORMS } from "./secret-source";

const INDENT = "      ";
const MAX_COLUMNS = 100;

/** The help text of the fields: each option with its field's doc below. */
export function fieldHelp(
  flags: readonly Flag[],
  docs: Readonly<Record<string, string>>,
  terminalColumns = MAX_COLUMNS,
): string {
  const columns = Math.min(terminalColumns, MAX_COLUMNS) - INDENT.length;
  const entries = flags.map((flag) => {
    const text = [docs[flag.path] ?? "", remarkOn(flag)].filter((part) => part !== "").join("\n");
    const lines = paragraphs(text).flatMap((paragraph) => wrapped(paragraph, columns));
    return [`  ${optionText(flag)}`, ...lines.map((line) => `${INDENT}${line}`)].join("\n");
  });
  return entries.join("\n\n");
}

/** The option's syntax for Commander. */
export function optionText({ path, kind, words }: Flag): string {
  if (kind === "boolean") return `${flagName(path)} [true|false]`;
  return `${flagName(path)} <${words?.join("|") ?? (kind === "list" ? "text" : kind)}>`;
}

function remarkOn({ path, kind, policy }: Flag): string {
  if (kind === "list") return "\nGive the option once for each.";
  if (policy.secret === true) return `\nGive ${SECRET_FORMS}: in a command line it can be seen.`;
  return policy.change === "local" && path !== "webhookEnabled" ? "\nIt is checked, and never sent." : "";
}

/** A line break in a doc counts only before a list item, before a default, and after an empty line. */
function paragraphs(doc: string): string[] {
  return doc.split(/\n+(?=- |Default: )|\n\s*\n/).map((part) => part.replaceAll(/\s+/g, " ").trim());
}

function wrapped(text: string, columns: number): string[] {
  const lines: string[] = [];
  for (const word of text.split(" ")) {
    const line = lines.at(-1);
    if (line === undefined || line.length + 1 + word.length > columns) lines.push(word);
    else lines[lines.length - 1] = `${line} ${word}`;
  }
  return lines;
}

/** By type and path; `npm run build` extracts them from the definitions (scripts/field-docs.mjs). */
type FieldDocs = Readonly<Record<string, Readonly<Record<string, string>> | undefined>>;

const FILE = join(__dirname, "field-docs.json");

/** The docs of a type's fields, by path; empty before the build. */
export function fieldDocs(type: string): Readonly<Record<string, string>> {
  if (!existsSync(FILE)) return {};
  return (JSON.parse(readFileSync(FILE, "utf8")) as FieldDocs)[type] ?? {};
}
