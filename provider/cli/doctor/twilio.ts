import type { Connection } from "../../core/api/connection";
import type { Session } from "../../core/run/session";
import type { SettingsPlace } from "../pulumi/cli-session";
import { type Check, type Finding, ok, warning } from "./check";
import { findCredentials, readSettings } from "./credentials";
import { judgedFailure } from "./reachability";

const TIMEOUT_SECONDS = 5;

/** Checks the credentials, whether Twilio accepts them, and the clock. Each check needs the one before. */
export function twilioChecks(place: SettingsPlace): Check[] {
  const settings = readSettings({ ...place, timeoutSeconds: TIMEOUT_SECONDS });
  const reached = settings.then(({ session }) => reach(session));
  // Each check that awaits these reports the failure.
  for (const awaited of [settings, reached]) awaited.catch(() => undefined);
  return [
    {
      name: "credentials",
      find: async () => findCredentials(await settings, place.stack),
    },
    { name: "Twilio", find: async () => (await reached).finding },
    { name: "clock", find: async () => judgedClock((await reached).aheadMs) },
  ];
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
  const { origin, region } = connection.settings;
  try {
    const { accountSid } = await connection.verified();
    return {
      finding: ok(`${origin} (${region}) answers for ${accountSid}`),
      aheadMs: connection.serverNowMs - Date.now(),
    };
  } catch (error) {
    return { finding: judgedFailure(error, connection.settings) };
  }
}

/** The credentials check reports what is wrong with them. */
function connectionOf(session: Session): Connection | undefined {
  try {
    return session.connection({});
  } catch {
    return undefined;
  }
}

/** The Date header has whole seconds, and the answer took time to arrive. */
const MAX_SKEW_MS = 30_000;

/** Compares the clocks; `aheadMs` is undefined when Twilio did not answer. */
export function judgedClock(aheadMs: number | undefined): Finding {
  if (aheadMs === undefined)
    return warning("unknown, since Twilio did not answer", "Mend that first, then run doctor again.");
  if (Math.abs(aheadMs) <= MAX_SKEW_MS) return ok("as Twilio's, within 30 s");
  const seconds = Math.round(Math.abs(aheadMs) / 1_000);
  return warning(
    `${seconds} s ${aheadMs > 0 ? "behind" : "ahead of"} Twilio's`,
    "Synchronize the machine's clock by NTP. Adoption uses Twilio's clock, but certificates and the ages of locks use the machine's.",
  );
}
