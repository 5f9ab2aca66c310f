import { deepEqual, equal, match } from "node:assert/strict";
import { findCredentials, sourcesOf } from "../../../../provider/cli/doctor/credentials";
import { readCredentials } from "../../../../provider/core/api/credentials";
import { Session } from "../../../../provider/core/run/session";

const ACCOUNT = `AC${"1".repeat(32)}`;
const KEY = `SK${"2".repeat(32)}`;

describe("doctor: where the credentials are from", () => {
  const CONFIG = { accountSid: ACCOUNT, authToken: "token" };
  for (const [env, config, expected] of [
    [
      { TWILIO_ACCOUNT_SID: ACCOUNT, TWILIO_AUTH_TOKEN: "token" },
      {},
      "TWILIO_ACCOUNT_SID and TWILIO_AUTH_TOKEN in the environment",
    ],
    [{}, CONFIG, "twilio:accountSid and twilio:authToken in the config of dev"],
    [
      {},
      { accountSid: ACCOUNT, apiKey: KEY, apiSecret: "secret" },
      "twilio:accountSid and twilio:apiKey with twilio:apiSecret in the config of dev",
    ],
    [
      { TWILIO_API_KEY: KEY, TWILIO_API_SECRET: "secret" },
      { accountSid: ACCOUNT },
      "twilio:accountSid in the config of dev and TWILIO_API_KEY with TWILIO_API_SECRET in the environment",
    ],
    [
      { TWILIO_ACCOUNT_SID: ACCOUNT },
      CONFIG,
      "TWILIO_ACCOUNT_SID in the environment and twilio:authToken in the config of dev",
    ],
  ] as [Record<string, string>, Record<string, string>, string][])
    it(`says: ${expected}`, () =>
      equal(
        sourcesOf(
          readCredentials(env, (key) => config[key]),
          "dev",
        ),
        expected,
      ));

  const sessionOf = (env: Record<string, string>) =>
    new Session(
      env,
      () => undefined,
      () => {},
    );
  const complete = { TWILIO_ACCOUNT_SID: ACCOUNT, TWILIO_AUTH_TOKEN: "token" };

  it("warns where the config was not read, since that may name another account", () => {
    const finding = findCredentials({ session: sessionOf(complete), unread: "no passphrase" }, "dev");
    equal(finding.status, "warning");
    match(finding.found, /^the config of dev was not read: no passphrase\naccount AC1/);
  });

  it("says nothing of old configs, since it reads the one of today", () => {
    const { found } = findCredentials({ session: sessionOf({}) }, undefined);
    match(found, /^No Twilio credentials: looked for .* Set one of them\.$/);
  });

  it("names --stack as a hint only where none was looked at", () => {
    const hintFor = (stack?: string) => findCredentials({ session: sessionOf({}) }, stack).hint ?? "";
    deepEqual([/--stack/.test(hintFor()), /--stack/.test(hintFor("dev"))], [true, false]);
  });

  it("tells every credential of a wrong form, of whatever account, and shows none", () => {
    const env = { ...complete, TWILIO_EMEA_AUTH_TOKEN: "CANARY\n", TWILIO_API_KEY: "CANARY" };
    const { status, found } = findCredentials({ session: sessionOf(env) }, "dev");
    equal(status, "problem");
    deepEqual(found.split("\n"), [
      "TWILIO_API_KEY is not the SID of an API key. Give SK followed by 32 hexadecimal digits.",
      "TWILIO_EMEA_AUTH_TOKEN ends with a line break, which is no part of it. Set it again without.",
    ]);
  });
});
