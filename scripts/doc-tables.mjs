// Part of npm run docs: the tables of the README, docs/changes.md and examples/README.md that follow from the definitions.
import { readFileSync } from "node:fs";
import { basename, dirname, join, relative } from "node:path";
import { fileURLToPath } from "node:url";
import { kebab } from "../dist/provider/cli/terminal/text.js";
import { flagsOf } from "../dist/provider/cli/try/flag.js";
import { definitions, roster } from "../dist/provider/resources/index.js";
import { classDocs, componentDocs } from "./field-docs.mjs";

const ROOT = fileURLToPath(new URL("..", import.meta.url));
/** What most programs begin with; the others follow by what they belong to. */
const FIRST = ["StandingConversation", "Conversation", "Participant", "Roster"];
const FOLDERS = ["components", "conversation", "service", "account"];

/** The pages by path, each with its table as it should be. */
export function tablePages() {
  const docs = { ...componentDocs(), ...classDocs() };
  const types = [...Object.keys(componentDocs()), ...[roster, ...definitions].map(({ type }) => type)];
  const rank = (type) => (FIRST.includes(type) ? FIRST.indexOf(type) : FIRST.length);
  const folder = (type) => FOLDERS.indexOf(basename(dirname(docs[type].path)));
  const sorted = types.sort((a, b) => rank(a) - rank(b) || folder(a) - folder(b) || a.localeCompare(b));
  return new Map([
    withTable(
      "README.md",
      "| resource | declares |",
      sorted.map((type) => resourceRow(type, docs[type])),
    ),
    withTable("examples/README.md", "| resource | examples that declare it |", exampleRows(sorted)),
    withTable(
      "docs/changes.md",
      "| resource | updated in place | replaced | counts at creation only |",
      sorted.flatMap((type) => changeRow([roster, ...definitions].find((one) => one.type === type))),
    ),
  ]);
}

/** A page with these rows between its marks. */
function withTable(path, head, rows) {
  const text = readFileSync(join(ROOT, path), "utf8");
  const parts = /^([\s\S]*<!-- npm run docs -->\n)[\s\S]*?(\n<!-- end -->[\s\S]*)$/.exec(text);
  if (parts === null) throw new Error(`${path} has no marks around its table`);
  const columns = head.split("|").length - 2;
  return [path, `${parts[1]}${[head, `|${"---|".repeat(columns)}`, ...rows].join("\n")}${parts[2]}`];
}

function resourceRow(type, { path, doc }) {
  const isOfDefinition = [roster, ...definitions].some((one) => one.type === type);
  const target = isOfDefinition
    ? `docs/reference/${kebab(type)}.md`
    : relative(ROOT, path).replaceAll("\\", "/");
  const [, sentence] = /^([^.]{15,90})\.(\s|$)/.exec(doc) ?? [];
  if (sentence === undefined)
    throw new Error(`the doc of ${type} has to begin with a sentence of at most 90 characters`);
  return `| [\`${type}\`](${target}) | ${sentence.replaceAll(/\s+/g, " ")} |`;
}

function exampleRows(types) {
  const [, table = ""] =
    /\n## The examples\n([\s\S]*?)\n## /.exec(readFileSync(join(ROOT, "examples/README.md"), "utf8")) ?? [];
  const names = [...table.matchAll(/^\| \[([\w-]+)\]/gm)].map(([, name]) => name);
  const programs = names.map((name) => [
    name,
    readFileSync(join(ROOT, "examples", name, "index.ts"), "utf8"),
  ]);
  return types.map((type) => {
    const found = programs.filter(([, program]) => program.includes(`new ${type}(`));
    if (found.length === 0) throw new Error(`no example declares a ${type}`);
    return `| \`${type}\` | ${found.map(([name]) => `[${name}](${name})`).join(", ")} |`;
  });
}

/** None for a component, whose parts have rows of their own. */
function changeRow(definition) {
  if (definition === undefined) return [];
  const cells = ["update", "replace", "creation"].map((change) => changedBy(flagsOf(definition), change));
  return [`| \`${definition.type}\` | ${cells.join(" | ")} |`.replaceAll("|  |", "| |")];
}

/** The fields whose change does this: a group once, and what of it does otherwise by its path. */
function changedBy(flags, change) {
  const mains = new Map();
  const names = flags.flatMap(({ path, policy }) => {
    const [top] = path.split(".");
    const isFirst = !mains.has(top);
    if (isFirst) mains.set(top, policy.change);
    if (policy.change !== change) return [];
    if (mains.get(top) === change) return isFirst ? [top] : [];
    return [path];
  });
  return names.map((name) => `\`${name}\``).join(", ");
}
