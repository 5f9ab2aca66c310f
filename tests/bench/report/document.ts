const BEGIN = "<!-- npm run bench -- --write: begin -->";
const END = "<!-- npm run bench -- --write: end -->";

/** The document lacks the two lines between which the figures go. */
export class MarkerError extends Error {}

/** The document with what is between its two markers replaced; all around stays. */
export function withFigures(document: string, figures: string): string {
  const [begin, end] = placeOf(document);
  return `${document.slice(0, begin)}\n\n${figures.trim()}\n\n${document.slice(end)}`;
}

/** What is between the markers. */
export function figuresIn(document: string): string {
  return document.slice(...placeOf(document)).trim();
}

function placeOf(document: string): [number, number] {
  const begin = document.indexOf(BEGIN);
  const end = document.indexOf(END);
  if (begin === -1 || end < begin) throw new MarkerError(`there has to be "${BEGIN}", then "${END}"`);
  return [begin + BEGIN.length, end];
}
