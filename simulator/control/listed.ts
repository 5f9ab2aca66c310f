/** Characters sent at once. */
const pieceChars = 64 * 1024;

/** Many entries under a name. As one text they would take more memory than the entries themselves. */
export class Listed {
  constructor(
    readonly name: string,
    readonly entries: Iterable<unknown>,
  ) {}

  /** The text of a JSON object with the entries and their number, in pieces. */
  *pieces(): Generator<string> {
    let count = 0;
    let piece = `{"${this.name}":[`;
    for (const entry of this.entries) {
      piece += (count === 0 ? "" : ",") + JSON.stringify(entry);
      count += 1;
      if (piece.length < pieceChars) continue;
      yield piece;
      piece = "";
    }
    yield `${piece}],"count":${count}}`;
  }
}
