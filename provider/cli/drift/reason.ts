/** Why a preview failed, in one paragraph: by the errors that the engine told, or else by what its command printed. */
export function reasonOf(error: unknown, errors: readonly string[]): string {
  // Of errors with one cause the first to be told is told in full, the others in short, in no order.
  const [told] = errors.map(withoutTrace).sort((one, other) => other.length - one.length);
  const text = told || lastError(error instanceof Error ? error.message : String(error));
  return /[.!?]$/.test(text) ? text : `${text}.`;
}

/** What an exception of the program says comes with where it was thrown, which `pulumi preview` shows. */
function withoutTrace(message: string): string {
  const lines = message.trim().split("\n");
  const trace = lines.findIndex((line) => /^\s+at /.test(line));
  return lines
    .slice(0, trace === -1 ? lines.length : trace)
    .map((line) => line.trim())
    .join(" ");
}

/** Of the output of a command that failed, what it says last is wrong; else its first line. */
function lastError(output: string): string {
  const told = [...output.matchAll(/^(?:\s*stderr: ?)?error: (.+)$/gm)].at(-1)?.[1];
  return (told ?? output.trim().split("\n")[0] ?? "").trim();
}
