import { printableLine } from "../../http/redaction/printable";

const FIRST_MS = 1_000;

/**
 * What a command is doing, once it takes longer than a second. It goes to stderr, so that what is printed can be piped:
 * on a terminal one line that the next one replaces, elsewhere a line each.
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

  /** What changes many times a second: elsewhere than on a terminal it would fill the log. */
  count(text: string): void {
    if (this.stream.isTTY) this.say(text);
  }

  /** Clears its line; nothing is said after it. */
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

/** Says all the while what is being done; the work may say more. */
export async function withProgress<Result>(
  text: string,
  work: (progress: Progress) => Promise<Result>,
): Promise<Result> {
  const progress = new Progress();
  progress.say(text);
  return work(progress).finally(() => progress.end());
}
