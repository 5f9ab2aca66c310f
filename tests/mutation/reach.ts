import ts from "typescript";
import { functionId, hasBody, parse } from "./mutants";

/** The source with a note at the start of every function, so that a run tells what it reaches. */
export function withNotes(file: string, text: string): string {
  const insertions: { readonly at: number; readonly text: string }[] = [];
  const visit = (node: ts.Node): void => {
    if (hasBody(node)) insertions.push(...notesIn(node, file));
    node.forEachChild(visit);
  };
  visit(parse(file, text));
  const noted = insertions
    .sort((a, b) => b.at - a.at)
    .reduce((whole, { at, text: note }) => whole.slice(0, at) + note + whole.slice(at), text);
  // At the end: a note is no import, and a file may begin with `#!`.
  return `${noted}\n;${noteOf(functionId(file, -1))};\n`;
}

function notesIn(node: ts.FunctionLikeDeclaration & { body: ts.ConciseBody }, file: string) {
  const note = noteOf(functionId(file, node.getStart()));
  const from = node.body.getStart();
  if (node.body.kind === ts.SyntaxKind.Block) return [{ at: from + 1, text: ` ${note};` }];
  return [
    { at: from, text: `(${note}, ` },
    { at: node.body.getEnd(), text: ")" },
  ];
}

const noteOf = (id: string) =>
  `(globalThis as { __reached?: (id: string) => void }).__reached?.(${JSON.stringify(id)})`;
