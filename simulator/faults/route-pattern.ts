/** A parsed fault route; matches segment by segment without backtracking. */
export class RoutePattern {
  readonly #segments: string[][];
  readonly #isOpen: boolean;

  constructor(route: string) {
    const segments = route.split("/");
    this.#isOpen = segments.length > 1 && segments.at(-1) === "**";
    if (this.#isOpen) segments.pop();
    this.#segments = segments.map((segment) => segment.replace(/\*+/g, "*").split("*"));
  }

  matches(path: string): boolean {
    const segments = path.split("/");
    const { length } = this.#segments;
    if (this.#isOpen ? segments.length <= length : segments.length !== length) return false;
    return this.#segments.every((pieces, index) => fits(pieces, segments[index] ?? ""));
  }
}

/** Whether a text consists of these pieces with anything between them; the leftmost match always suffices. */
function fits(pieces: readonly string[], text: string): boolean {
  const [first = "", ...others] = pieces;
  const last = others.pop();
  if (last === undefined) return text === first;
  if (!text.startsWith(first)) return false;
  let from = first.length;
  for (const piece of others) {
    const at = text.indexOf(piece, from);
    if (at < 0) return false;
    from = at + piece.length;
  }
  return text.length - last.length >= from && text.endsWith(last);
}
