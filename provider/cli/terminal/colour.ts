import { randomUUID } from "node:crypto";
import { styleText } from "node:util";
import { printable } from "../../http/redaction/printable";

type Format = Parameters<typeof styleText>[0];

const ESCAPE = "\u001b";
/** Another in each process, so that no text from outside holds it. */
const OURS = `${ESCAPE}${randomUUID()}`;
const PAINTED = new RegExp(`${OURS}(\\[[0-9;]*m)`);

export function isColoured(stream: NodeJS.WriteStream, env: NodeJS.ProcessEnv = process.env): boolean {
  return stream.isTTY === true && !env["NO_COLOR"] && env["TERM"] !== "dumb";
}

/**
 * Gives a text a colour or weight: on a terminal alone, and never where NO_COLOR (https://no-color.org) is set. Nothing
 * in the text itself steers the terminal. The console shows it (`printableColoured`).
 */
export type Paint = (format: Format, text: string) => string;

export function paintFor(stream: NodeJS.WriteStream, env: NodeJS.ProcessEnv = process.env): Paint {
  return isColoured(stream, env)
    ? (format, text) => styleText(format, printable(text), { validateStream: false }).replaceAll(ESCAPE, OURS)
    : (_, text) => text;
}

/** The text with the colours that it was painted with; all the rest of it steers no terminal. */
export function printableColoured(text: string): string {
  const parts = text.split(PAINTED);
  return parts.map((part, at) => (at % 2 === 0 ? printable(part) : `${ESCAPE}${part}`)).join("");
}
