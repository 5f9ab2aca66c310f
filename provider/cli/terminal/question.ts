import { createInterface } from "node:readline/promises";
import { printable } from "../../http/redaction/printable";

export function hasTerminal(): boolean {
  return process.stdin.isTTY === true && process.stdout.isTTY === true;
}

/** Questions in a terminal; whatever is not yes is no. */
export class Questions {
  private readonly terminal = createInterface({ input: process.stdin, output: process.stdout });
  // One reader for all of them: what is typed ahead is kept for the next.
  private readonly lines = this.terminal[Symbol.asyncIterator]();
  private isClosed = false;

  constructor() {
    this.terminal.once("close", () => {
      this.isClosed = true;
    });
  }

  /** By Ctrl-C or the end of the input: then nothing that was agreed to before counts. */
  get areBrokenOff(): boolean {
    return this.isClosed;
  }

  async isAgreed(question: string): Promise<boolean> {
    return /^y(es)?$/i.test(await this.answer(`${question} [y/N]`));
  }

  /** What is typed; empty where the questions are broken off. */
  async answer(question: string): Promise<string> {
    if (this.isClosed) return "";
    this.terminal.setPrompt(`${printable(question)} `);
    this.terminal.prompt();
    const { value, done } = await this.lines.next();
    return done === true ? "" : value.trim();
  }

  close(): void {
    this.terminal.close();
  }
}

/** What is agreed to in a terminal; where the questions are broken off, `none` is. */
export async function agreedTo<Agreed>(
  ask: (questions: Questions) => Promise<Agreed>,
  none: Agreed,
): Promise<Agreed> {
  const questions = new Questions();
  try {
    const agreed = await ask(questions);
    return questions.areBrokenOff ? none : agreed;
  } finally {
    questions.close();
  }
}
