import { join, relative } from "node:path";
import ts from "typescript";
import { repository as ROOT, script } from "../unit/scripts/modules";

interface Build {
  sources(): { getProgram(): ts.Program };
  declarations(program: ts.Program): Map<string, string>;
}

/** The package's types as a program sees them: from the declarations that are published. */
export async function publicProgram(): Promise<ts.Program> {
  const { sources, declarations } = await script<Build>("build.mjs");
  const source = sources().getProgram();
  const texts = declarations(source);
  const options = { ...source.getCompilerOptions(), incremental: false, tsBuildInfoFile: undefined };
  const host = ts.createCompilerHost(options);
  const { getSourceFile } = host;
  host.getSourceFile = (path, languageVersion, ...rest) => {
    const text = texts.get(relative(join(ROOT, "dist"), path));
    return text === undefined
      ? getSourceFile(path, languageVersion, ...rest)
      : ts.createSourceFile(path, text, languageVersion, true);
  };
  return ts.createProgram([join(ROOT, "dist/provider/index.d.ts")], options, host);
}

/** What an editor shows of a field: its type and its docs. */
export interface Hover {
  readonly type: string;
  readonly docs: string;
}

/** Each field of each exported type whose name ends so with what an editor shows for it, nested ones with dots. */
export function hovers(program: ts.Program, ending = "Args"): Map<string, Hover> {
  const checker = program.getTypeChecker();
  const entry = program.getSourceFile(program.getRootFileNames()[0] ?? "");
  const module = entry && checker.getSymbolAtLocation(entry);
  if (entry === undefined || module === undefined) throw new Error("the package's entry was not found");
  const found = new Map<string, Hover>();
  const visit = (path: string, type: ts.Type): void => {
    for (const symbol of type.getProperties()) {
      const name = `${path}.${symbol.name}`;
      const declared = checker.getTypeOfSymbolAtLocation(symbol, entry);
      const docs = ts.displayPartsToString(symbol.getDocumentationComment(checker));
      // A variant without them is not to hide behind another.
      found.set(name, {
        type: checker.typeToString(declared, entry),
        docs: found.get(name)?.docs === "" ? "" : docs,
      });
      for (const member of plainObjects(checker, declared)) visit(name, member);
    }
  };
  for (const exported of checker.getExportsOfModule(module)) {
    if (!exported.name.endsWith(ending)) continue;
    const type = checker.getDeclaredTypeOfSymbol(exported);
    for (const variant of type.isUnion() ? type.types : [type]) visit(exported.name, variant);
  }
  return found;
}

/** The docs alone. */
export function hoverDocs(program: ts.Program, ending = "Args"): Map<string, string> {
  return new Map([...hovers(program, ending)].map(([path, { docs }]) => [path, docs]));
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
