import { deepEqual, equal, match, throws } from "node:assert/strict";
import { readCredentials } from "../../../../provider/core/api/credentials";
import type { Environment } from "../../../../provider/core/api/settings";
import { ConfigurationError, MissingCredentialsError } from "../../../../provider/core/errors";
import { sidOf } from "../../../types/sids";

type Config = Record<string, string>;
const [AC1, AC2, SK] = [sidOf("AC", 1), sidOf("AC", 2), sidOf("SK", 1)];
/** Every secret that any case uses; none may stand in a message. */
const SECRETS = ["CANARY-env-token", "CANARY-config-token", "CANARY-env-secret", "CANARY-config-secret"];
const [ENV_TOKEN, CONFIG_TOKEN, ENV_SECRET, CONFIG_SECRET] = SECRETS as [string, string, string, string];

const ENV = { TWILIO_ACCOUNT_SID: AC1, TWILIO_AUTH_TOKEN: ENV_TOKEN };
const CONFIG = { accountSid: AC1, authToken: CONFIG_TOKEN };

function read(env: Environment, config: Config, account?: string) {
  return readCredentials(env, (key) => config[key], account);
}

describe("engine: credentials", () => {
  const byToken = (password: string, account = "TWILIO_ACCOUNT_SID", token = "TWILIO_AUTH_TOKEN") => ({
    accountSid: AC1,
    username: AC1,
    password,
    names: { accountSid: account, username: account, password: token },
  });
  const byKey = (password: string, account: string, key: string, secret: string) => ({
    accountSid: AC1,
    username: SK,
    password,
    names: { accountSid: account, username: key, password: secret },
  });
  const ENV_KEY = ["TWILIO_ACCOUNT_SID", "TWILIO_API_KEY", "TWILIO_API_SECRET"] as const;
  const found: [string, Environment, Config, object][] = [
    ["the environment's", ENV, {}, byToken(ENV_TOKEN)],
    ["the config's", {}, CONFIG, byToken(CONFIG_TOKEN, "twilio:accountSid", "twilio:authToken")],
    [
      "the environment's secret where both agree, since the config may be stale",
      ENV,
      CONFIG,
      byToken(ENV_TOKEN),
    ],
    [
      "the environment's API key",
      { TWILIO_ACCOUNT_SID: AC1, TWILIO_API_KEY: SK, TWILIO_API_SECRET: ENV_SECRET },
      {},
      byKey(ENV_SECRET, ...ENV_KEY),
    ],
    [
      "the config's API key",
      {},
      { accountSid: AC1, apiKey: SK, apiSecret: CONFIG_SECRET },
      byKey(CONFIG_SECRET, "twilio:accountSid", "twilio:apiKey", "twilio:apiSecret"),
    ],
    [
      "the API key before the token",
      { ...ENV, TWILIO_API_KEY: SK, TWILIO_API_SECRET: ENV_SECRET },
      {},
      byKey(ENV_SECRET, ...ENV_KEY),
    ],
    [
      "the environment's token before the config's API key",
      ENV,
      { ...CONFIG, apiKey: SK, apiSecret: CONFIG_SECRET },
      byToken(ENV_TOKEN),
    ],
    [
      "the account of the config with the environment's token",
      { TWILIO_AUTH_TOKEN: ENV_TOKEN },
      { accountSid: AC1 },
      byToken(ENV_TOKEN, "twilio:accountSid"),
    ],
    [
      "the account of the environment with the config's token",
      { TWILIO_ACCOUNT_SID: AC1 },
      { authToken: CONFIG_TOKEN },
      byToken(CONFIG_TOKEN, "TWILIO_ACCOUNT_SID", "twilio:authToken"),
    ],
    [
      "the config's where the environment's are empty",
      { TWILIO_ACCOUNT_SID: "", TWILIO_AUTH_TOKEN: "", TWILIO_API_KEY: "" },
      CONFIG,
      byToken(CONFIG_TOKEN, "twilio:accountSid", "twilio:authToken"),
    ],
  ];
  for (const [what, env, config, credentials] of found) {
    it(`are ${what}`, () => deepEqual(read(env, config), credentials));
  }

  const refusals: [string, Environment, Config, RegExp][] = [
    [
      "two accounts",
      ENV,
      { ...CONFIG, accountSid: AC2 },
      new RegExp(
        `^TWILIO_ACCOUNT_SID names account ${AC1} and twilio:accountSid names account ${AC2}\\. Nothing was sent\\. Unset one`,
      ),
    ],
    [
      "a key without its secret",
      { ...ENV, TWILIO_API_KEY: SK },
      {},
      /^TWILIO_API_KEY is set, but TWILIO_API_SECRET is not\. Set both, or neither\.$/,
    ],
    [
      "a secret without its key",
      { ...ENV, TWILIO_API_SECRET: ENV_SECRET },
      {},
      /^TWILIO_API_SECRET is set, but TWILIO_API_KEY is not/,
    ],
    [
      "a key without its secret in the config",
      {},
      { ...CONFIG, apiKey: SK },
      /^twilio:apiKey is set, but twilio:apiSecret is not/,
    ],
    [
      "a secret without its key in the config",
      {},
      { accountSid: AC1, apiSecret: CONFIG_SECRET },
      /^twilio:apiSecret is set, but twilio:apiKey is not/,
    ],
    [
      "an account without a secret",
      { TWILIO_ACCOUNT_SID: AC1 },
      {},
      /name the account, but not its secret: TWILIO_AUTH_TOKEN, or TWILIO_API_KEY with TWILIO_API_SECRET .*Set it too/,
    ],
    [
      "a token without an account",
      { TWILIO_AUTH_TOKEN: ENV_TOKEN },
      {},
      /name a secret, but not TWILIO_ACCOUNT_SID \(or twilio:accountSid\)\. Set it too/,
    ],
    [
      "an API key without an account",
      { TWILIO_API_KEY: SK, TWILIO_API_SECRET: ENV_SECRET },
      {},
      /name a secret, but not TWILIO_ACCOUNT_SID/,
    ],
    [
      "an account that is no SID",
      { ...ENV, TWILIO_ACCOUNT_SID: "my-account" },
      {},
      /^TWILIO_ACCOUNT_SID is not an account SID\. Give AC followed by 32/,
    ],
    [
      "an account of the config that is no SID",
      {},
      { ...CONFIG, accountSid: SK },
      /^twilio:accountSid is not an account SID/,
    ],
    [
      "a secret in the account's place",
      { ...ENV, TWILIO_ACCOUNT_SID: ENV_SECRET },
      CONFIG,
      /^TWILIO_ACCOUNT_SID is not an account SID/,
    ],
    [
      "a secret in the account's place of the config",
      ENV,
      { ...CONFIG, accountSid: CONFIG_SECRET },
      /^twilio:accountSid is not an account SID/,
    ],
  ];
  for (const [what, env, config, text] of refusals) {
    it(`are refused with ${what}, and no secret is said`, () => {
      throws(
        () => read(env, config),
        (error: unknown) => {
          equal(error instanceof ConfigurationError && !(error instanceof MissingCredentialsError), true);
          const { message } = error as Error;
          match(message, text);
          deepEqual(
            SECRETS.filter((secret) => message.includes(secret)),
            [],
          );
          return true;
        },
      );
    });
  }

  it("are missing where nothing is set, and all places are named", () =>
    throws(
      () => read({}, {}),
      (error: unknown) => {
        equal(error instanceof MissingCredentialsError, true);
        const { message } = error as Error;
        for (const place of [
          "TWILIO_ACCOUNT_SID",
          "TWILIO_AUTH_TOKEN",
          "TWILIO_API_KEY",
          "TWILIO_API_SECRET",
          "twilio:accountSid",
        ])
          equal(message.includes(place), true, place);
        return true;
      },
    ));
});
