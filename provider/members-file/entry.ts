import { fieldsOf } from "../core/definition/define";
import type { JsonObject } from "../core/json";
import { describeProblem, type Problem } from "../core/problem";
import { roster } from "../resources";
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

/** The fields that a file can say of a member. */
export const MEMBER_FIELDS: readonly string[] = fieldsOf(roster.element)
  .filter(({ policy }) => policy.internal !== true)
  .map(({ name }) => name);

const MAX_LENGTH = 60;

/** A name out of a file for a message: in one line, not too long, in quotation marks where it is not plain. */
export function shownName(name: string): string {
  const short = name.length > MAX_LENGTH ? `${name.slice(0, MAX_LENGTH)}…` : name;
  return /^[\p{L}\p{N}\p{M}_+:@.…-]+$/u.test(short) ? short : JSON.stringify(short);
}
