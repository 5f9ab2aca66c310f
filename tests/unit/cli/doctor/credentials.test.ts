import { deepEqual, equal, match } from "node:assert/strict";
import { findCredentials, sourcesOf } from "../../../../provider/cli/doctor/credentials";
import { Session } from "../../../../provider/engine/session";

const ACCOUNT = `AC${"1".repeat(32)}`;
const KEY = `SK${"2".repeat(32)}`;
const byToken = { accountSid: ACCOUNT, username: ACCOUNT, password: "token" };
const byKey = { accountSid: ACCOUNT, username: KEY, password: "secret" };

describe("doctor: where the credentials are from", () => {
  for (const [env, credentials, expected] of [
    [
      { TWILIO_ACCOUNT_SID: ACCOUNT, TWILIO_AUTH_TOKEN: "token" },
      byToken,
      "TWILIO_ACCOUNT_SID and TWILIO_AUTH_TOKEN in the environment",
    ],
    [{}, byToken, "twilio:accountSid and twilio:authToken in the config of dev"],
    [{}, byKey, "twilio:accountSid and twilio:apiKey with twilio:apiSecret in the config of dev"],
    [
      { TWILIO_API_KEY: KEY, TWILIO_API_SECRET: "secret" },
      byKey,
      "twilio:accountSid in the config of dev and TWILIO_API_KEY with TWILIO_API_SECRET in the environment",
    ],
    [
      { TWILIO_ACCOUNT_SID: ACCOUNT, TWILIO_AUTH_TOKEN: "of another account" },
      byToken,
      "TWILIO_ACCOUNT_SID in the environment and twilio:authToken in the config of dev",
    ],
  ] as const)
    it(`says: ${expected}`, () => equal(sourcesOf(credentials, env, "dev"), expected));

  const sessionOf = (env: Record<string, string>) =>
    new Session(
      env,
      () => undefined,
      () => {},
    );
  const complete = { TWILIO_ACCOUNT_SID: ACCOUNT, TWILIO_AUTH_TOKEN: "token" };

  it("warns where the config was not read, since that may name another account", () => {
    const finding = findCredentials(
      { session: sessionOf(complete), unread: "no passphrase" },
      complete,
      "dev",
    );
    equal(finding.status, "warning");
    match(finding.found, /^the config of dev was not read: no passphrase\naccount AC1/);
  });

  it("names --stack as a cure only where none was looked at", () => {
    const cureFor = (stack?: string) => findCredentials({ session: sessionOf({}) }, {}, stack).cure ?? "";
    deepEqual([/--stack/.test(cureFor()), /--stack/.test(cureFor("dev"))], [true, false]);
  });
});
