/**
 * What a failed operation leaves on the screen: the diagnostics at its end, without the progress lines before them,
 * which repeat them. A preview has nothing else.
 */
export function diagnosticsIn(text: string): string {
  const [screen = ""] = text.split("\n err?: ");
  const from = screen.indexOf("\nDiagnostics:");
  return from === -1 ? screen : screen.slice(from);
}

export function countOf(text: string, part: string): number {
  return text.split(part).length - 1;
}
