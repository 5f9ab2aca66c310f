import { throws } from "node:assert/strict";
import { type Environment, readSettings } from "../../../../provider/core/api/settings";

describe("engine: a place that the environment and the config name differently", () => {
  const places: [Environment, Record<string, string>, named: string, kind: string][] = [
    [
      { TWILIO_CONVERSATIONS_URL: "http://127.0.0.1:1" },
      { baseUrl: "http://127.0.0.1:2/" },
      "TWILIO_CONVERSATIONS_URL names API http://127.0.0.1:1 and twilio:baseUrl names API http://127.0.0.1:2",
      "API",
    ],
    [
      { TWILIO_REGION: "AU1" },
      { region: "ie1" },
      "TWILIO_REGION names region au1 and twilio:region names region ie1",
      "region",
    ],
  ];
  for (const [env, config, named, kind] of places)
    it(`is refused as another account is: the ${kind}`, () =>
      throws(() => readSettings(env, (key) => config[key]), {
        name: "ConfigurationError",
        message: `${named}. Nothing was sent. Unset one of them, so that it is clear which ${kind} is meant.`,
      }));
});
