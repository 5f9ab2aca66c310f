/**
 * The candidate that a word was probably meant to be: the one that the fewest edits (a letter put in, taken out or
 * changed) make of it, if that takes at most `maxEdits`. Case does not count; of equally near ones, the first.
 */
export function nearest(word: string, candidates: Iterable<string>, maxEdits: number): string | undefined {
  let found: string | undefined;
  let fewest = maxEdits + 1;
  for (const candidate of candidates) {
    // Each letter more or less takes an edit, so that most need no comparison.
    if (Math.abs(candidate.length - word.length) >= fewest) continue;
    const edits = editsBetween(word.toLowerCase(), candidate.toLowerCase());
    if (edits < fewest) [found, fewest] = [candidate, edits];
  }
  return found;
}

/** Levenshtein's distance, row by row: `row[n]` edits make the first n letters of `right` of those of `left` so far. */
function editsBetween(left: string, right: string): number {
  let row = Array.from({ length: right.length + 1 }, (_, column) => column);
  for (const [index, letter] of [...left].entries()) {
    const next = [index + 1];
    for (let column = 1; column <= right.length; column += 1) {
      const changed = at(row, column - 1) + (right[column - 1] === letter ? 0 : 1);
      next.push(Math.min(changed, at(row, column) + 1, at(next, column - 1) + 1));
    }
    row = next;
  }
  return at(row, right.length);
}

function at(row: readonly number[], column: number): number {
  return row[column] ?? Number.POSITIVE_INFINITY;
}
