/** Maximum edits of a misspelling; one for a short word, of which two would leave nothing. */
const MAX_EDITS = 2;
const SHORT = 3;

/** The intended name: spelt in another style (`role_sid`), or the nearest one. */
export function didYouMean(word: string, names: readonly string[]): string | undefined {
  const plain = (name: string) => name.replace(/[^a-z0-9]/gi, "").toLowerCase();
  return (
    names.find((name) => plain(name) === plain(word)) ??
    nearest(word, names, word.length > SHORT ? MAX_EDITS : 1)
  );
}

/** Hint for an unknown name: the intended one, or else `offer`. */
export function spellingHint(word: string, names: readonly string[], offer: string): string {
  const meant = didYouMean(word, names);
  return meant === undefined ? offer : `Did you mean ${meant}?`;
}

/**
 * The candidate that needs the fewest edits (a letter inserted, removed or changed), if at most `maxEdits`. Case does
 * not count; of equally near ones, the first.
 */
export function nearest(word: string, candidates: Iterable<string>, maxEdits: number): string | undefined {
  let found: string | undefined;
  let fewest = maxEdits + 1;
  for (const candidate of candidates) {
    // Each letter more or less takes an edit, so most candidates need no comparison.
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
