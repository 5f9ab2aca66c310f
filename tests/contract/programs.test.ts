import { deepEqual, equal, ok } from "node:assert/strict";
import { readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import type TypeScript from "typescript";
import { sized } from "../support/soak";
import { COMPILERS, Consumer } from "./package/consumer";

type Compiler = typeof TypeScript;
type Options = Record<string, unknown>;

/** Pulumi's template for TypeScript; `skipLibCheck` and `esModuleInterop` are in neither. */
const EVERY: Options = {
  strict: true,
  outDir: "bin",
  target: "es2020",
  sourceMap: true,
  experimentalDecorators: true,
  noFallthroughCasesInSwitch: true,
  noImplicitReturns: true,
  forceConsistentCasingInFileNames: true,
};
/** Until March 2026. */
const THEN: Options = { ...EVERY, module: "commonjs", moduleResolution: "node" };
/** Since. */
const NOW: Options = { ...EVERY, module: "nodenext", moduleResolution: "nodenext" };
const NODE16: Options = { ...EVERY, module: "node16", moduleResolution: "node16" };
const BUNDLER: Options = { ...EVERY, module: "esnext", moduleResolution: "bundler" };

const installed = (name: string): Compiler => require(join(COMPILERS, "node_modules", name));
/** The oldest that the package promises, the repository's own, and the newest that Pulumi can use. */
const oldest = () => installed("typescript-4.8");
const present = () => require("typescript") as Compiler;
const newest = () => installed("typescript-6.0");
/** What Pulumi takes where there is none in the project. */
const pulumis = () => require("@pulumi/pulumi/vendor/typescript@3.8.3/typescript.js") as Compiler;
/** What they are called before they are installed. */
const VERSIONS = new Map<() => Compiler, string>([
  [oldest, "4.8"],
  [present, "5.9"],
  [newest, "6.0"],
  [pulumis, "3.8"],
]);

const DOORS = ["right.ts", "template-literals.ts", "doors.ts"];
const OUR_FILES = /\/node_modules\/pulumi-twilio-conversations\//;

interface Case {
  readonly compiler: () => Compiler;
  readonly settings: string;
  readonly options: Options;
  readonly files: string[];
  /** Whether all is checked that the program brings in, as `tsc` does; in a soak it always is. */
  readonly isComplete?: boolean;
}

const isSoak = sized({ short: false, full: true });
const cases: Case[] = [
  { compiler: oldest, settings: "the template of then", options: THEN, files: DOORS, isComplete: true },
  { compiler: oldest, settings: "today's template", options: NOW, files: [...DOORS, "doors.mts"] },
  { compiler: oldest, settings: "node16", options: NODE16, files: [...DOORS, "doors.mts"] },
  { compiler: present, settings: "the template of then", options: THEN, files: DOORS },
  { compiler: present, settings: "today's template", options: NOW, files: [...DOORS, "doors.mts"] },
  { compiler: present, settings: "bundler", options: BUNDLER, files: DOORS },
  {
    compiler: newest,
    settings: "the template of then",
    // What the compiler itself asks for there.
    options: { ...THEN, ignoreDeprecations: "6.0" },
    files: DOORS,
  },
  { compiler: newest, settings: "today's template", options: NOW, files: [...DOORS, "doors.mts"] },
  { compiler: newest, settings: "node16", options: NODE16, files: [...DOORS, "doors.mts"] },
  { compiler: newest, settings: "bundler", options: BUNDLER, files: DOORS },
  {
    compiler: pulumis,
    settings: "the template of then, as Pulumi compiles",
    options: THEN,
    files: ["right.ts"],
  },
];

describe("Programs in somebody's project", function () {
  this.timeout(300_000);
  let consumer: Consumer;
  before(() => {
    consumer = new Consumer();
  });
  after(() => consumer?.remove());

  const programOf = (ts: Compiler, options: Options, files: readonly string[]) => {
    // Pulumi's packages are links here, and belong to the project all the same.
    const given = { ...options, noEmit: true, preserveSymlinks: true };
    const parsed = ts.convertCompilerOptionsFromJson(given, consumer.folder);
    deepEqual(parsed.errors, []);
    const host = { ...ts.createCompilerHost(parsed.options), getCurrentDirectory: () => consumer.folder };
    return ts.createProgram(
      files.map((file) => join(consumer.folder, file)),
      parsed.options,
      host,
    );
  };

  for (const { compiler, settings, options, files, isComplete = isSoak } of cases)
    it(`compile with TypeScript ${VERSIONS.get(compiler)} under ${settings}`, () => {
      const ts = compiler();
      equal(ts.versionMajorMinor, VERSIONS.get(compiler));
      const program = programOf(ts, options, files);
      // Pulumi's own compiler is asked of the program alone: it cannot read Pulumi's packages either.
      const isChecked = ({ fileName }: TypeScript.SourceFile) =>
        isComplete ||
        files.some((file) => fileName.endsWith(`/${file}`)) ||
        (compiler !== pulumis && OUR_FILES.test(fileName));
      const checked = program.getSourceFiles().filter(isChecked);
      const found = [
        ...(compiler === pulumis
          ? []
          : [...program.getOptionsDiagnostics(), ...program.getGlobalDiagnostics()]),
        ...checked.flatMap((file) => [
          ...program.getSyntacticDiagnostics(file),
          ...program.getSemanticDiagnostics(file),
        ]),
      ];
      deepEqual(
        found.map(({ file, messageText }) => `${file?.fileName}: ${textOf(ts, messageText)}`),
        [],
      );
      ok(checked.length >= files.length);
      deepEqual(
        program.getSourceFiles().filter(({ fileName }) => fileName.includes("/zod/")),
        [],
      );
    });

  for (const compiler of [oldest, present, newest])
    it(`are told by TypeScript ${VERSIONS.get(compiler)} in a sentence what cannot be`, () => {
      const ts = compiler();
      const path = join(consumer.folder, "wrong.ts");
      // Every comment that expects an error would hide it.
      const text = readFileSync(path, "utf8").replaceAll("@ts-expect-error", "expected");
      writeFileSync(path, text);
      const program = programOf(ts, NOW, ["wrong.ts"]);
      const told = program
        .getSemanticDiagnostics(program.getSourceFile(path))
        .map(({ file, start = 0, messageText }) => ({
          line: file?.getLineAndCharacterOfPosition(start).line ?? 0,
          sentence: textOf(ts, messageText).split("\n").at(-1)?.trim() ?? "",
        }));
      const lines = text.split("\n");
      const expected = lines.flatMap((line, at) => {
        const [, sentence] = /\/\/ expected: (.*)/.exec(line) ?? [];
        return sentence === undefined ? [] : [{ line: at + 1, sentence }];
      });
      ok(expected.length > 20);
      deepEqual(
        told.map(({ line }) => lines[line]),
        expected.map(({ line }) => lines[line]),
      );
      // An older one has other words for some.
      if (compiler !== oldest)
        for (const [at, { line, sentence }] of expected.entries())
          ok(told[at]?.sentence.includes(sentence), `${lines[line]}\n${told[at]?.sentence}`);
    });

  it("are offered the words that are known, and take others", () => {
    const ts = present();
    const path = join(consumer.folder, "words.ts");
    const text = readFileSync(path, "utf8");
    const { options } = ts.convertCompilerOptionsFromJson(
      { ...NOW, preserveSymlinks: true },
      consumer.folder,
    );
    const service = ts.createLanguageService({
      getCompilationSettings: () => options,
      getScriptFileNames: () => [path],
      getScriptVersion: () => "1",
      getScriptSnapshot: (file) => {
        const read = ts.sys.readFile(file);
        return read === undefined ? undefined : ts.ScriptSnapshot.fromString(read);
      },
      getCurrentDirectory: () => consumer.folder,
      getDefaultLibFileName: ts.getDefaultLibFilePath,
      fileExists: ts.sys.fileExists,
      readFile: ts.sys.readFile,
      directoryExists: ts.sys.directoryExists,
    });
    deepEqual(service.getSemanticDiagnostics(path), []);
    const places = [...text.matchAll(/"" \/\* (\w+) \*\//g)];
    equal(places.length, 8);
    for (const { index, 1: word } of places) {
      const offered = service.getCompletionsAtPosition(path, index + 1, {})?.entries ?? [];
      ok(
        offered.some(({ name }) => name === word),
        `${word} is not among ${offered.slice(0, 5).map(({ name }) => name)}`,
      );
    }
  });

  it("find no schema behind any door", () => {
    const folder = join(consumer.folder, "node_modules", "pulumi-twilio-conversations");
    for (const door of [
      "dist/provider/index.d.ts",
      "dist/provider/plugin/dynamic/dynamic.d.ts",
      "dist/simulator/index.d.ts",
    ])
      equal(/zod/i.test(readFileSync(join(folder, door), "utf8")), false, door);
  });
});

function textOf(ts: Compiler, message: string | TypeScript.DiagnosticMessageChain): string {
  return ts.flattenDiagnosticMessageText(message, "\n");
}
