import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";

/** What stands where a secret does, and nowhere else: letters that no encoding of text changes, and some that each does. */
export function canary(kind: CanaryKind, name: string): string {
  const text = `${CORES[kind]}-${name} "q"/+é&%\\`;
  // A credential with a blank or beyond ASCII is refused, and reaches nobody.
  return kind === "input" ? text : text.replaceAll(/[ é]/g, "-");
}

const CORES = { login: "canaryLogin7f3a", config: "canaryConfig95e2", input: "canaryInput4b1d" };
export type CanaryKind = keyof typeof CORES;

/** The canaries of this kind that a text shows: in clear, in URLs and JSON, in hexadecimal and in base64. */
export function canariesIn(text: string, ...kinds: CanaryKind[]): string[] {
  return kinds.flatMap((kind) => spellingsOf(CORES[kind]).filter((spelling) => text.includes(spelling)));
}

/** In base64 it depends on what stands before: of each of the three, the letters that nothing around it changes. */
function spellingsOf(core: string): string[] {
  const shifted = ["", "x", "xx"].map((before) => {
    const text = Buffer.from(before + core)
      .toString("base64")
      .replaceAll("=", "");
    return text.slice(before.length === 0 ? 0 : before.length + 1, -2);
  });
  return [core, core.toLowerCase(), Buffer.from(core).toString("hex"), ...shifted];
}

/** The text of every file below a folder, links aside. */
export function textsBelow(folder: string): Map<string, string> {
  const entries = readdirSync(folder, { recursive: true, withFileTypes: true });
  const files = entries.filter((entry) => entry.isFile()).map((entry) => join(entry.parentPath, entry.name));
  return new Map(files.map((file) => [file, readFileSync(file, "utf8")]));
}
