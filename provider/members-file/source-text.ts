import { isUtf8 } from "node:buffer";

const BYTE_ORDER_MARK = Buffer.from("\uFEFF");

/** Removes the byte order mark that spreadsheet programs and some editors write. */
export function withoutMark(bytes: Buffer): Buffer {
  const mark = BYTE_ORDER_MARK.length;
  return bytes.subarray(0, mark).equals(BYTE_ORDER_MARK) ? bytes.subarray(mark) : bytes;
}

/** Where each line begins. A line ends with CR LF, LF or CR. */
export function lineStarts(text: string): number[] {
  const ends = text.matchAll(/\r\n|\n|\r/g);
  return [0, ...Array.from(ends, ({ 0: end, index }) => index + end.length)];
}

/** The same in bytes. */
export function lineStartsOf(bytes: Buffer): number[] {
  // Latin-1 has one character for each byte, and no byte of a longer UTF-8 character is a line end.
  return lineStarts(bytes.toString("latin1"));
}

/** The line number, from 1, of an offset. */
export function lineAt(starts: readonly number[], offset: number): number {
  let [first, end] = [0, starts.length];
  while (end - first > 1) {
    const middle = (first + end) >> 1;
    if ((starts[middle] ?? 0) <= offset) first = middle;
    else end = middle;
  }
  return first + 1;
}

/** The first line that is no UTF-8, such as text from an older spreadsheet program. */
export function brokenLine(bytes: Buffer): number | undefined {
  if (isUtf8(bytes)) return undefined;
  const starts = lineStartsOf(bytes);
  return 1 + starts.findIndex((start, at) => !isUtf8(bytes.subarray(start, starts[at + 1])));
}
