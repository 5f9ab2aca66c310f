import { ConfigurationError } from "../core/errors";
import { printableLine } from "../core/problem";

const MAX_TOLD = 20;

/** A problem in a members file. Holds no values of the file except names. */
export interface FileProblem {
  /** Its line, from 1; undefined for the whole file. */
  readonly line?: number;
  /** The location in the line, the problem and a hint. */
  readonly text: string;
}

export type LineProblem = FileProblem & { readonly line: number };

/** The problems of a members file: one line of the message each, at most 20. */
export class MembersFileError extends ConfigurationError {
  override name = "MembersFileError";
  // Private: Pulumi prints an error's fields below its message, which says the same.
  readonly #problems: readonly FileProblem[];

  constructor(file: string, problems: readonly FileProblem[]) {
    const inOrder = problems.toSorted((one, other) => (one.line ?? 0) - (other.line ?? 0));
    const told = inOrder
      .slice(0, MAX_TOLD)
      .map((problem) => `${place(file, problem)}: ${printableLine(problem.text)}`);
    const others = inOrder.length - told.length;
    super([...told, ...(others > 0 ? [`${file}: and ${others} more.`] : [])].join("\n"));
    this.#problems = inOrder;
  }

  /** All problems in file order. */
  get problems(): readonly FileProblem[] {
    return this.#problems;
  }
}

function place(file: string, { line }: FileProblem): string {
  return line === undefined ? file : `${file}:${line}`;
}
