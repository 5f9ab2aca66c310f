import { printableLine } from "../../http/redaction/printable";

const FIRST_MS = 1_000;

/**
 * Progress display for a command that takes longer than a second. Writes to stderr, so that the output can be piped. A
 * terminal shows one line that changes; elsewhere each message is a line.
 */
export class Progress {
  readonly #timer: NodeJS.Timeout;
  #text = "";
  #isDue = false;

  constructor(private readonly stream: NodeJS.WriteStream = process.stderr) {
    this.#timer = setTimeout(() => {
      this.#isDue = true;
      this.#show();
    }, FIRST_MS);
    this.#timer.unref();
  }

  say(text: string): void {
    this.#text = text;
    if (this.#isDue) this.#show();
  }

  /** For fast-changing text, which would flood a log outside a terminal. */
  count(text: string): void {
    if (this.stream.isTTY) this.say(text);
  }

  /** Clears the line and stops. */
  end(): void {
    clearTimeout(this.#timer);
    if (this.#isDue && this.stream.isTTY) this.stream.write("\r\x1b[K");
    this.#isDue = false;
  }

  #show(): void {
    if (this.#text === "") return;
    const text = printableLine(this.#text);
    this.stream.write(this.stream.isTTY ? `\r\x1b[K${text}` : `${text}\n`);
  }
}

/** Shows progress while the work runs; the work may update it. */
export async function withProgress<Result>(
  text: string,
  work: (progress: Progress) => Promise<Result>,
): Promise<Result> {
  const progress = new Progress();
  progress.say(text);
  return work(progress).finally(() => progress.end());
}
