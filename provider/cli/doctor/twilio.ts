import { processEnvironment } from "../../engine/config";
import type { Connection } from "../../engine/connection";
import type { Session } from "../../engine/session";
import { cliSession, type SettingsPlace } from "../cli-session";
import { type Check, type Finding, ok, problem, warning } from "./check";

const TIMEOUT_SECONDS = 10;
/** The Date header counts in seconds, and the answer has been on its way. */
const MAX_SKEW_MS = 30_000;

/** Credentials, whether Twilio answers to them, and its clock. Each stands on the one before. */
export function twilioChecks(place: SettingsPlace): Check[] {
  const session = cliSession({ ...place, timeoutSeconds: TIMEOUT_SECONDS });
  // Each check reports it.
  session.catch(() => undefined);
  const reached = session.then(reach);
  reached.catch(() => undefined);
  return [
    { name: "credentials", find: async () => findCredentials(await session, place) },
    { name: "Twilio", find: async () => (await reached).finding },
    { name: "clock", find: async () => judgedClock((await reached).aheadMs) },
  ];
}

function findCredentials(session: Session, { stack }: SettingsPlace): Finding {
  const { accountSid, username } = session.connection({}).credentials;
  const login = username === accountSid ? "its auth token" : `API key ${username}`;
  const isOfEnvironment = processEnvironment()["TWILIO_ACCOUNT_SID"] === accountSid;
  const source = isOfEnvironment ? "the environment" : `the config of ${stack}`;
  return ok(`account ${accountSid} by ${login}, from ${source}`);
}

interface Reached {
  readonly finding: Finding;
  readonly aheadMs?: number;
}

async function reach(session: Session): Promise<Reached> {
  const connection = connectionOf(session);
  if (connection === undefined)
    return {
      finding: warning(
        "not asked, since the credentials are not usable",
        "Mend them, then run doctor again.",
      ),
    };
  try {
    const { accountSid } = await connection.verified();
    return {
      finding: ok(`${connection.settings.apiOrigin} answers for ${accountSid}`),
      aheadMs: connection.serverNowMs - Date.now(),
    };
  } catch (error) {
    return { finding: problem(session.explain(error)) };
  }
}

/** What is wrong with the credentials is told where they are looked at. */
function connectionOf(session: Session): Connection | undefined {
  try {
    return session.connection({});
  } catch {
    return undefined;
  }
}

/** By how much Twilio's clock is ahead; unknown where there was no answer. */
export function judgedClock(aheadMs: number | undefined): Finding {
  if (aheadMs === undefined)
    return warning("unknown, since Twilio did not answer", "Mend that first, then run doctor again.");
  const seconds = Math.round(Math.abs(aheadMs) / 1_000);
  if (Math.abs(aheadMs) <= MAX_SKEW_MS) return ok("as Twilio's");
  return warning(
    `${seconds} s ${aheadMs > 0 ? "behind" : "ahead of"} Twilio's`,
    "Let the machine keep its time by NTP: what a moment ago means to a lock or a certificate depends on it.",
  );
}
