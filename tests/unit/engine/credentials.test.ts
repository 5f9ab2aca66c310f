import { deepEqual, equal, match, throws } from "node:assert/strict";
import {
  ConfigurationError,
  type Environment,
  MissingCredentialsError,
} from "../../../provider/engine/config";
import { readCredentials } from "../../../provider/engine/credentials";
import { sidOf } from "./samples";

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
  const byToken = (password: string, accountSid = AC1) => ({ accountSid, username: accountSid, password });
  const byKey = (password: string) => ({ accountSid: AC1, username: SK, password });
  const found: [string, Environment, Config, object][] = [
    ["the environment's", ENV, {}, byToken(ENV_TOKEN)],
    ["the config's", {}, CONFIG, byToken(CONFIG_TOKEN)],
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
      byKey(ENV_SECRET),
    ],
    [
      "the config's API key",
      {},
      { accountSid: AC1, apiKey: SK, apiSecret: CONFIG_SECRET },
      byKey(CONFIG_SECRET),
    ],
    [
      "the API key before the token",
      { ...ENV, TWILIO_API_KEY: SK, TWILIO_API_SECRET: ENV_SECRET },
      {},
      byKey(ENV_SECRET),
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
      byToken(ENV_TOKEN),
    ],
    [
      "the account of the environment with the config's token",
      { TWILIO_ACCOUNT_SID: AC1 },
      { authToken: CONFIG_TOKEN },
      byToken(CONFIG_TOKEN),
    ],
    [
      "the config's where the environment's are empty",
      { TWILIO_ACCOUNT_SID: "", TWILIO_AUTH_TOKEN: "", TWILIO_API_KEY: "" },
      CONFIG,
      byToken(CONFIG_TOKEN),
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

describe("engine: credentials of a named account", () => {
  const accounts = JSON.stringify({ "eu-west": { accountSid: AC2, authToken: CONFIG_TOKEN } });
  const named = { accountSid: AC2, username: AC2, password: CONFIG_TOKEN };

  it("come from the config by the name", () =>
    deepEqual(read({}, { ...CONFIG, accounts }, "eu-west"), named));

  it("come from the environment by the name in capitals", () =>
    deepEqual(
      read({ ...ENV, TWILIO_EU_WEST_ACCOUNT_SID: AC2, TWILIO_EU_WEST_AUTH_TOKEN: ENV_TOKEN }, {}, "eu-west"),
      { ...named, password: ENV_TOKEN },
    ));

  it("are never the main ones", () =>
    throws(() => read(ENV, CONFIG, "eu-west"), {
      name: "MissingCredentialsError",
      message:
        /^No Twilio credentials for account "eu-west": looked for TWILIO_EU_WEST_ACCOUNT_SID .* twilio:accounts\.eu-west\.accountSid/,
    }));

  it("are refused where environment and config name two accounts", () =>
    throws(
      () =>
        read(
          { TWILIO_EU_WEST_ACCOUNT_SID: AC1, TWILIO_EU_WEST_AUTH_TOKEN: ENV_TOKEN },
          { accounts },
          "eu-west",
        ),
      {
        name: "ConfigurationError",
        message:
          /^TWILIO_EU_WEST_ACCOUNT_SID names account AC0+1 and twilio:accounts\.eu-west\.accountSid names account AC0+2/,
      },
    ));

  for (const text of [
    "{",
    "null",
    "[]",
    "5",
    '"text"',
    '{"eu-west":null}',
    '{"eu-west":"x"}',
    '{"eu-west":{"accountSid":5}}',
  ]) {
    it(`are refused, not broken, with twilio:accounts ${text}`, () =>
      throws(
        () => read({}, { accounts: text }, "eu-west"),
        (error: unknown) => error instanceof ConfigurationError,
      ));
  }
});
