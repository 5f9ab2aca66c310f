// npm run build: compiles the package, and writes what follows from its definitions: types for programs, docs for `try`.
import { existsSync, mkdirSync, readdirSync, rmSync, writeFileSync } from "node:fs";
import { basename, dirname, join, relative } from "node:path";
import { fileURLToPath } from "node:url";
import ts from "typescript";
import { bundled } from "./declarations/bundle.mjs";
import { Expansion } from "./declarations/expansion.mjs";
import { DeclarationModule } from "./declarations/module.mjs";
import { fieldDocs } from "./field-docs.mjs";

const ROOT = fileURLToPath(new URL("..", import.meta.url));
const DIST = join(ROOT, "dist");
const FIELD_DOCS = join(DIST, "provider", "cli", "try", "field-docs.json");
/** What programs import, each with one declaration file, which holds no schema. */
const DOORS = ["provider/index", "provider/plugin/dynamic/dynamic", "simulator/index"];

/** The package's sources as the compiler knows them. */
export function sources() {
  const { config } = ts.readConfigFile(join(ROOT, "tsconfig.build.json"), ts.sys.readFile);
  const { options, fileNames } = ts.parseJsonConfigFileContent(config, ts.sys, ROOT);
  return ts.createIncrementalProgram({ rootNames: fileNames, options });
}

/** The text of each declaration file that is published, by its path in dist. */
export function declarations(program) {
  const modules = declarationModules(program);
  return new Map(
    DOORS.map((door) => [
      `${door}.d.ts`,
      bundled({ door: join(ROOT, `${door}.ts`), modules, expansion: new Expansion(program) }),
    ]),
  );
}

/** What the compiler declares of a source; only of those that are asked for, since each takes its time. */
function declarationModules(program) {
  const known = new Map();
  return (path) => {
    const source = [path, `${path}.ts`, join(path, "index.ts")].find((it) => program.getSourceFile(it));
    if (!known.has(source)) {
      let text = "";
      const write = (_path, emitted) => {
        text = emitted;
      };
      program.emit(program.getSourceFile(source), write, undefined, /* emitOnlyDtsFiles */ true);
      known.set(source, new DeclarationModule(source, text));
    }
    return known.get(source);
  };
}

function build() {
  const builder = sources();
  let hasChanged = !DOORS.every((door) => existsSync(join(DIST, `${door}.d.ts`)));
  // Before anything is emitted: what was checked then is noted, and is not checked again by the next build.
  const problems = [
    ...builder.getConfigFileParsingDiagnostics(),
    ...builder.getOptionsDiagnostics(),
    ...builder.getSyntacticDiagnostics(),
    ...builder.getGlobalDiagnostics(),
    ...builder.getSemanticDiagnostics(),
  ];
  const { diagnostics } = builder.emit(undefined, (path, text) => {
    if (path.endsWith(".d.ts")) return;
    hasChanged ||= !path.endsWith(".tsbuildinfo");
    write(path, text);
  });
  problems.push(...diagnostics);
  if (problems.length > 0) {
    console.log(ts.formatDiagnosticsWithColorAndContext(problems, diagnosticsHost));
    process.exit(1);
  }
  if (hasChanged) writeDeclarations(declarations(builder.getProgram()));
  removeOrphans();
  write(FIELD_DOCS, `${JSON.stringify(fieldDocs(), null, 2)}\n`);
}

const diagnosticsHost = {
  getCanonicalFileName: (name) => name,
  getCurrentDirectory: () => ROOT,
  getNewLine: () => "\n",
};

/** What an earlier build has left beside them would be published too. */
function writeDeclarations(texts) {
  for (const entry of readdirSync(DIST, { recursive: true, withFileTypes: true }))
    if (entry.name.endsWith(".d.ts")) rmSync(join(entry.parentPath, entry.name));
  for (const [path, text] of texts) write(join(DIST, path), text);
}

/** So would what it has left of sources that are gone. */
function removeOrphans() {
  for (const entry of readdirSync(DIST, { recursive: true, withFileTypes: true })) {
    const path = join(entry.parentPath, entry.name);
    const source = join(ROOT, relative(DIST, path)).replace(/\.js(\.map)?$/, ".ts");
    if (/\.js(\.map)?$/.test(entry.name) && !existsSync(source)) rmSync(path);
  }
}

function write(path, text) {
  mkdirSync(dirname(path), { recursive: true });
  writeFileSync(path, text);
}

if (basename(process.argv[1] ?? "") === "build.mjs") build();
