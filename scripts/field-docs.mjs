// Part of npm run build: the docs of the fields, as they stand in the definitions, for `pulumi-twilio-conversations try --help`.
import { readdirSync, readFileSync } from "node:fs";
import { dirname, join, resolve } from "node:path";
import { fileURLToPath } from "node:url";
import ts from "typescript";

const ROOT = fileURLToPath(new URL("..", import.meta.url));
const RESOURCES = join(ROOT, "provider", "resources");
const COMPONENTS = join(ROOT, "provider", "components");

/** Each class of resources with its source file, its doc, its example, and the docs of its outputs. */
export function classDocs() {
  return docsOfClasses(filesIn(RESOURCES));
}

/** The same of each component. */
export function componentDocs() {
  const docs = Object.entries(docsOfClasses(filesIn(COMPONENTS)));
  return Object.fromEntries(docs.filter(([, { example }]) => example !== ""));
}

function docsOfClasses(paths) {
  const read = sources();
  const classes = paths.flatMap((path) =>
    read(path)
      .statements.filter((it) => ts.isClassDeclaration(it) && it.name !== undefined)
      .map((it) => [
        it.name.text,
        { path, doc: docTextOf(it), example: exampleOf(it), outputs: outputDocs(it) },
      ]),
  );
  return Object.fromEntries(classes);
}

function exampleOf(node) {
  const tags = ts.getJSDocCommentsAndTags(node).flatMap((it) => [...(it.tags ?? [])]);
  const example = tags.find(({ tagName }) => tagName.text === "example");
  return ts.getTextOfJSDocComment(example?.comment) ?? "";
}

function outputDocs({ members }) {
  const outputs = members.filter((it) => ts.isPropertyDeclaration(it) && it.name !== undefined);
  return Object.fromEntries(outputs.map((it) => [it.name.getText(), docTextOf(it)]));
}

function docTextOf(node) {
  const doc = ts.getJSDocCommentsAndTags(node).at(-1);
  return doc === undefined ? "" : textOf(doc);
}

function filesIn(folder) {
  return readdirSync(folder, { encoding: "utf8", recursive: true })
    .filter((name) => name.endsWith(".ts"))
    .map((name) => join(folder, name));
}

/** The doc of each field by type and path: `{ Participant: { "messagingBinding.address": "…" } }`. */
export function fieldDocs() {
  const read = sources();
  const docs = {};
  for (const path of filesIn(RESOURCES)) {
    const file = read(path);
    for (const definition of definitionsIn(file)) {
      const type = property(definition, "type");
      const schema = property(definition, "schema");
      if (type !== undefined && ts.isStringLiteral(type) && schema !== undefined)
        docs[type.text] = Object.fromEntries(docsOf({ read, file, node: schema }));
    }
  }
  return docs;
}

/** Nothing is checked here, so each file is only parsed: a program with its types would take seconds in every build. */
function sources() {
  const known = new Map();
  return (path) => {
    const file =
      known.get(path) ??
      ts.createSourceFile(
        path,
        readFileSync(path, "utf8"),
        ts.ScriptTarget.Latest,
        /* setParentNodes */ true,
      );
    known.set(path, file);
    return file;
  };
}

/** The object that `define(…)`, `defineSingleton(…)` or `defineRoster(…)` is given. */
function definitionsIn(file) {
  return constants(file).flatMap(({ initializer }) =>
    initializer !== undefined &&
    ts.isCallExpression(initializer) &&
    /^define(Singleton|Roster)?$/.test(initializer.expression.getText()) &&
    ts.isObjectLiteralExpression(initializer.arguments[0])
      ? [initializer.arguments[0]]
      : [],
  );
}

function constants(file) {
  return file.statements.filter(ts.isVariableStatement).flatMap((it) => [...it.declarationList.declarations]);
}

function property(object, name) {
  return object.properties.find((it) => ts.isPropertyAssignment(it) && it.name.getText() === name)
    ?.initializer;
}

/** Path and doc of each field below an expression: an object of fields, a schema of one, or the name of either. */
function docsOf({ read, file, node }, within = "") {
  if (ts.isIdentifier(node)) {
    const found = constantNamed(read, file, node.text);
    return found === undefined ? [] : docsOf({ read, ...found }, within);
  }
  if (ts.isCallExpression(node)) {
    const inner = shapeIn(node);
    return inner === undefined ? [] : docsOf({ read, file, node: inner }, within);
  }
  if (!ts.isObjectLiteralExpression(node)) return [];
  return node.properties.flatMap((member) => {
    if (ts.isSpreadAssignment(member)) return docsOf({ read, file, node: member.expression }, within);
    if (!ts.isPropertyAssignment(member)) return [];
    const path = `${within}${member.name.getText()}`;
    return [[path, docTextOf(member)], ...docsOf({ read, file, node: member.initializer }, `${path}.`)];
  });
}

/** What of a call holds the fields: `field(policy, schema)`, `z.strictObject(fields)`, `schema.optional()`. */
function shapeIn({ expression, arguments: given }) {
  if (expression.getText() === "field") return given[1];
  if (/^z\.(strictObject|object)$/.test(expression.getText())) return given[0];
  const isWrapped =
    ts.isPropertyAccessExpression(expression) && /^(optional|nullish|partial)$/.test(expression.name.text);
  return isWrapped ? expression.expression : undefined;
}

function constantNamed(read, file, name) {
  const own = constants(file).find((it) => it.name.getText() === name);
  if (own?.initializer !== undefined) return { file, node: own.initializer };
  for (const statement of file.statements.filter(ts.isImportDeclaration)) {
    const bindings = statement.importClause?.namedBindings;
    const isOne =
      bindings !== undefined &&
      ts.isNamedImports(bindings) &&
      bindings.elements.some((it) => it.name.text === name);
    const from = statement.moduleSpecifier.text;
    if (isOne && from.startsWith("."))
      return constantNamed(read, read(`${resolve(dirname(file.fileName), from)}.ts`), name);
  }
  return undefined;
}

/** The text of a doc comment, its default last, as an editor shows it. */
function textOf(doc) {
  const fallback = doc.tags?.find(({ tagName }) => tagName.text === "default");
  const text = ts.getTextOfJSDocComment(doc.comment) ?? "";
  return fallback === undefined ? text : `${text}\nDefault: ${ts.getTextOfJSDocComment(fallback.comment)}`;
}
