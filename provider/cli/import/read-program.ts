import type { Session } from "../../core/run/session";
import { counted } from "../terminal/text";
import { AccountReading, type Extent } from "./account";
import { type GeneratedProgram, generateProgram } from "./generated-program";
import { NOT_READ } from "./listed-objects";
import { type MembersAs, ProgramBuilder } from "./program-builder";

export interface Wanted {
  readonly extent: Extent;
  readonly membersAs: MembersAs;
  /** Receives the number of objects read so far. */
  readonly onRead: (count: number) => void;
}

export interface ReadProgram {
  readonly generated: GeneratedProgram;
  /** Keys that the stack's config must have. */
  readonly secretKeys: readonly string[];
  readonly notes: readonly string[];
}

/** Reads the live account into a program and the values to record. */
export async function readProgram(
  session: Session,
  { extent, membersAs, onRead }: Wanted,
): Promise<ReadProgram> {
  const reading = new AccountReading(session, extent, onRead);
  const account = await reading.read();
  const builder = new ProgramBuilder(reading.connection, account, membersAs);
  const generated = generateProgram(builder);
  const closed =
    account.closed === 0
      ? []
      : [`${counted(account.closed, "closed conversation")} left out: name those that you want.`];
  const notes = [...generated.notes, ...account.leftOut, ...closed];
  if (generated.rows.length > 0) notes.push(unread(extent));
  return { generated, secretKeys: builder.secrets.map(([, key]) => key), notes };
}

/** A note on objects that were not requested and may exist. */
function unread({ userConversations }: Extent): string {
  const settings = userConversations ? [] : ["users' settings of their conversations (--user-conversations)"];
  return `not read, and so left out: ${[...NOT_READ.map(({ noun }) => `${noun}s`), "push bindings", ...settings].join(", ")}.`;
}
