import { dirname, join } from "node:path";
import ts from "typescript";

const ROOT = join(__dirname, "../../..");
const ENTRY = join(ROOT, "provider/index.ts");

/** The package's own types as a program sees them: from the source, or from the declarations that are published. */
export function publicProgram(kind: "source" | "declarations"): ts.Program {
  const { config } = ts.readConfigFile(join(ROOT, "tsconfig.build.json"), ts.sys.readFile);
  const parsed = ts.parseJsonConfigFileContent(config, ts.sys, ROOT);
  const options = { ...parsed.options, incremental: false, tsBuildInfoFile: undefined, noEmit: false };
  const source = ts.createProgram([ENTRY], options);
  if (kind === "source") return source;
  const emitted = new Map<string, string>();
  source.emit(undefined, (path, text) => emitted.set(path, text), undefined, true);
  const host = ts.createCompilerHost(options);
  const { fileExists, readFile, directoryExists } = host;
  host.fileExists = (path) => emitted.has(path) || fileExists(path);
  host.readFile = (path) => emitted.get(path) ?? readFile(path);
  host.directoryExists = (path) =>
    [...emitted.keys()].some((file) => dirname(file).startsWith(path)) || (directoryExists?.(path) ?? false);
  const { getSourceFile } = host;
  host.getSourceFile = (path, languageVersion, ...rest) => {
    const text = emitted.get(path);
    return text === undefined
      ? getSourceFile(path, languageVersion, ...rest)
      : ts.createSourceFile(path, text, languageVersion, true);
  };
  return ts.createProgram([join(ROOT, "dist/provider/index.d.ts")], options, host);
}

/** Each field of each exported type whose name ends so with the text that an editor shows for it, nested ones with dots. */
export function hoverDocs(program: ts.Program, ending = "Args"): Map<string, string> {
  const checker = program.getTypeChecker();
  const entry = program.getSourceFile(program.getRootFileNames()[0] ?? "");
  const module = entry && checker.getSymbolAtLocation(entry);
  if (entry === undefined || module === undefined) throw new Error("the package's entry was not found");
  const docs = new Map<string, string>();
  const visit = (path: string, type: ts.Type): void => {
    for (const symbol of type.getProperties()) {
      const name = `${path}.${symbol.name}`;
      docs.set(name, ts.displayPartsToString(symbol.getDocumentationComment(checker)));
      for (const member of plainObjects(checker, checker.getTypeOfSymbolAtLocation(symbol, entry)))
        visit(name, member);
    }
  };
  for (const exported of checker.getExportsOfModule(module)) {
    if (!exported.name.endsWith(ending)) continue;
    const symbol = exported.flags & ts.SymbolFlags.Alias ? checker.getAliasedSymbol(exported) : exported;
    visit(exported.name, checker.getDeclaredTypeOfSymbol(symbol));
  }
  return docs;
}

/** What an object input can be, besides an output or a promise of it. */
function plainObjects(checker: ts.TypeChecker, type: ts.Type): ts.Type[] {
  const parts = type.isUnion() ? type.types : [type];
  return parts.filter((part) => {
    const isMapped =
      (part.flags & (ts.TypeFlags.Object | ts.TypeFlags.Intersection)) !== 0 &&
      part.getCallSignatures().length === 0;
    const hasOwnNames = part.getProperties().length > 0 && !checker.isArrayType(part);
    return (
      isMapped &&
      hasOwnNames &&
      part.getProperty("apply") === undefined &&
      part.getProperty("then") === undefined
    );
  });
}
