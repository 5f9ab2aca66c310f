// npm run docs: a page for each resource in docs/reference, from the definitions and the docs of their fields, and the
// tables of other pages that follow from them.
import { existsSync, mkdirSync, readdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { basename, join, relative } from "node:path";
import { fileURLToPath } from "node:url";
import { kebab } from "../dist/provider/cli/terminal/text.js";
import { flagsOf } from "../dist/provider/cli/try/flag.js";
import { definitions, roster } from "../dist/provider/resources/index.js";
import { tablePages } from "./doc-tables.mjs";
import { classDocs, fieldDocs } from "./field-docs.mjs";

const ROOT = fileURLToPath(new URL("..", import.meta.url));
const FOLDER = join(ROOT, "docs", "reference");
const TWILIO = "https://www.twilio.com/docs/conversations/api/";

/** What a change of a field does, by its policy. */
const CHANGES = {
  update: "changes in place",
  replace: "replaces the resource",
  creation: "counts when it is created",
  local: "sends nothing",
};

/** The pages by file name. */
export function referencePages() {
  const docs = { fields: fieldDocs(), classes: classDocs(), programs: examplePrograms() };
  return new Map(
    [...definitions, roster].map((definition) => [`${kebab(definition.type)}.md`, page(definition, docs)]),
  );
}

function page(definition, { fields, classes, programs }) {
  const { type, twilioPage, outputs } = definition;
  const { path, doc, example, outputs: outputDocs } = classes[type];
  const source = relative(FOLDER, path).replaceAll("\\", "/");
  const flags = flagsOf(definition);
  const own = outputs.filter(
    (name) => outputDocs[name] !== undefined && !flags.some((flag) => flag.path === name),
  );
  return [
    `<!-- npm run docs writes this page from ${relative(ROOT, path)}. -->`,
    `# ${type}`,
    doc.trim(),
    `Twilio's own page: [${twilioPage}](${TWILIO}${twilioPage}). Definition: [${basename(path)}](${source}).`,
    "## Example",
    example.trim(),
    exampleLink(type, programs),
    "## Natural key",
    naturalKey(definition),
    "## Fields",
    ...flags.flatMap((flag) => [`### ${flag.path}`, kindLine(flag), fields[type]?.[flag.path] ?? ""]),
    ...(own.length === 0
      ? []
      : ["## Outputs", own.map((name) => `- \`${name}\`: ${inOneLine(outputDocs[name])}`).join("\n")]),
  ]
    .filter((part) => part !== "")
    .join("\n\n")
    .concat("\n");
}

/** The programs of the examples, by folder, in the order of their names. */
function examplePrograms() {
  const files = readdirSync(join(ROOT, "examples"))
    .sort()
    .map((name) => [name, join(ROOT, "examples", name, "index.ts")]);
  return files
    .filter(([, path]) => existsSync(path))
    .map(([name, path]) => [name, readFileSync(path, "utf8")]);
}

/** The first of the examples that declares one. */
function exampleLink(type, programs) {
  const found = programs.find(([, program]) => program.includes(`new ${type}(`));
  if (found === undefined) throw new Error(`no example declares a ${type}`);
  return `[examples/${found[0]}](../../examples/${found[0]}/index.ts) declares one.`;
}

function naturalKey(definition) {
  if ("idOf" in definition)
    return `Twilio keeps one for each ${definition.key.map((name) => `\`${name}\``).join(" and ")}. Pulumi sets it, and restores the original values on destroy.`;
  const { fields, enforced } = definition.naturalKey;
  const names = fields.map((name) => `\`${name}\``).join(", ");
  return `${names}. ${enforced ? "Twilio refuses a second one." : "Twilio allows several with the same, so the provider looks for one before it creates."}`;
}

function kindLine({ kind, words, policy }) {
  const parts = [
    words === undefined ? kind : `${kind}: ${words.map((word) => `\`${word}\``).join(", ")}`,
    CHANGES[policy.change],
    ...(policy.secret === true ? ["secret"] : []),
    ...(policy.writeOnly === true ? ["Twilio never tells it"] : []),
  ];
  return `*${parts.join("; ")}*`;
}

function inOneLine(text) {
  return text.replaceAll(/\s+/g, " ").trim();
}

function write() {
  mkdirSync(FOLDER, { recursive: true });
  for (const name of readdirSync(FOLDER)) rmSync(join(FOLDER, name));
  for (const [name, text] of referencePages()) writeFileSync(join(FOLDER, name), text);
  for (const [path, text] of tablePages()) writeFileSync(join(ROOT, path), text);
}

if (basename(process.argv[1] ?? "") === "reference.mjs") write();
