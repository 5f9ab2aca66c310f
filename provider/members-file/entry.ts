import { fieldsOf } from "../core/definition/define";
import type { JsonObject } from "../core/json";
import { describeProblem, type Problem } from "../core/problem";
import { roster } from "../resources";
import type { FileProblem } from "./members-file-error";

/** A member as read from a file, before checks. */
export interface Entry {
  /** Undefined if the file has none. */
  readonly label: string | undefined;
  /** The name of its role in the program's `roles`. */
  readonly role: string | undefined;
  /** Fields of `ParticipantArgs`; `attributes` may be JSON text. */
  readonly fields: JsonObject;
  /** Whether its label or identity is faulty already, so that it identifies nobody. */
  readonly isNameless?: boolean;
  /** The location in the file of a path in `ParticipantArgs`. */
  readonly whereIs: (path: string) => Spot;
}

export interface Spot {
  readonly line: number;
  /** A column name, or a path in a JSON document. */
  readonly path: string;
}

/** The content of a file: its members, and the problems of reading it. */
export interface Parsed {
  readonly entries: readonly Entry[];
  readonly problems: readonly FileProblem[];
}

/** A member's problem at its location in the file. */
export function problemOf(entry: Pick<Entry, "whereIs">, problem: Problem): FileProblem {
  const { line, path } = entry.whereIs(problem.path);
  return { line, text: describeProblem({ ...problem, path }) };
}

/** The fields that a file can set on a member. */
export const MEMBER_FIELDS: readonly string[] = fieldsOf(roster.element)
  .filter(({ policy }) => policy.internal !== true)
  .map(({ name }) => name);

const MAX_LENGTH = 60;

/** A name from a file for a message: one line, shortened, quoted unless plain. */
export function shownName(name: string): string {
  const short = name.length > MAX_LENGTH ? `${name.slice(0, MAX_LENGTH)}…` : name;
  return /^[\p{L}\p{N}\p{M}_+:@.…-]+$/u.test(short) ? short : JSON.stringify(short);
}
