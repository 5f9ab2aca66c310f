/** A range of a text; `to` is exclusive. */
export interface Range {
  readonly from: number;
  readonly to: number;
}

/** A text as bytes, one character each, with the range in the text that each byte comes from. */
interface Decoded {
  readonly bytes: string;
  readonly ranges: readonly Range[];
}

/** One text encoding; `bytes` decodes a piece, or returns undefined where the piece is not encoded after all. */
interface Encoding {
  /** Sticky: tried at every byte. */
  readonly piece: RegExp;
  readonly bytes: (piece: string) => string | undefined;
}

/** How many nested encodings are undone. */
const MAX_DEPTH = 2;
/** A shorter value counts as an echo only as a whole word. */
const MIN_PART_BYTES = 4;
const LETTER = /[a-z0-9\x80-\xff]/;

const JSON_ESCAPES: Readonly<Record<string, string>> = { b: "\b", f: "\f", n: "\n", r: "\r", t: "\t" };
const HTML_NAMES: Readonly<Record<string, string>> = { amp: "&", lt: "<", gt: ">", quot: '"', apos: "'" };

const percent = (piece: string) => String.fromCharCode(Number.parseInt(piece.slice(1), 16));

const ENCODINGS: readonly Encoding[] = [
  { piece: /%[0-9a-f]{2}/iy, bytes: percent },
  { piece: /%[0-9a-f]{2}|\+/iy, bytes: (piece) => (piece === "+" ? " " : percent(piece)) },
  {
    piece: /(?:\\u[0-9a-f]{4})+|\\[^u]/iy,
    bytes: (piece) => {
      if (!/^\\u/i.test(piece)) return JSON_ESCAPES[piece.charAt(1)] ?? piece.charAt(1);
      const units = piece.split(/\\u/i).slice(1);
      return utf8(String.fromCharCode(...units.map((unit) => Number.parseInt(unit, 16))));
    },
  },
  {
    piece: /&(?:#(\d{1,7})|#x([0-9a-f]{1,6})|[a-z]{2,4});/iy,
    bytes: (piece) => {
      const name = piece.slice(1, -1);
      if (!name.startsWith("#")) return HTML_NAMES[name.toLowerCase()];
      const point = Number(name.replace("#", "").replace(/^x/i, "0x"));
      return point > 0x10ffff ? undefined : utf8(String.fromCodePoint(point));
    },
  },
];

/**
 * All ranges where the text repeats one of the values: plain or encoded for a URL, a form, JSON or HTML, whole or in
 * part, also encoded twice, in any case.
 */
export function echoesIn(text: string, values: readonly string[]): Range[] {
  const sought = values
    .map((value) => utf8(value).toLowerCase())
    .filter((bytes) => bytes.length >= MIN_PART_BYTES || LETTER.test(bytes));
  if (sought.length === 0) return [];
  return readingsOf(text).flatMap((reading) => sought.flatMap((bytes) => foundIn(reading, bytes)));
}

/** All readings of a text: as it is, and decoded. */
function readingsOf(text: string): Decoded[] {
  let latest = [asBytes(text)];
  const all = [...latest];
  for (let depth = 0; depth < MAX_DEPTH; depth += 1) {
    latest = latest.flatMap((reading) =>
      ENCODINGS.map((encoding) => decoded(reading, encoding)).filter(({ bytes }) => bytes !== reading.bytes),
    );
    all.push(...latest);
  }
  return all;
}

function foundIn({ bytes, ranges }: Decoded, sought: string): Range[] {
  const found: Range[] = [];
  const lower = bytes.toLowerCase();
  for (let at = lower.indexOf(sought); at >= 0; at = lower.indexOf(sought, at + 1)) {
    const end = at + sought.length;
    const isPart = LETTER.test(lower.charAt(at - 1)) || LETTER.test(lower.charAt(end));
    if (isPart && sought.length < MIN_PART_BYTES) continue;
    found.push({ from: ranges[at]?.from ?? 0, to: ranges[end - 1]?.to ?? 0 });
  }
  return found;
}

function asBytes(text: string): Decoded {
  const ranges: Range[] = [];
  let from = 0;
  for (const character of text) {
    const range = { from, to: from + character.length };
    for (let count = utf8(character).length; count > 0; count -= 1) ranges.push(range);
    from = range.to;
  }
  return { bytes: utf8(text), ranges };
}

function decoded({ bytes, ranges }: Decoded, { piece, bytes: meaning }: Encoding): Decoded {
  let result = "";
  const origins: Range[] = [];
  for (let at = 0; at < bytes.length; ) {
    piece.lastIndex = at;
    const match = piece.exec(bytes)?.[0];
    const meant = match === undefined ? undefined : meaning(match);
    const length = meant === undefined ? 1 : (match?.length ?? 1);
    const range = { from: ranges[at]?.from ?? 0, to: ranges[at + length - 1]?.to ?? 0 };
    const kept = meant ?? bytes.charAt(at);
    result += kept;
    for (let count = kept.length; count > 0; count -= 1) origins.push(range);
    at += length;
  }
  return { bytes: result, ranges: origins };
}

/** The UTF-8 bytes of a text, one character each. A lone surrogate becomes U+FFFD's bytes, as on the wire. */
function utf8(text: string): string {
  return Buffer.from(text, "utf8").toString("latin1");
}
