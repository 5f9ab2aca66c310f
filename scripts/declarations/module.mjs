import { dirname, resolve } from "node:path";
import ts from "typescript";

/** What an emitted declaration file declares, imports and exports, by name. */
export class DeclarationModule {
  constructor(path, text) {
    this.path = path;
    this.file = ts.createSourceFile(path, text, ts.ScriptTarget.Latest, /* setParentNodes */ true);
    /** The statements that declare a name: several where a function has overloads. */
    this.declared = new Map();
    /** Where an imported name is from, and how it is called there. */
    this.imported = new Map();
    /** What is exported under the name of another module's. */
    this.reexported = new Map();
    /** The modules of which everything is exported. */
    this.stars = [];
    /** What `export =` gives. */
    this.assigned = undefined;
    for (const statement of this.file.statements) this.#note(statement);
  }

  /** The names that it exports. */
  ownExports() {
    const isExported = (statement) =>
      statement.modifiers?.some(({ kind }) => kind === ts.SyntaxKind.ExportKeyword) ?? false;
    return [...this.declared].filter(([, statements]) => statements.some(isExported)).map(([name]) => name);
  }

  #note(statement) {
    const from = statement.moduleSpecifier && this.#place(statement.moduleSpecifier.text);
    if (ts.isImportDeclaration(statement)) this.#noteImport(statement.importClause, from);
    else if (ts.isExportDeclaration(statement)) this.#noteExport(statement, from);
    else if (ts.isExportAssignment(statement)) this.assigned = statement.expression.getText();
    else for (const name of namesOf(statement)) this.#declare(name, statement);
  }

  #noteImport(clause, from) {
    const bindings = clause?.namedBindings;
    if (bindings === undefined) return;
    if (ts.isNamespaceImport(bindings)) this.imported.set(bindings.name.text, { from, name: "*" });
    else
      for (const { name, propertyName } of bindings.elements)
        this.imported.set(name.text, { from, name: (propertyName ?? name).text });
  }

  #noteExport({ exportClause }, from) {
    if (exportClause === undefined) this.stars.push(from);
    else
      for (const { name, propertyName } of exportClause.elements)
        if (from !== undefined) this.reexported.set(name.text, { from, name: (propertyName ?? name).text });
  }

  #declare(name, statement) {
    this.declared.set(name, [...(this.declared.get(name) ?? []), statement]);
  }

  /** The source of a module beside it; another package's name as it is. */
  #place(specifier) {
    return specifier.startsWith(".") ? resolve(dirname(this.path), specifier) : specifier;
  }
}

function namesOf(statement) {
  if (ts.isVariableStatement(statement))
    return statement.declarationList.declarations.map(({ name }) => name.getText());
  return statement.name === undefined ? [] : [statement.name.text];
}

/** The names that a declaration takes from around it. */
export function namesIn(node) {
  const names = new Set();
  const leftmost = (name) => (ts.isIdentifier(name) ? name : leftmost(name.left ?? name.expression));
  const visit = (child) => {
    if (ts.isTypeReferenceNode(child)) names.add(leftmost(child.typeName).text);
    else if (ts.isTypeQueryNode(child)) names.add(leftmost(child.exprName).text);
    else if (ts.isExpressionWithTypeArguments(child)) names.add(leftmost(child.expression).text);
    else if (ts.isImportTypeNode(child)) names.add(child.getText());
    ts.forEachChild(child, visit);
  };
  visit(node);
  return names;
}
