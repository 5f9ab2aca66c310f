import { type Node, type ParseError, parseTree, printParseErrorCode } from "jsonc-parser";
import { shownName } from "./entry";
import type { FileProblem } from "./members-file-error";
import { lineAt, lineStarts } from "./source-text";

/** A parsed JSON text with the positions of its values. */
export interface Document {
  readonly text: string;
  /** The root value; undefined for an empty text. */
  readonly root: Node | undefined;
  readonly lineOf: (offset: number) => number;
  /** The offset of the first error; values after it are unreliable. */
  readonly soundEnd: number;
  readonly problems: FileProblem[];
}

/** A property with a name and a value. */
export interface Property {
  readonly name: string;
  /** Where its name begins. */
  readonly offset: number;
  readonly node: Node;
}

export function jsonDocument(text: string): Document {
  const errors: ParseError[] = [];
  const root = parseTree(text, errors, { disallowComments: true });
  const starts = lineStarts(text);
  const lineOf = (offset: number) => lineAt(starts, offset);
  const soundEnd = errors[0]?.offset ?? Number.POSITIVE_INFINITY;
  return { text, root, lineOf, soundEnd, problems: syntaxProblems(errors, lineOf) };
}

/** By error names of jsonc-parser 3. */
const REASONS: Readonly<Record<string, string>> = {
  PropertyNameExpected: "a name in quotation marks is missing, or a comma is too many",
  ValueExpected: "a value is missing, or a comma is too many",
  ColonExpected: "a colon is missing",
  CommaExpected: "a comma is missing",
  CloseBraceExpected: "a closing } is missing",
  CloseBracketExpected: "a closing ] is missing",
  EndOfFileExpected: "there is text after its end",
  InvalidCommentToken: "JSON has no comments",
  UnexpectedEndOfComment: "JSON has no comments",
  UnexpectedEndOfString: "a text is not closed",
  UnexpectedEndOfNumber: "a number breaks off",
  InvalidUnicode: "\\u is not followed by four hexadecimal digits",
  InvalidEscapeCharacter: "a backslash stands before a character that needs none",
  InvalidCharacter: "a text holds a control character that is not written as an escape",
};

/** After these errors, the rest of the document is still reliable. */
const HARMLESS = new Set([
  "CommaExpected",
  "InvalidCommentToken",
  "UnexpectedEndOfNumber",
  "InvalidUnicode",
  "InvalidEscapeCharacter",
  "InvalidCharacter",
]);

/** One problem for each line, up to the first error that makes the rest unreliable. */
function syntaxProblems(errors: readonly ParseError[], lineOf: Document["lineOf"]): FileProblem[] {
  const told = new Map<number, string>();
  for (const { error, offset } of errors) {
    const name = printParseErrorCode(error);
    const line = lineOf(offset);
    if (!told.has(line))
      told.set(line, `is not valid JSON: ${REASONS[name] ?? "something that is no JSON value"}.`);
    if (!HARMLESS.has(name)) break;
  }
  return [...told].map(([line, text]) => ({ line, text }));
}

export function propertiesOf(node: Node | undefined): Property[] {
  if (node?.type !== "object") return [];
  return (node.children ?? []).flatMap(({ offset, children: [key, value] = [] }) =>
    key === undefined || value === undefined ? [] : [{ name: String(key.value), offset, node: value }],
  );
}

/** Duplicate names in an object, at any depth: JSON parsers silently drop one of the two. */
export function repeatedNames(document: Document, node: Node, path: string): FileProblem[] {
  if (node.type === "array")
    return (node.children ?? []).flatMap((child, at) => repeatedNames(document, child, `${path}[${at}]`));
  const seen = new Set<string>();
  return propertiesOf(node).flatMap(({ name, offset, node: value }) => {
    const [own, isSecond] = [`${path}.${shownName(name)}`, seen.has(name)];
    seen.add(name);
    const twice = { line: document.lineOf(offset), text: `${own}: occurs twice in its object. Remove one.` };
    return [...(isSecond ? [twice] : []), ...repeatedNames(document, value, own)];
  });
}
