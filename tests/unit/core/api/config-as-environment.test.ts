import { deepEqual } from "node:assert/strict";
import { configAsEnvironment, readCredentials } from "../../../../provider/core/api/credentials";
import type { Environment } from "../../../../provider/core/api/settings";
import { sidOf } from "../../../types/sids";

const [AC1, AC2, SK] = [sidOf("AC", 1), sidOf("AC", 2), sidOf("SK", 1)];
const [ENV_SECRET, CONFIG_TOKEN] = ["env-secret", "config-token"];
const ENV = { TWILIO_ACCOUNT_SID: AC1, TWILIO_AUTH_TOKEN: ENV_SECRET };
const CONFIG = { accountSid: AC1, authToken: CONFIG_TOKEN };

describe("engine: the config as an environment", () => {
  const accounts = JSON.stringify({ "eu-west": { accountSid: AC2, authToken: CONFIG_TOKEN }, none: null });
  const cases: [string, Environment, Record<string, string>, Record<string, string>][] = [
    [
      "all of it",
      {},
      CONFIG,
      {
        TWILIO_ACCOUNT_SID: AC1,
        TWILIO_AUTH_TOKEN: CONFIG_TOKEN,
        TWILIO_CONVERSATIONS_FROM_CONFIG: "TWILIO_ACCOUNT_SID,TWILIO_AUTH_TOKEN",
      },
    ],
    [
      "the secret of an account that is named there",
      { TWILIO_ACCOUNT_SID: AC1 },
      CONFIG,
      { TWILIO_AUTH_TOKEN: CONFIG_TOKEN, TWILIO_CONVERSATIONS_FROM_CONFIG: "TWILIO_AUTH_TOKEN" },
    ],
    ["nothing where a secret is there", { TWILIO_API_KEY: SK, TWILIO_API_SECRET: ENV_SECRET }, CONFIG, {}],
    [
      "each account by its name",
      ENV,
      { ...CONFIG, accounts },
      {
        TWILIO_EU_WEST_ACCOUNT_SID: AC2,
        TWILIO_EU_WEST_AUTH_TOKEN: CONFIG_TOKEN,
        TWILIO_CONVERSATIONS_FROM_CONFIG: "TWILIO_EU_WEST_ACCOUNT_SID,TWILIO_EU_WEST_AUTH_TOKEN",
      },
    ],
    ["nothing of an empty one", {}, {}, {}],
  ];
  for (const [what, env, config, expected] of cases)
    it(`has ${what}`, () =>
      deepEqual(
        configAsEnvironment(env, (key) => config[key]),
        expected,
      ));

  it("is named by the config's keys, where it can be mended", () => {
    const config = { ...CONFIG, accounts };
    const env = configAsEnvironment({}, (key) => config[key as keyof typeof config]);
    const read = (account?: string) => readCredentials(env, () => undefined, account).names;
    deepEqual(
      [read().password, read("eu-west").password],
      ["twilio:authToken", "twilio:accounts.eu-west.authToken"],
    );
  });
});
