import { Console } from "node:console";
import { Writable } from "node:stream";
import type { OutputConfiguration } from "commander";
import { printable } from "../../http/redaction/printable";
import { isColoured, printableColoured } from "./colour";

/** A text as a stream may show it: of what steers a terminal, our own colours alone, where they are shown. */
export function shownOn(stream: NodeJS.WriteStream, text: string): string {
  return isColoured(stream) ? printableColoured(text) : printable(text);
}

/**
 * The console of the commands. What they print comes from Twilio, from states, locks and other programs, and nothing in
 * it moves the cursor or hides a line.
 */
export function printableConsole(): Console {
  return new Console({ stdout: printing(process.stdout), stderr: printing(process.stderr) });
}

/** What is passed on at once: a signal may end this process before the next turn. */
function printing(stream: NodeJS.WriteStream): Writable {
  return new Writable({
    decodeStrings: false,
    write(text, _encoding, done) {
      stream.write(shownOn(stream, String(text)));
      done();
    },
  });
}

/** The same for what Commander prints by itself. */
export const PRINTABLE_OUTPUT: OutputConfiguration = {
  writeOut: (text) => void process.stdout.write(printable(text)),
  writeErr: (text) => void process.stderr.write(printable(text)),
};
