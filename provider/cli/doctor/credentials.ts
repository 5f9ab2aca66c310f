import type { Credentials, Environment } from "../../engine/config";
import type { Session } from "../../engine/session";
import { cliSession, type SettingsPlace } from "../cli-session";
import { PulumiError } from "../pulumi";
import { type Finding, ok, problem, warning } from "./check";

/** The session that a run would have, or as much of it as can be read. */
export interface ReadSettings {
  readonly session: Session;
  /** Why the stack's config is not in it. */
  readonly unread?: string;
}

/** Without the stack's config the environment is still worth a look. */
export async function readSettings(place: SettingsPlace): Promise<ReadSettings> {
  try {
    return { session: await cliSession(place) };
  } catch (error) {
    if (!(error instanceof PulumiError)) throw error;
    return { session: await cliSession({ ...place, stack: undefined }), unread: error.message };
  }
}

export function findCredentials(
  { session, unread }: ReadSettings,
  env: Environment,
  stack: string | undefined,
): Finding {
  const note = unread === undefined ? "" : `the config of ${stack} was not read: ${unread}\n`;
  const cure =
    stack === undefined
      ? "Export them, or name the stack whose config has them with --stack."
      : "Export them, or put them into the stack's config.";
  let credentials: Credentials;
  try {
    credentials = session.connection({}).credentials;
  } catch (error) {
    return problem(note + (error instanceof Error ? error.message : String(error)), cure);
  }
  const found = `account ${credentials.accountSid}, from ${sourcesOf(credentials, env, stack)}`;
  return unread === undefined
    ? ok(found)
    : warning(note + found, "Mend that first: the config may name another account.");
}

/** The names under which the account and its secret stand. Where the environment has a value too, that one counts. */
export function sourcesOf(
  { accountSid, username, password }: Credentials,
  env: Environment,
  stack = "the stack",
): string {
  const config = `the config of ${stack}`;
  const isKey = username !== accountSid;
  const secret = isKey ? "TWILIO_API_SECRET" : "TWILIO_AUTH_TOKEN";
  const isExported = env[secret] === password && (!isKey || env["TWILIO_API_KEY"] === username);
  const account: Source =
    env["TWILIO_ACCOUNT_SID"] === accountSid
      ? ["TWILIO_ACCOUNT_SID", "the environment"]
      : ["twilio:accountSid", config];
  const login: Source = isExported
    ? [isKey ? "TWILIO_API_KEY with TWILIO_API_SECRET" : secret, "the environment"]
    : [isKey ? "twilio:apiKey with twilio:apiSecret" : "twilio:authToken", config];
  if (account[1] === login[1]) return `${account[0]} and ${login[0]} in ${account[1]}`;
  return `${account.join(" in ")} and ${login.join(" in ")}`;
}

type Source = readonly [name: string, place: string];
