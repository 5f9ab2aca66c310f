import { randomUUID } from "node:crypto";
import { styleText } from "node:util";
import { printable } from "../../http/redaction/printable";

type Format = Parameters<typeof styleText>[0];

const ESCAPE = "\u001b";
/** Random in each process, so that no outside text contains it. */
const OURS = `${ESCAPE}${randomUUID()}`;
const PAINTED = new RegExp(`${OURS}(\\[[0-9;]*m)`);

export function isColoured(stream: NodeJS.WriteStream, env: NodeJS.ProcessEnv = process.env): boolean {
  return stream.isTTY === true && !env["NO_COLOR"] && env["TERM"] !== "dumb";
}

/**
 * Adds a colour or weight, only on a terminal and never where NO_COLOR (https://no-color.org) is set. Escapes what
 * steers a terminal in the text itself; the console turns the marks into colours (`printableColoured`).
 */
export type Paint = (format: Format, text: string) => string;

export function paintFor(stream: NodeJS.WriteStream, env: NodeJS.ProcessEnv = process.env): Paint {
  return isColoured(stream, env)
    ? (format, text) => styleText(format, printable(text), { validateStream: false }).replaceAll(ESCAPE, OURS)
    : (_, text) => text;
}

/** Turns marks into colours and escapes everything else that steers a terminal. */
export function printableColoured(text: string): string {
  const parts = text.split(PAINTED);
  return parts.map((part, at) => (at % 2 === 0 ? printable(part) : `${ESCAPE}${part}`)).join("");
}
