import type { Credentials } from "../../core/api/settings";
import { MissingCredentialsError } from "../../core/errors";
import type { Session } from "../../core/run/session";
import { cliSession, type SettingsPlace } from "../pulumi/cli-session";
import { PulumiError } from "../pulumi/pulumi";
import { type Finding, ok, problem, warning } from "./check";

/** The session that a run would have; without the config where Pulumi cannot read it. */
export interface ReadSettings {
  readonly session: Session;
  /** Why the stack's config is missing from it. */
  readonly unread?: string;
}

/** Falls back to the environment alone when the stack's config cannot be read. */
export async function readSettings(place: SettingsPlace): Promise<ReadSettings> {
  try {
    return { session: await cliSession(place) };
  } catch (error) {
    if (!(error instanceof PulumiError)) throw error;
    return { session: await cliSession({ ...place, stack: undefined }), unread: error.message };
  }
}

export function findCredentials({ session, unread }: ReadSettings, stack: string | undefined): Finding {
  const note = unread === undefined ? "" : `the config of ${stack} was not read: ${unread}\n`;
  const problems = session.credentialProblems();
  if (problems.length > 0) return problem(note + problems.join("\n"));
  const hint =
    stack === undefined
      ? "Export them, or name the stack whose config has them with --stack."
      : "Export them, or put them into the stack's config.";
  let credentials: Credentials;
  try {
    credentials = session.connection({}).credentials;
  } catch (error) {
    // Report what the current config lacks.
    const found =
      error instanceof MissingCredentialsError
        ? error.lookedFor
        : error instanceof Error
          ? error.message
          : String(error);
    return problem(note + found, hint);
  }
  const found = `account ${credentials.accountSid}, from ${sourcesOf(credentials, stack)}`;
  return unread === undefined
    ? ok(found)
    : warning(note + found, "Mend that first: the config may name another account.");
}

/** The names of the settings that hold the account and its secret, and where they are. */
export function sourcesOf({ accountSid, username, names }: Credentials, stack = "the stack"): string {
  const placeOf = (name: string) =>
    name.startsWith("twilio:") ? `the config of ${stack}` : "the environment";
  const login = username === accountSid ? names.password : `${names.username} with ${names.password}`;
  const [here, there] = [placeOf(names.accountSid), placeOf(names.password)];
  if (here === there) return `${names.accountSid} and ${login} in ${here}`;
  return `${names.accountSid} in ${here} and ${login} in ${there}`;
}
