import type { JsonObject } from "../core/json";
import { describeProblem, type Problem } from "../core/problem";
import type { FileProblem } from "./members-file-error";

/** A member as a file says it, before it is checked. */
export interface Entry {
  /** Undefined where the file gives none. */
  readonly label: string | undefined;
  /** The name of its role, out of those that the program gives. */
  readonly role: string | undefined;
  /** What a `ParticipantArgs` calls it; `attributes` may be JSON text. */
  readonly fields: JsonObject;
  /** Whether its label or identity is wrong already, so that it can be anybody. */
  readonly isNameless?: boolean;
  /** Where the file says what has this path in a `ParticipantArgs`, and how it calls it. */
  readonly whereIs: (path: string) => Spot;
}

export interface Spot {
  readonly line: number;
  /** The name of a column, or the path in a JSON document. */
  readonly path: string;
}

/** What stands in a file: its members, and what cannot be read of it. */
export interface Parsed {
  readonly entries: readonly Entry[];
  readonly problems: readonly FileProblem[];
}

/** The problem of a member as its file shows it. */
export function problemOf(entry: Pick<Entry, "whereIs">, problem: Problem): FileProblem {
  const { line, path } = entry.whereIs(problem.path);
  return { line, text: describeProblem({ ...problem, path }) };
}
