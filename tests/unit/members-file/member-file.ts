import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import {
  MembersFileError,
  type MembersFromFileOptions,
  membersFromFile,
  type RosterMemberArgs,
} from "../../../provider";
import { sidOf } from "../../types/sids";

export const AGENT = sidOf("RL", 1);
export const SUPERVISOR = sidOf("RL", 2);
export const options: MembersFromFileOptions = { roles: { agent: AGENT, supervisor: SUPERVISOR } };

/** Gives the use a folder of its own, and removes it. */
export function inFolder<Result>(use: (folder: string) => Result): Result {
  const folder = mkdtempSync(join(tmpdir(), "members-"));
  try {
    return use(folder);
  } finally {
    rmSync(folder, { recursive: true });
  }
}

/** The members of a file that holds this and ends so. */
export function membersOf(
  ending: ".csv" | ".json",
  content: string | Buffer,
  given: MembersFromFileOptions = options,
): Record<string, RosterMemberArgs> {
  return inFolder((folder) => {
    const path = join(folder, `members${ending}`);
    writeFileSync(path, content);
    return membersFromFile(path, given);
  });
}

/** What is wrong in such a file, each as `line: text`. */
export function problemsOf(...file: Parameters<typeof membersOf>): string[] {
  return refusalOf(...file).problems.map(({ line, text }) =>
    line === undefined ? text : `${line}: ${text}`,
  );
}

export function refusalOf(...file: Parameters<typeof membersOf>): MembersFileError {
  try {
    membersOf(...file);
  } catch (error) {
    if (error instanceof MembersFileError) return error;
    throw error;
  }
  throw new Error("nothing was wrong in the file");
}
