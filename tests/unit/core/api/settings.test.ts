import { deepEqual, equal, match, throws } from "node:assert/strict";
import { type Environment, readSettings, type Settings } from "../../../../provider/core/api/settings";
import { ConfigurationError } from "../../../../provider/core/errors";
import { VERSION } from "../../../../provider/version";

type Config = Record<string, string>;

function settings(env: Environment = {}, config: Config = {}): Settings {
  return readSettings(env, (key) => config[key]);
}

function refused(env: Environment, config: Config, text: RegExp): void {
  throws(
    () => settings(env, config),
    (error: unknown) => {
      equal(error instanceof ConfigurationError, true);
      match((error as Error).message, text);
      return true;
    },
  );
}

describe("engine: settings", () => {
  it("have defaults", () => {
    const { userAgent, proxyEnv: _proxyEnv, ...rest } = settings();
    deepEqual(rest, {
      origin: "https://conversations.twilio.com",
      apiOrigin: "https://conversations.twilio.com",
      region: "us1",
      concurrency: 10,
      writesPerSecond: 30,
      timeoutMs: 120_000,
      adopt: undefined,
      adoptWindowMs: 3_600_000,
    });
    match(
      userAgent,
      new RegExp(`^pulumi-twilio-conversations/${VERSION.replaceAll(".", "\\.")} \\(\\w+ \\w+\\) node/v`),
    );
  });

  it("carry the proxy variables of the environment, and no others", () =>
    deepEqual(settings({ HTTPS_PROXY: "http://p:1", no_proxy: "x", TWILIO_AUTH_TOKEN: "secret" }).proxyEnv, {
      HTTPS_PROXY: "http://p:1",
      https_proxy: undefined,
      HTTP_PROXY: undefined,
      http_proxy: undefined,
      ALL_PROXY: undefined,
      all_proxy: undefined,
      NO_PROXY: undefined,
      no_proxy: "x",
    }));
});

describe("engine: origins by region and edge", () => {
  const host = (name: string) => `https://conversations.${name}twilio.com`;
  const origins: [Environment, Config, string, string, string][] = [
    [{}, { region: "us1" }, "us1", host(""), host("")],
    [{}, { region: "ie1" }, "ie1", host("dublin.ie1."), host("dublin.ie1.")],
    [{ TWILIO_REGION: "IE1" }, {}, "ie1", host("dublin.ie1."), host("dublin.ie1.")],
    [{ TWILIO_REGION: "US1" }, {}, "us1", host(""), host("")],
    [{}, { region: "jp1" }, "jp1", host("tokyo.jp1."), host("tokyo.jp1.")],
    [{}, { region: "xx9" }, "xx9", host("xx9."), host("xx9.")],
    [{}, { region: "xx9", edge: "dublin" }, "xx9", host("xx9."), host("dublin.xx9.")],
    [{}, { edge: "sydney" }, "us1", host(""), host("sydney.us1.")],
    [{}, { region: "ie1", edge: "dublin" }, "ie1", host("dublin.ie1."), host("dublin.ie1.")],
    [{}, { region: "Ie1", edge: "Frankfurt" }, "ie1", host("dublin.ie1."), host("frankfurt.ie1.")],
    [{ TWILIO_REGION: "au1" }, { region: "AU1" }, "au1", host("sydney.au1."), host("sydney.au1.")],
    [{ TWILIO_EDGE: "dublin" }, { edge: "sydney" }, "us1", host(""), host("dublin.us1.")],
    [{ TWILIO_REGION: "" }, { region: "ie1" }, "ie1", host("dublin.ie1."), host("dublin.ie1.")],
    [
      { TWILIO_REGION: "ie1", TWILIO_EDGE: "dublin" },
      { baseUrl: "http://127.0.0.1:1" },
      "ie1",
      "http://127.0.0.1:1",
      "http://127.0.0.1:1",
    ],
  ];
  for (const [env, config, region, apiOrigin, origin] of origins) {
    it(`are ${origin} and ${apiOrigin} for ${JSON.stringify({ ...env, ...config })}`, () => {
      const found = settings(env, config);
      deepEqual([found.region, found.apiOrigin, found.origin], [region, apiOrigin, origin]);
    });
  }

  for (const bad of ["evil.com/", "a.b", "ie1 ", "x@y", "ie1:80", "ie1\n"]) {
    it(`refuses ${JSON.stringify(bad)} as region and edge`, () => {
      refused({ TWILIO_REGION: bad }, {}, /^TWILIO_REGION is not a region\. Give a name such as ie1\.$/);
      refused({}, { region: bad }, /^twilio:region is not a region\. Give a name such as ie1\.$/);
      refused({ TWILIO_EDGE: bad }, {}, /^TWILIO_EDGE is not an edge\. Give a name such as dublin\.$/);
      refused({}, { edge: bad }, /^twilio:edge is not an edge\. Give a name such as dublin\.$/);
    });
  }

  const mixed: [Environment, Config, RegExp][] = [
    [
      { TWILIO_REGION: "dublin.ie1" },
      {},
      /^TWILIO_REGION holds an edge and a region\. Write ie1 into TWILIO_REGION and dublin into TWILIO_EDGE\.$/,
    ],
    [
      {},
      { region: "Sydney.AU1" },
      /^twilio:region holds an edge and a region\. Write au1 into twilio:region and sydney into twilio:edge\.$/,
    ],
    [
      {},
      { edge: "dublin.ie1" },
      /^twilio:edge holds an edge and a region\. Write ie1 into twilio:region and dubl/,
    ],
    [{ TWILIO_REGION: "dublin" }, {}, /^TWILIO_REGION holds an edge, not a region\. Write ie1 there\.$/],
    [
      { TWILIO_REGION: "ie1" },
      { region: "dublin" },
      /^twilio:region holds an edge, not a region\. Write ie1/,
    ],
    [{}, { region: "ashburn" }, /^twilio:region holds an edge, not a region\. Write us1 there\.$/],
    [{}, { edge: "ie1" }, /^twilio:edge holds a region, not an edge\. Write dublin there, or unset it\.$/],
  ];
  for (const [env, config, text] of mixed)
    it(`says what to write instead of ${JSON.stringify({ ...env, ...config })}`, () =>
      refused(env, config, text));
});

describe("engine: the API's base URL", () => {
  const good: [string, string][] = [
    ["http://127.0.0.1:4010", "http://127.0.0.1:4010"],
    ["http://127.0.0.1:4010/", "http://127.0.0.1:4010"],
    ["http://127.8.9.10", "http://127.8.9.10"],
    ["http://localhost:4010", "http://localhost:4010"],
    ["http://[::1]:4010", "http://[::1]:4010"],
    ["https://proxy.example.com", "https://proxy.example.com"],
    ["HTTPS://Proxy.Example.com:8443", "https://proxy.example.com:8443"],
  ];
  for (const [url, origin] of good) {
    it(`can be ${url}`, () => {
      equal(settings({ TWILIO_CONVERSATIONS_URL: url }).origin, origin);
      equal(settings({}, { baseUrl: url }).apiOrigin, origin);
    });
  }

  const plain = [
    "http://example.com",
    "http://10.0.0.1",
    "http://127.0.0.1.evil.com",
    "http://localhost.evil.com",
    "http://[::2]",
    "http://0.0.0.0",
  ];
  for (const url of plain) {
    it(`cannot be ${url}, which would carry credentials in clear`, () => {
      refused(
        { TWILIO_CONVERSATIONS_URL: url },
        {},
        /^TWILIO_CONVERSATIONS_URL names http:.* in clear\. Use https/,
      );
      refused({}, { baseUrl: url }, /^twilio:baseUrl names http:.* in clear\. Use https/);
    });
  }

  const CANARY = "CANARY";
  const wrong = [
    CANARY,
    `https://user:${CANARY}@example.com`,
    `https://${CANARY}@example.com`,
    `https://example.com/?token=${CANARY}`,
    "https://example.com/v1",
    "localhost:4010",
    "ftp://example.com",
    "file:///etc/passwd",
  ];
  for (const url of wrong) {
    it(`cannot be ${url}, and the message repeats no part that could be secret`, () => {
      refused(
        { TWILIO_CONVERSATIONS_URL: url },
        {},
        /^TWILIO_CONVERSATIONS_URL .*\. (Give|Use) |must be an origin alone/,
      );
      throws(
        () => settings({}, { baseUrl: url }),
        (error: Error) => !error.message.includes(CANARY),
      );
    });
  }

  it("may stand in both places, in any spelling of one origin", () =>
    equal(
      settings({ TWILIO_CONVERSATIONS_URL: "HTTP://LocalHost:80/" }, { baseUrl: "http://localhost" }).origin,
      "http://localhost",
    ));

  it("is no place's own where the config's is wrong", () =>
    refused(
      { TWILIO_CONVERSATIONS_URL: "http://127.0.0.1:1" },
      { baseUrl: CANARY },
      /^twilio:baseUrl is not a URL/,
    ));
});

describe("engine: numbers and words in the settings", () => {
  const numbers: [keyof Settings, string, string | undefined, number, number][] = [
    ["concurrency", "concurrency", "TWILIO_CONVERSATIONS_CONCURRENCY", 1, 1],
    ["writesPerSecond", "writesPerSecond", "TWILIO_CONVERSATIONS_WRITES_PER_SECOND", 0, 1],
    ["timeoutMs", "timeoutSeconds", undefined, 1, 1000],
    ["adoptWindowMs", "adoptWindow", undefined, 0, 1000],
  ];
  for (const [setting, key, variable, min, unit] of numbers) {
    it(`take twilio:${key} from ${min} up`, () => {
      equal(settings({}, { [key]: String(min) })[setting], min * unit);
      equal(settings({}, { [key]: "77" })[setting], 77 * unit);
      for (const bad of [String(min - 1), "1.5", "many", "NaN", "Infinity", "5s"])
        refused(
          {},
          { [key]: bad },
          new RegExp(`^twilio:${key} must be a whole number of at least ${min}\\. Default: `),
        );
    });
    if (variable !== undefined)
      it(`take ${variable} before twilio:${key}`, () => {
        equal(settings({ [variable]: "3" }, { [key]: "4" })[setting], 3 * unit);
        equal(settings({ [variable]: "" }, { [key]: "4" })[setting], 4 * unit);
        refused({ [variable]: "x" }, { [key]: "4" }, new RegExp(`^${variable} must be a whole number`));
      });
  }

  it("take a policy of adoption, and no other word", () => {
    for (const adopt of ["matching", "always", "never"] as const) equal(settings({}, { adopt }).adopt, adopt);
    refused({}, { adopt: "sometimes" }, /^twilio:adopt must be one of matching, always, never\.$/);
  });
});
