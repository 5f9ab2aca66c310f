import { readFileSync } from "node:fs";
import { text } from "node:stream/consumers";
import { UsageError } from "../../../simulator";
import type { Flag } from "./flag";

/** A secret's value, and how the command received it. */
export interface GivenSecret {
  readonly value: string;
  readonly from: "arguments" | "environment" | "file" | "input";
  /** Where curl can read it: a file, or `-` for standard input. */
  readonly file?: string;
  /** True for a file that an editor or `echo` wrote; a secret has no line break. */
  readonly hasLineBreak: boolean;
}

export const SECRET_FORMS = "@FILE, env:NAME, or - for standard input";

/**
 * Reads secrets from sources that other users of the machine do not see. Any other form is the secret itself, visible
 * in `ps` and in the shell's history.
 */
export class SecretSources {
  private reader: string | undefined;

  /** The process's `stdin` and `env`. */
  constructor(
    private readonly stdin: NodeJS.ReadableStream,
    private readonly env: Readonly<NodeJS.ProcessEnv>,
  ) {}

  /** Whether standard input was read to its end, so that it takes no more answers. */
  get hasReadInput(): boolean {
    return this.reader !== undefined;
  }

  async read({ name }: Flag, given: string): Promise<GivenSecret> {
    if (given === "-" || given === "@-")
      return { ...trimmed(await this.input(name)), from: "input", file: "-" };
    if (given.startsWith("@")) {
      const file = given.slice(1);
      return { ...trimmed(contentOf(file, name)), from: "file", file };
    }
    if (given.startsWith("env:"))
      return { ...trimmed(this.variable(given.slice(4), name)), from: "environment" };
    return { value: given, from: "arguments", hasLineBreak: false };
  }

  private async input(name: string): Promise<string> {
    if (this.reader !== undefined)
      throw new UsageError(`${this.reader} has read standard input: give ${name} as @FILE or env:NAME.`);
    this.reader = name;
    return text(this.stdin);
  }

  private variable(variable: string, name: string): string {
    const value = this.env[variable];
    if (value === undefined) throw new UsageError(`${name}: no variable ${variable} is set.`);
    return value;
  }
}

function contentOf(file: string, name: string): string {
  try {
    return readFileSync(file, "utf8");
  } catch (error) {
    throw new UsageError(
      `${name}: cannot read ${file} (${(error as NodeJS.ErrnoException).code ?? "error"}).`,
    );
  }
}

function trimmed(text: string): { value: string; hasLineBreak: boolean } {
  const value = text.replace(/\r?\n$/, "");
  return { value, hasLineBreak: value !== text };
}
