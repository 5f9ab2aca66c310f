import assert, { ok } from "node:assert/strict";
import { existsSync, readdirSync, readFileSync } from "node:fs";
import { dirname, join, resolve } from "node:path";
import ts from "typescript";
import { fieldsOf } from "../../provider/core/definition/define";
import { definitions } from "../../provider/resources";
import { typesWithTable } from "../types";

const ROOT = resolve(__dirname, "..", "..");
const read = (path: string) => readFileSync(join(ROOT, path), "utf8");
const kebab = (type: string) => type.replaceAll(/(?<=[a-z])(?=[A-Z])/g, "-").toLowerCase();

/** What a page's tables say, by the first cell: the cells, and where the links lead. */
function rows(page: string): Map<string, { links: string[]; cells: string[] }> {
  const lines = page.split("\n").filter((line) => /^\| \[?`?\w/.test(line));
  return new Map(
    lines.map((line) => {
      const cells = line
        .split("|")
        .slice(1, -1)
        .map((cell) => cell.trim());
      const name = /^\[?`?([\w-]+)/.exec(cells[0] ?? "")?.[1] ?? "";
      return [name, { links: [...line.matchAll(/\]\(([^)]+)\)/g)].map(([, link]) => link ?? ""), cells }];
    }),
  );
}

/** What docs/changes.md says that a change does, by type: the names in each cell after the first, without members. */
function changeRows(page: string): Map<string, { updated: string[]; replaced: string[]; cells: string[] }> {
  const table = /^# What a change does\n([\s\S]*?)\n## /.exec(page)?.[1] ?? "";
  const named = (cell = "") => [...cell.matchAll(/`(\w+)[.\w*]*`/g)].map(([, name]) => name ?? "");
  const lines = table.split("\n").filter((line) => line.startsWith("| `"));
  return new Map(
    lines.map((line) => {
      const [type, ...cells] = line.split("|").slice(1, -1);
      return [named(type)[0] ?? "", { updated: named(cells[0]), replaced: named(cells[1]), cells }];
    }),
  );
}

/** The file of a type, in the folder of what it belongs to. */
function sourceOf(type: string): string {
  const files = ["conversation", "service", "account"]
    .map((folder) => `provider/resources/${folder}/${kebab(type)}.ts`)
    .filter((path) => existsSync(join(ROOT, path)));
  assert.equal(files.length, 1, type);
  return files[0] ?? "";
}

/** The types that a program makes resources of. */
function usedIn(program: string): string[] {
  return [...program.matchAll(/\bnew (\w+)\(/g)].map(([, type]) => type ?? "");
}

/** What an editor shows for a class of a file. */
function classDocs(path: string, type: string): string {
  const file = ts.createSourceFile(path, read(path), ts.ScriptTarget.Latest, true);
  const declaration = file.statements.find(
    (statement) => ts.isClassDeclaration(statement) && statement.name?.text === type,
  );
  assert.ok(declaration, `${path} has no class ${type}`);
  return ts
    .getJSDocCommentsAndTags(declaration)
    .map((part) => part.getText())
    .join("\n");
}

const readme = rows(read("README.md"));
const examplesPage = rows(read("examples/README.md"));
const changes = changeRows(read("docs/changes.md"));
const examples = readdirSync(join(ROOT, "examples")).filter((name) =>
  existsSync(join(ROOT, "examples", name, "Pulumi.yaml")),
);
const programs = new Map(examples.map((name) => [name, usedIn(read(`examples/${name}/index.ts`))]));
const documented = [
  ...definitions.map(({ type }) => ({ type, source: sourceOf(type) })),
  { type: "Roster", source: "provider/resources/conversation/roster.ts" },
  { type: "StandingConversation", source: "provider/components/standing-conversation.ts" },
];

describe("What stands beside the code of", () => {
  for (const { type, source } of documented) {
    it(`${type}: a row in the README, and one in examples/README.md with an example that declares it`, () => {
      const { links = [], cells = [] } = readme.get(type) ?? {};
      const page = `docs/reference/${kebab(type)}.md`;
      assert.equal(links[0], existsSync(join(ROOT, page)) ? page : source);
      assert.match(cells[1] ?? "", /^[A-Z].{15}/);
      const [example = ""] = examplesPage.get(type)?.links ?? [];
      assert.equal(programs.get(example)?.includes(type), true, example);
    });

    it(`${type}: docs on its class, with an example`, () =>
      assert.match(classDocs(source, type), /^\/\*\*\n \* [A-Z][\s\S]{40,}@example\n \* ```ts\n/));
  }

  for (const { type } of definitions)
    it(`${type}: a table for the tests, in tests/types`, () => ok(typesWithTable().includes(type), type));

  for (const definition of definitions)
    it(`${definition.type}: a row in docs/changes.md on what a change of each field does`, () => {
      const { updated = [], replaced = [], cells = [] } = changes.get(definition.type) ?? {};
      const changed = (change: string) =>
        fieldsOf(definition)
          .filter(({ policy }) => policy.change === change && policy.internal !== true)
          .map(({ name }) => name)
          .sort();
      if (!cells[0]?.includes("everything else")) assert.deepEqual(updated.sort(), changed("update"));
      assert.deepEqual(
        changed("replace").filter((name) => !replaced.includes(name)),
        [],
      );
    });

  for (const name of examples)
    it(`the example ${name}: a row in examples/README.md, and a README of its own that says how to destroy it`, () => {
      assert.deepEqual(examplesPage.get(name)?.links, [name]);
      assert.match(examplesPage.get(name)?.cells[1] ?? "", /^[A-Z].{15}/);
      assert.match(read(`examples/${name}/README.md`), /^# [A-Z][\s\S]*\bdestroy\b/);
    });

  for (const page of ["README.md", "examples/README.md"])
    it(`the rows of ${page}: a file for every link`, () => {
      const links = [...rows(read(page)).values()].flatMap((row) => row.links);
      assert.ok(links.length > 20);
      assert.deepEqual(
        links.filter((link) => !existsSync(join(ROOT, dirname(page), link))),
        [],
      );
    });
});
