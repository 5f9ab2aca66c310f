import { createInterface } from "node:readline/promises";
import { printable } from "../../http/redaction/printable";

export function hasTerminal(): boolean {
  return process.stdin.isTTY === true && process.stdout.isTTY === true;
}

/** Asks questions in a terminal; any answer but yes means no. */
export class Questions {
  private readonly terminal = createInterface({ input: process.stdin, output: process.stdout });
  // One reader for all questions keeps what is typed ahead.
  private readonly lines = this.terminal[Symbol.asyncIterator]();
  private isClosed = false;

  constructor() {
    this.terminal.once("close", () => {
      this.isClosed = true;
    });
  }

  /** Whether Ctrl-C or the end of input broke off the questions; earlier answers then do not count. */
  get areBrokenOff(): boolean {
    return this.isClosed;
  }

  async isAgreed(question: string): Promise<boolean> {
    return /^y(es)?$/i.test(await this.answer(`${question} [y/N]`));
  }

  /** The answer; empty where the questions are broken off. */
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

/** Returns what the user agreed to in a terminal, or `none` where they broke off the questions. */
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
