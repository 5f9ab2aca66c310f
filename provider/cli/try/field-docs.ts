import { existsSync, readFileSync } from "node:fs";
import { join } from "node:path";

/** By type and path; `npm run build` takes them from the definitions (scripts/field-docs.mjs). */
type FieldDocs = Readonly<Record<string, Readonly<Record<string, string>> | undefined>>;

const FILE = join(__dirname, "field-docs.json");

/** The docs of a type's fields, by path; none where nothing was built. */
export function fieldDocs(type: string): Readonly<Record<string, string>> {
  if (!existsSync(FILE)) return {};
  return (JSON.parse(readFileSync(FILE, "utf8")) as FieldDocs)[type] ?? {};
}
