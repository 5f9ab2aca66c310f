import { readFileSync } from "node:fs";
import { extname, resolve } from "node:path";
import type { Input } from "@pulumi/pulumi";
import { ConfigurationError } from "../core/errors";
import { describeProblem } from "../core/problem";
import type { RosterMemberArgs } from "../resources";
import { checkedMembers, roleProblems } from "./checked-members";
import { csvMembers } from "./csv-members";
import type { Parsed } from "./entry";
import { jsonMembers } from "./json-members";
import { MembersFileError } from "./members-file-error";
import { brokenLine, withoutMark } from "./source-text";

/** How {@link membersFromFile} reads a file. */
export interface MembersFromFileOptions {
  /**
   * SIDs (RL…) of roles of type `conversation`, by the names in the file's `role`: `{ agent: agent.id }`.
   * @default none
   */
  roles?: Readonly<Record<string, Input<string>>>;
}

const READERS: Readonly<Record<string, (bytes: Buffer) => Parsed>> = {
  ".csv": csvMembers,
  ".json": jsonMembers,
};

/**
 * Reads the members of a conversation from a CSV or JSON file, for the `members` argument of a resource. The path is
 * relative to the program's working directory. The file's ending selects the format.
 *
 * **CSV**: UTF-8, separated by commas, semicolons or tabs; a first line `sep=;` may name the separator. The header row
 * names the columns, in any order.
 * - `label`: the key of the member. Default: its identity, else its address
 * - `identity`, `roleSid`, `groupMms` (true or false), and `address`, `proxyAddress`, `projectedAddress` of its
 *   `messagingBinding`: as in `ParticipantArgs`
 * - `role`: the name of its role in `options.roles`
 * - `attributes`: JSON text; `attributes.KEY`: the text of one key
 *
 * An empty cell declares nothing. Blanks around a cell count only within quotation marks.
 *
 * **JSON**: an object of members by their labels, or an array of members, each with a `label` or the same default. A
 * member has the fields of `ParticipantArgs`, and `role`.
 *
 * Checks each member as a preview checks a participant, and reports all problems of the file at once, with their lines.
 *
 * @example
 * ```ts
 * const members = membersFromFile("members.csv", { roles: { agent: agent.id } });
 * new Roster("eu-support", { conversationSid: conversation.id, members });
 * ```
 * @throws MembersFileError when the file cannot be read, or has a problem.
 */
export function membersFromFile(
  path: string,
  options: MembersFromFileOptions = {},
): Record<string, RosterMemberArgs> {
  const { roles = {} } = options;
  const [problem] = roleProblems(roles);
  if (problem !== undefined) throw new ConfigurationError(describeProblem(problem));
  const read = READERS[extname(path).toLowerCase()];
  if (read === undefined) throw new MembersFileError(path, [{ text: OTHER_FORMAT }]);
  const bytes = withoutMark(bytesOf(path));
  const line = brokenLine(bytes);
  if (line !== undefined) throw new MembersFileError(path, [{ line, text: NO_UTF8 }]);
  const { members, problems } = checkedMembers(read(bytes), roles);
  if (problems.length > 0) throw new MembersFileError(path, problems);
  return members;
}

const OTHER_FORMAT =
  "ends neither in .csv nor in .json, the formats it can be read in. Give it one of these endings.";
const NO_UTF8 = "is not UTF-8. Save the file as UTF-8, in spreadsheet programs as “CSV UTF-8”.";

function bytesOf(path: string): Buffer {
  try {
    return readFileSync(path);
  } catch (error) {
    const { code } = error as NodeJS.ErrnoException;
    const text = `cannot be read (${code}). It was looked for at ${resolve(path)}.`;
    throw new MembersFileError(path, [{ text }]);
  }
}
