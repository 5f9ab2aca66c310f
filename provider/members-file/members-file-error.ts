import { ConfigurationError } from "../core/errors";
import { printableLine } from "../core/problem";

const MAX_TOLD = 20;

/** Something wrong in a file of members. Holds no value of the file but names. */
export interface FileProblem {
  /** Its line, from 1; undefined where it is the file as a whole. */
  readonly line?: number;
  /** Where in the line, what is wrong and what to do. */
  readonly text: string;
}

export type LineProblem = FileProblem & { readonly line: number };

/** What is wrong in a file of members: one line of the message for each problem, the first 20 of them. */
export class MembersFileError extends ConfigurationError {
  override name = "MembersFileError";
  // Pulumi prints the fields of an error below its message, which says the same.
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

  /** All that is wrong, in the order of the file. */
  get problems(): readonly FileProblem[] {
    return this.#problems;
  }
}

function place(file: string, { line }: FileProblem): string {
  return line === undefined ? file : `${file}:${line}`;
}
