import { styleText } from "node:util";

type Format = Parameters<typeof styleText>[0];

/** Gives a text a colour or weight: on a terminal alone, and never where NO_COLOR (https://no-color.org) is set. */
export type Paint = (format: Format, text: string) => string;

export function paintFor(stream: NodeJS.WriteStream, env: NodeJS.ProcessEnv = process.env): Paint {
  const isColoured = stream.isTTY === true && !env["NO_COLOR"] && env["TERM"] !== "dumb";
  return isColoured
    ? (format, text) => styleText(format, text, { validateStream: false })
    : (_, text) => text;
}
