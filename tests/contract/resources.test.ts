import assert from "node:assert/strict";
import { existsSync, readdirSync, readFileSync } from "node:fs";
import { join, resolve } from "node:path";
import ts from "typescript";
import { fieldsOf } from "../../provider/core/definition/define";
import { definitions } from "../../provider/resources";

const ROOT = resolve(__dirname, "..", "..");
const read = (path: string) => readFileSync(join(ROOT, path), "utf8");
const kebab = (type: string) => type.replaceAll(/(?<=[a-z])(?=[A-Z])/g, "-").toLowerCase();

/** What the README's tables say, by the first cell: the cells after it, and where the links lead. */
function rows(readme: string): Map<string, { links: string[]; cells: string[] }> {
  const lines = readme.split("\n").filter((line) => line.startsWith("| ["));
  return new Map(
    lines.map((line) => {
      const cells = line
        .split("|")
        .slice(1, -1)
        .map((cell) => cell.trim());
      const name = /^\[`?([\w-]+)`?\]/.exec(cells[0] ?? "")?.[1] ?? "";
      return [name, { links: [...line.matchAll(/\]\(([^)]+)\)/g)].map(([, link]) => link ?? ""), cells }];
    }),
  );
}

/** What the README says that a change does, by type: the names in each cell after the first, without members. */
function changeRows(readme: string): Map<string, { updated: string[]; replaced: string[]; cells: string[] }> {
  const table = /## What a change does\n([\s\S]*?)\n## /.exec(readme)?.[1] ?? "";
  const named = (cell = "") => [...cell.matchAll(/`(\w+)[.\w*]*`/g)].map(([, name]) => name ?? "");
  const lines = table.split("\n").filter((line) => line.startsWith("| `"));
  return new Map(
    lines.map((line) => {
      const [type, ...cells] = line.split("|").slice(1, -1);
      return [named(type)[0] ?? "", { updated: named(cells[0]), replaced: named(cells[1]), cells }];
    }),
  );
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

/** The files of the specimens, by the type of their definition. */
function specimensIn(folder: string): Map<string, string> {
  const files = readdirSync(join(ROOT, folder)).map((name) => name.replace(/\.ts$/, ""));
  const typesOf = (file: string) =>
    Object.values<{ definition?: { type: string } }>(require(join(ROOT, folder, file)));
  return new Map(
    files.flatMap((file) =>
      typesOf(file).flatMap(({ definition }) => (definition ? [[definition.type, file] as const] : [])),
    ),
  );
}

const specimens = specimensIn("tests/lifecycle/specimens");
const lifecycleTests = readdirSync(join(ROOT, "tests/lifecycle"))
  .filter((name) => name.endsWith(".test.ts"))
  .map((name) => read(`tests/lifecycle/${name}`));
const readme = rows(read("README.md"));
const changes = changeRows(read("README.md"));
const examples = readdirSync(join(ROOT, "examples")).filter((name) =>
  existsSync(join(ROOT, "examples", name, "Pulumi.yaml")),
);
const programs = new Map(examples.map((name) => [name, usedIn(read(`examples/${name}/index.ts`))]));
const documented = [
  ...definitions.map(({ type }) => ({ type, source: `provider/resources/${kebab(type)}.ts` })),
  { type: "Roster", source: "provider/resources/roster.ts" },
  { type: "StandingConversation", source: "provider/components/standing-conversation.ts" },
];

describe("What stands beside the code of", () => {
  for (const { type, source } of documented) {
    it(`${type}: a row in the README, with an example that declares one`, () => {
      const { links = [], cells = [] } = readme.get(type) ?? {};
      const [code, example = ""] = links;
      assert.equal(code, source);
      assert.match(cells[1] ?? "", /^[A-Z].{15}/);
      assert.equal(programs.get(example.replace("examples/", ""))?.includes(type), true, example);
    });

    it(`${type}: docs on its class, with an example`, () =>
      assert.match(classDocs(source, type), /^\/\*\*\n \* [A-Z][\s\S]{40,}@example\n \* ```ts\n/));
  }

  for (const { type } of definitions)
    it(`${type}: values for the shared lifecycle suite, in a test that runs it`, () => {
      const file = specimens.get(type);
      assert.ok(file, `no file of tests/lifecycle/specimens exports one with the definition of ${type}`);
      const isRun = lifecycleTests.some((test) => test.includes(`from "./specimens/${file}"`));
      assert.equal(isRun, true, file);
    });

  for (const definition of definitions)
    it(`${definition.type}: a row in the README on what a change of each field does`, () => {
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
    it(`the example ${name}: a row in the README, and a README of its own that says how to destroy it`, () => {
      assert.deepEqual(readme.get(name)?.links, [`examples/${name}`]);
      assert.match(readme.get(name)?.cells[1] ?? "", /^[A-Z].{15}/);
      assert.match(read(`examples/${name}/README.md`), /^# [A-Z][\s\S]*\bdestroy\b/);
    });

  it("the README's rows: a file for every link", () => {
    const links = [...readme.values()].flatMap((row) => row.links);
    assert.ok(links.length > 20);
    assert.deepEqual(
      links.filter((link) => !existsSync(join(ROOT, link))),
      [],
    );
  });
});
