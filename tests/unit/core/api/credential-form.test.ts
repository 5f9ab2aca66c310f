import { deepEqual, equal, throws } from "node:assert/strict";
import { credentialFlaw } from "../../../../provider/core/api/credential-source";
import { credentialProblems, readCredentials } from "../../../../provider/core/api/credentials";
import type { Environment } from "../../../../provider/core/api/settings";
import { ConfigurationError } from "../../../../provider/core/errors";
import { sidOf } from "../../../types/sids";

const CANARY = "CANARY7f3a";
const HEX = "0123456789abcdef0123456789abcdef";

/** What a paste, a file or a shell leaves. */
const FLAWS: readonly [what: string, spoil: (good: string) => string, said: string][] = [
  ["a line break at the end", (good) => `${good}\n`, "ends with a line break"],
  ["a line break of Windows", (good) => `${good}\r\n`, "ends with a line break"],
  ["a carriage return", (good) => `${good}\r`, "ends with a line break"],
  ["a line break before", (good) => `\n${good}`, "begins with a line break"],
  ["a line break within", (good) => `${good.slice(0, 5)}\n${good.slice(5)}`, "holds a line break"],
  ["a blank before", (good) => ` ${good}`, "begins with a blank"],
  ["a blank at the end", (good) => `${good} `, "ends with a blank"],
  ["a tab at the end", (good) => `${good}\t`, "ends with a blank"],
  ["a blank within", (good) => `${good.slice(0, 5)} ${good.slice(5)}`, "holds a blank"],
  ["a non-breaking blank", (good) => `${good}\u00a0`, "ends with a blank"],
  ["a byte order mark", (good) => `\ufeff${good}`, "holds an invisible character"],
  ["a zero-width blank", (good) => `${good}\u200b`, "holds an invisible character"],
  ["a control character", (good) => `${good}\u0007`, "holds an invisible character"],
  ["quotation marks", (good) => `"${good}"`, "begins or ends with a quotation mark"],
  ["a letter beyond ASCII", (good) => `${good}\u0430`, "holds a character beyond ASCII"],
  ["nothing but blanks", () => " \n", "is blank"],
];

interface Place {
  readonly what: string;
  readonly account?: string;
  readonly name: (kind: Kind) => string;
  readonly env: (values: Values) => Environment;
  readonly config: (values: Values) => Record<string, string>;
}
type Kind = "accountSid" | "authToken" | "apiKey" | "apiSecret";
type Values = Partial<Record<Kind, string>>;

const SUFFIX = {
  accountSid: "ACCOUNT_SID",
  authToken: "AUTH_TOKEN",
  apiKey: "API_KEY",
  apiSecret: "API_SECRET",
};
const variables = (prefix: string, values: Values) =>
  Object.fromEntries(Object.entries(values).map(([kind, value]) => [prefix + SUFFIX[kind as Kind], value]));
const none = () => ({});
const PLACES: readonly Place[] = [
  {
    what: "the environment",
    name: (kind) => `TWILIO_${SUFFIX[kind]}`,
    env: (values) => variables("TWILIO_", values),
    config: none,
  },
  { what: "the config", name: (kind) => `twilio:${kind}`, env: none, config: (values) => ({ ...values }) },
  {
    what: "the environment of a named account",
    account: "eu-west",
    name: (kind) => `TWILIO_EU_WEST_${SUFFIX[kind]}`,
    env: (values) => variables("TWILIO_EU_WEST_", values),
    config: none,
  },
  {
    what: "twilio:accounts",
    account: "eu-west",
    name: (kind) => `twilio:accounts.eu-west.${kind}`,
    env: none,
    config: (values) => ({ accounts: JSON.stringify({ "eu-west": values }) }),
  },
];

describe("engine: the form of credentials", () => {
  const good: Record<Kind, string> = {
    accountSid: `AC${HEX}`,
    authToken: `${CANARY}token`,
    apiKey: `SK${HEX}`,
    apiSecret: `${CANARY}secret`,
  };
  const sets: readonly (readonly Kind[])[] = [
    ["accountSid", "authToken"],
    ["accountSid", "apiKey", "apiSecret"],
  ];

  for (const place of PLACES)
    for (const [what, spoil, said] of FLAWS)
      it(`is refused in ${place.what} with ${what}, by name, with nothing of it shown`, () => {
        for (const kinds of sets)
          for (const spoiled of kinds) {
            const values = Object.fromEntries(kinds.map((kind) => [kind, good[kind]])) as Values;
            values[spoiled] = spoil(good[spoiled]);
            assertRefused(place, values, `${place.name(spoiled)} ${said}`);
          }
      });

  for (const place of PLACES)
    for (const wrong of [
      CANARY,
      `AC${HEX}`,
      `sk${HEX}`,
      `SK${HEX}0`,
      `SK${HEX.slice(1)}`,
      `SK${HEX.slice(1)}g`,
    ])
      it(`is refused in ${place.what} with ${wrong} as API key`, () =>
        assertRefused(
          place,
          { accountSid: good.accountSid, apiKey: wrong, apiSecret: good.apiSecret },
          `${place.name("apiKey")} is not the SID of an API key. Give SK followed by 32 hexadecimal digits.`,
        ));

  it("is told of all that are wrong, at once", () =>
    assertRefused(
      PLACES[0] as Place,
      { accountSid: good.accountSid, apiKey: CANARY, apiSecret: `${CANARY}\n` },
      "TWILIO_API_KEY is not the SID of an API key. Give SK followed by 32 hexadecimal digits. TWILIO_API_SECRET ends with",
    ));

  function assertRefused({ env, config, account }: Place, values: Values, text: string) {
    const read = (key: string) => config(values)[key];
    throws(
      () => readCredentials(env(values), read, account),
      (error: Error) => {
        const { message } = error;
        equal(error instanceof ConfigurationError, true);
        equal(message.startsWith(text), true, message);
        equal(message.includes(CANARY) || message.includes(HEX.slice(0, 8)), false, message);
        return true;
      },
    );
    equal(credentialProblems(env(values), read).join(" ").startsWith(text), true, "doctor");
  }

  it("is right for what Twilio gives, and for what the simulator ever gave", () => {
    for (const value of [
      HEX,
      "Abc0".repeat(8),
      "simulator-auth-token",
      "simulator-api-secret",
      sidOf("SK", 1),
    ])
      equal(credentialFlaw(value), undefined, value);
  });

  it("does not count where another one is used: a refresh has the config of the last up", () => {
    const env = { TWILIO_ACCOUNT_SID: good.accountSid, TWILIO_AUTH_TOKEN: good.authToken };
    const config: Record<string, string> = { accountSid: good.accountSid, authToken: `${CANARY}\n` };
    equal(readCredentials(env, (key) => config[key]).password, good.authToken);
    deepEqual(credentialProblems(env, (key) => config[key]).length, 1);
  });
});
