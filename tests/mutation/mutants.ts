import ts from "typescript";

/** One change to one source file. */
export interface Mutant {
  /** Below the root, with slashes. */
  readonly file: string;
  readonly line: number;
  /** The kind of change, for the table of what survived. */
  readonly kind: string;
  /** What is written in place of the text from `start` to `end`. */
  readonly start: number;
  readonly end: number;
  readonly replacement: string;
  /** The innermost function that holds the change: see `functionsOf`. */
  readonly inFunction: string;
}

export function parse(file: string, text: string): ts.SourceFile {
  return ts.createSourceFile(file, text, ts.ScriptTarget.Latest, true);
}

/** The name of a function in the record of what tests reach. What runs when a module is loaded has -1 as its start. */
export const functionId = (file: string, start: number) => `${file}:${start}`;

/** Every change that the mutators know for a file, in the order of its text. */
export function mutantsOf(file: string, text: string): Mutant[] {
  const source = parse(file, text);
  const found: Mutant[] = [];
  visit(source, -1);
  return found;

  function visit(node: ts.Node, functionStart: number): void {
    if (isOfNoRuntime(node)) return;
    const inside = hasBody(node) ? node.getStart() : functionStart;
    for (const { kind, from, to, replacement } of changesTo(node, source)) {
      found.push({
        ...{ file, kind, start: from, end: to, replacement, inFunction: functionId(file, functionStart) },
        line: source.getLineAndCharacterOfPosition(from).line + 1,
      });
    }
    node.forEachChild((child) => visit(child, inside));
  }
}

/** What of a file runs: a function with a body. */
export function hasBody(node: ts.Node): node is ts.FunctionLikeDeclaration & { body: ts.ConciseBody } {
  return ts.isFunctionLike(node) && "body" in node && node.body !== undefined;
}

function isOfNoRuntime(node: ts.Node): boolean {
  return (
    ts.isTypeNode(node) ||
    ts.isInterfaceDeclaration(node) ||
    ts.isTypeAliasDeclaration(node) ||
    ts.isImportDeclaration(node) ||
    ts.isExportDeclaration(node)
  );
}

interface Change {
  readonly kind: string;
  readonly from: number;
  readonly to: number;
  readonly replacement: string;
}

function changesTo(node: ts.Node, source: ts.SourceFile): Change[] {
  const inPlaceOf = (target: ts.Node, kind: string, replacement: string): Change => ({
    ...{ kind, replacement, from: target.getStart(source), to: target.getEnd() },
  });
  if (ts.isNumericLiteral(node)) return [inPlaceOf(node, "number", otherNumber(node))];
  if (node.kind === ts.SyntaxKind.TrueKeyword) return [inPlaceOf(node, "boolean", "false")];
  if (node.kind === ts.SyntaxKind.FalseKeyword) return [inPlaceOf(node, "boolean", "true")];
  if (ts.isBinaryExpression(node)) return changesToBinary(node, inPlaceOf);
  if (ts.isPrefixUnaryExpression(node) && node.operator === ts.SyntaxKind.ExclamationToken) {
    return [inPlaceOf(node, "negation", node.operand.getText(source))];
  }
  if (ts.isIfStatement(node)) return bothWays(node.expression);
  if (ts.isConditionalExpression(node)) return bothWays(node.condition);
  if (ts.isWhileStatement(node)) return [inPlaceOf(node.expression, "condition", "false")];
  if (ts.isArrayLiteralExpression(node)) return withoutEach(node.elements, "list member", source);
  if (ts.isObjectLiteralExpression(node)) return withoutEach(node.properties, "property", source);
  if (ts.isExpressionStatement(node)) return isEffect(node) ? [inPlaceOf(node, "effect", ";")] : [];
  if (ts.isCaseClause(node) && ts.isStringLiteral(node.expression)) {
    return [inPlaceOf(node.expression, "case", '"\\u0000"')];
  }
  if (ts.isRegularExpressionLiteral(node)) return withoutAnchors(node);
  if (ts.isPropertyAccessExpression(node) && node.questionDotToken !== undefined) {
    return [inPlaceOf(node.questionDotToken, "optional chain", ".")];
  }
  if (ts.isCallExpression(node)) return changesToCall(node, inPlaceOf);
  return [];

  function bothWays(condition: ts.Expression): Change[] {
    return ["true", "false"].map((value) => inPlaceOf(condition, "condition", value));
  }

  function withoutAnchors(regex: ts.RegularExpressionLiteral): Change[] {
    const from = regex.getStart(source);
    const changes: Change[] = [];
    if (regex.text.startsWith("/^")) {
      changes.push({ kind: "anchor", from: from + 1, to: from + 2, replacement: "(?:)" });
    }
    const end = regex.text.lastIndexOf("/");
    if (/[^\\]\$$/.test(regex.text.slice(0, end))) {
      changes.push({ kind: "anchor", from: from + end - 1, to: from + end, replacement: "(?:)" });
    }
    return changes;
  }
}

type InPlaceOf = (target: ts.Node, kind: string, replacement: string) => Change;

/** A code or a small number becomes its neighbour; a window or a limit, half of it: a user has to feel it. */
function otherNumber(node: ts.NumericLiteral): string {
  const value = Number(node.text);
  const isCode =
    Number.isInteger(value) && ((value >= 100 && value < 600) || (value >= 20000 && value < 65000));
  if (value < 10 || isCode) return String(value + 1);
  return String(Number.isInteger(value) ? Math.floor(value / 2) : value / 2);
}

const OTHER_OPERATOR: Partial<Record<ts.SyntaxKind, string>> = {
  [ts.SyntaxKind.EqualsEqualsEqualsToken]: "!==",
  [ts.SyntaxKind.ExclamationEqualsEqualsToken]: "===",
  [ts.SyntaxKind.LessThanToken]: "<=",
  [ts.SyntaxKind.LessThanEqualsToken]: "<",
  [ts.SyntaxKind.GreaterThanToken]: ">=",
  [ts.SyntaxKind.GreaterThanEqualsToken]: ">",
  [ts.SyntaxKind.AmpersandAmpersandToken]: "||",
  [ts.SyntaxKind.BarBarToken]: "&&",
  [ts.SyntaxKind.MinusToken]: "+",
  [ts.SyntaxKind.AsteriskToken]: "/",
  [ts.SyntaxKind.SlashToken]: "*",
};

function changesToBinary(node: ts.BinaryExpression, inPlaceOf: InPlaceOf): Change[] {
  const { left, operatorToken, right } = node;
  if (operatorToken.kind === ts.SyntaxKind.QuestionQuestionToken) {
    return [inPlaceOf(node, "default", `(${left.getText()})`)];
  }
  if (operatorToken.kind === ts.SyntaxKind.PlusToken) {
    const isText = [left, right].some(
      (side) => ts.isStringLiteralLike(side) || ts.isTemplateExpression(side),
    );
    return isText ? [] : [inPlaceOf(operatorToken, "operator", "-")];
  }
  const other = OTHER_OPERATOR[operatorToken.kind];
  return other === undefined ? [] : [inPlaceOf(operatorToken, "operator", other)];
}

const OTHER_METHOD: Record<string, string> = {
  ...{ some: "every", every: "some", startsWith: "endsWith", endsWith: "startsWith", min: "max", max: "min" },
};
const DROPPED_METHODS = new Set([
  "filter",
  "sort",
  "toSorted",
  "reverse",
  "toReversed",
  "trim",
  "toLowerCase",
]);

function changesToCall(node: ts.CallExpression, inPlaceOf: InPlaceOf): Change[] {
  if (!ts.isPropertyAccessExpression(node.expression)) return [];
  const { name, expression } = node.expression;
  const other = Object.hasOwn(OTHER_METHOD, name.text) ? OTHER_METHOD[name.text] : undefined;
  if (other !== undefined) return [inPlaceOf(name, "method", other)];
  return DROPPED_METHODS.has(name.text) ? [inPlaceOf(node, "method", expression.getText())] : [];
}

/** A call whose value nobody takes is made for what it does. */
function isEffect({ expression }: ts.ExpressionStatement): boolean {
  const called = ts.isAwaitExpression(expression) ? expression.expression : expression;
  return ts.isCallExpression(called) && called.expression.kind !== ts.SyntaxKind.SuperKeyword;
}

function withoutEach(members: ts.NodeArray<ts.Node>, kind: string, source: ts.SourceFile): Change[] {
  return members.map((member, index) => {
    const next = members[index + 1];
    const to = next === undefined ? member.getEnd() : next.getStart(source);
    return { kind, from: member.getStart(source), to, replacement: "" };
  });
}

export function mutated(text: string, { start, end, replacement }: Mutant): string {
  return text.slice(0, start) + replacement + text.slice(end);
}
