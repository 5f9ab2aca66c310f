import { Console } from "node:console";
import { Writable } from "node:stream";
import type { OutputConfiguration } from "commander";
import { printable } from "../../http/redaction/printable";
import { isColoured, printableColoured } from "./colour";

/** The text for a stream: escapes what steers a terminal, except our own colours where they show. */
export function shownOn(stream: NodeJS.WriteStream, text: string): string {
  return isColoured(stream) ? printableColoured(text) : printable(text);
}

/**
 * The console of the commands. They print text from Twilio, states, locks and other programs; none of it may move the
 * cursor or hide a line.
 */
export function printableConsole(): Console {
  return new Console({ stdout: printing(process.stdout), stderr: printing(process.stderr) });
}

/** Writes at once: a signal may end this process before the next turn. */
function printing(stream: NodeJS.WriteStream): Writable {
  return new Writable({
    decodeStrings: false,
    write(text, _encoding, done) {
      stream.write(shownOn(stream, String(text)));
      done();
    },
  });
}

/** The same for Commander's own output. */
export const PRINTABLE_OUTPUT: OutputConfiguration = {
  writeOut: (text) => void process.stdout.write(printable(text)),
  writeErr: (text) => void process.stderr.write(printable(text)),
};
