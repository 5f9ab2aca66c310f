import { styleText } from "node:util";
import { printable } from "../http/printable";

type Format = Parameters<typeof styleText>[0];

const ESCAPE = "\u001b";
/** What painting puts into a text: bold, dim, a colour, and the ends of them. */
export const COLOURS = new RegExp(`(${ESCAPE}\\[(?:1|2|22|3[1-6]|39)m)`);

export function isColoured(stream: NodeJS.WriteStream, env: NodeJS.ProcessEnv = process.env): boolean {
  return stream.isTTY === true && !env["NO_COLOR"] && env["TERM"] !== "dumb";
}

/**
 * Gives a text a colour or weight: on a terminal alone, and never where NO_COLOR (https://no-color.org) is set. Nothing
 * in the text itself steers the terminal.
 */
export type Paint = (format: Format, text: string) => string;

export function paintFor(stream: NodeJS.WriteStream, env: NodeJS.ProcessEnv = process.env): Paint {
  return isColoured(stream, env)
    ? (format, text) => styleText(format, printable(text), { validateStream: false })
    : (_, text) => text;
}
