import { deepEqual, equal } from "node:assert/strict";
import ts from "typescript";
import * as ours from "../../../../provider";
import { Names, resourceName, variableName, variableNames } from "../../../../provider/cli/import/names";

describe("names of imported resources", () => {
  it("are each given once", () => {
    const names = new Names();
    deepEqual(
      ["a", "a", "a-2", "a"].map((name) => names.give(name)),
      ["a", "a-2", "a-2-2", "a-3"],
    );
  });

  it("keep letters of every script, and nothing that an URN or a path means", () => {
    equal(resourceName(["Zürich :: Süd/1"], "x"), "Zürich-Süd-1");
    equal(resourceName(["支持"], "x"), "支持");
    equal(resourceName(["__proto__"], "x").startsWith("_"), false);
    equal(resourceName(["😀", undefined, "second"], "x"), "second");
    equal(resourceName(["😀"], "x"), "x");
    equal(resourceName(["4dabf18193072939515e22adb298388d"], "x"), "x");
  });

  it("are of at most 40 characters, none of them cut in two", () => {
    equal(resourceName(["x".repeat(41)], "x"), "x".repeat(40));
    equal(resourceName(["𠮷".repeat(41)], "x"), "𠮷".repeat(40));
    equal(resourceName([`${"x".repeat(39)} y`], "x"), "x".repeat(39));
  });

  it("make variables that are no words of the language", () => {
    equal(variableName("support-eu.west", "x"), "supportEuWest");
    equal(variableName("42", "conversation"), "conversation42");
    equal(variableNames().give("class", ""), "class2");
  });

  it("make variables that hide nothing of the module, of the program or of the package", () => {
    const ofModules = ["exports", "require", "module", "globalThis"];
    const ofPrograms = ["config", "pulumi", "label", "member"];
    const names = [...ofModules, ...ofPrograms, ...Object.keys(ours)];
    deepEqual(
      names.filter((name) => variableNames().give(name, "") === name),
      [],
    );
  });

  it("make variables that the compiler takes, whatever word they are made of", () => {
    const keywords = Array.from(
      { length: ts.SyntaxKind.LastKeyword - ts.SyntaxKind.FirstKeyword + 1 },
      (_, at) => ts.tokenToString(ts.SyntaxKind.FirstKeyword + at) ?? "",
    );
    const words = [...keywords, "arguments", "eval", "globalThis", "exports", "require", "module", "NaN"];
    const names = variableNames();
    const lines = words.map((word) => `const ${names.give(variableName(word, "x"), "")} = 1;`);
    const file = ts.createSourceFile(
      "program.mts",
      `"use strict";\n${lines.join("\n")}\nexport {};`,
      ts.ScriptTarget.ES2022,
    );
    const host: ts.CompilerHost = {
      ...ts.createCompilerHost({}),
      getSourceFile: (name) => (name === file.fileName ? file : undefined),
      fileExists: (name) => name === file.fileName,
    };
    const program = ts.createProgram([file.fileName], { noLib: true, module: ts.ModuleKind.CommonJS }, host);
    const problems = [...program.getSyntacticDiagnostics(file), ...program.getSemanticDiagnostics(file)];
    deepEqual(
      problems.map(({ messageText }) => messageText),
      [],
    );
  });
});
