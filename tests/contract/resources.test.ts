import assert, { ok } from "node:assert/strict";
import { existsSync, readdirSync, readFileSync } from "node:fs";
import { dirname, join, resolve } from "node:path";
import ts from "typescript";
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

/** The file of a type, in the folder of what it belongs to. */
function sourceOf(type: string): string {
  const files = ["conversation", "service", "account"]
    .map((folder) => `provider/resources/${folder}/${kebab(type)}.ts`)
    .filter((path) => existsSync(join(ROOT, path)));
  assert.equal(files.length, 1, type);
  return files[0] ?? "";
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

const examplesPage = rows(read("examples/README.md"));
const examples = readdirSync(join(ROOT, "examples")).filter((name) =>
  existsSync(join(ROOT, "examples", name, "Pulumi.yaml")),
);
const documented = [
  ...definitions.map(({ type }) => ({ type, source: sourceOf(type) })),
  { type: "Roster", source: "provider/resources/conversation/roster.ts" },
  { type: "StandingConversation", source: "provider/components/standing-conversation.ts" },
];

describe("What stands beside the code of", () => {
  for (const { type, source } of documented) {
    it(`${type}: docs on its class, with an example`, () =>
      assert.match(classDocs(source, type), /^\/\*\*\n \* [A-Z][\s\S]{40,}@example\n \* ```ts\n/));
  }

  for (const { type } of definitions)
    it(`${type}: a table for the tests, in tests/types`, () => ok(typesWithTable().includes(type), type));

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
