import { deepEqual, throws } from "node:assert/strict";
import { readCredentials } from "../../../../provider/core/api/credentials";
import type { Environment } from "../../../../provider/core/api/settings";
import { ConfigurationError } from "../../../../provider/core/errors";
import { sidOf } from "../../../types/sids";

const [AC1, AC2] = [sidOf("AC", 1), sidOf("AC", 2)];
const [ENV_TOKEN, CONFIG_TOKEN] = ["CANARY-env-token", "CANARY-config-token"];
const ENV = { TWILIO_ACCOUNT_SID: AC1, TWILIO_AUTH_TOKEN: ENV_TOKEN };
const CONFIG = { accountSid: AC1, authToken: CONFIG_TOKEN };

function read(env: Environment, config: Record<string, string>, account?: string) {
  return readCredentials(env, (key) => config[key], account);
}

describe("engine: credentials of a named account", () => {
  const accounts = JSON.stringify({ "eu-west": { accountSid: AC2, authToken: CONFIG_TOKEN } });
  const key = (kind: string) => `twilio:accounts.eu-west.${kind}`;
  const names = { accountSid: key("accountSid"), username: key("accountSid"), password: key("authToken") };
  const named = { accountSid: AC2, username: AC2, password: CONFIG_TOKEN, names };

  it("come from the config by the name", () =>
    deepEqual(read({}, { ...CONFIG, accounts }, "eu-west"), named));

  it("come from the environment by the name in capitals", () =>
    deepEqual(
      read({ ...ENV, TWILIO_EU_WEST_ACCOUNT_SID: AC2, TWILIO_EU_WEST_AUTH_TOKEN: ENV_TOKEN }, {}, "eu-west"),
      {
        ...named,
        password: ENV_TOKEN,
        names: {
          accountSid: "TWILIO_EU_WEST_ACCOUNT_SID",
          username: "TWILIO_EU_WEST_ACCOUNT_SID",
          password: "TWILIO_EU_WEST_AUTH_TOKEN",
        },
      },
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
