import { deepEqual, equal, notEqual } from "node:assert/strict";
import { validate } from "../../../provider/core/definition/validate";
import { UNKNOWN } from "../../../provider/core/engine-transport";
import type { JsonObject } from "../../../provider/core/json";
import { describeProblem } from "../../../provider/core/problem";
import { addressConfiguration } from "../../../provider/resources/account/address-configuration";
import { IS, sidOf } from "../../types/sids";

const CANARY = "CANARY";
const support: JsonObject = { type: "sms", address: "+14155550100" };
const creating = (autoCreation: JsonObject): JsonObject => ({ ...support, autoCreation });
const webhookUrl = "https://example.com/hook";
const byDefault = { enabled: true, type: "default" };
const byWebhook = { enabled: true, type: "webhook", webhookUrl };
const byStudio = { enabled: true, type: "studio", studioFlowSid: sidOf("FW") };

describe("address configuration: what a preview refuses", () => {
  const wrongs: [string, JsonObject, [path: string, code?: number][]][] = [
    ["a type that is none", { ...support, type: CANARY }, [["type", 20001]]],
    ["an empty address", { ...support, address: "" }, [["address", 20001]]],
    ["an address of 257 characters", { ...support, address: CANARY.padEnd(257) }, [["address", 20001]]],
    ["a country by its name", { ...support, addressCountry: CANARY }, [["addressCountry", 20001]]],
    ["a country in small letters", { ...support, addressCountry: "gb" }, [["addressCountry", 20001]]],
    ["a name of 257 characters", { ...support, friendlyName: CANARY.padEnd(257) }, [["friendlyName", 50003]]],
    ["neither on nor off", creating({ type: "default" }), [["autoCreation.enabled"]]],
    ["no type of creation", creating({ enabled: true }), [["autoCreation.type", 20001]]],
    [
      "a type of creation that is none",
      creating({ ...byDefault, type: CANARY }),
      [["autoCreation.type", 20001]],
    ],
    ["a webhook without URL", creating({ enabled: true, type: "webhook" }), [["autoCreation.webhookUrl"]]],
    [
      "a flow without its SID",
      creating({ enabled: false, type: "studio" }),
      [["autoCreation.studioFlowSid"]],
    ],
    [
      "a webhook and a flow for nothing",
      creating({ ...byDefault, webhookUrl, studioRetryCount: 1 }),
      [["autoCreation.webhookUrl"], ["autoCreation.studioRetryCount"]],
    ],
    [
      "values of wrong forms",
      creating({
        ...byWebhook,
        webhookUrl: CANARY,
        webhookMethod: CANARY,
        webhookFilters: [CANARY],
        conversationServiceSid: CANARY,
      }),
      [
        ["autoCreation.conversationServiceSid", 50050],
        ["autoCreation.webhookUrl", 20001],
        ["autoCreation.webhookMethod", 50055],
        ["autoCreation.webhookFilters.0", 50365],
      ],
    ],
    [
      "a flow and retries of wrong forms",
      creating({ ...byStudio, studioFlowSid: CANARY, studioRetryCount: 1.5 }),
      [
        ["autoCreation.studioFlowSid", 50367],
        ["autoCreation.studioRetryCount", 20001],
      ],
    ],
  ];
  for (const [what, inputs, expected] of wrongs)
    it(`refuses ${what}, without the value and with a hint`, () => {
      const { problems } = validate(addressConfiguration, {}, inputs);
      deepEqual(
        problems.map(({ path, twilioCode }) => [path, twilioCode]),
        expected.map(([path, code]) => [path, code]),
      );
      equal(problems.map(describeProblem).join().includes(CANARY), false);
      for (const { hint } of problems) notEqual(hint ?? "", "");
    });
});

describe("address configuration: what a preview accepts", () => {
  const rights: [string, JsonObject][] = [
    ["an address alone", support],
    ["a type in any case, as Twilio does", { ...support, type: "SMS" }],
    ["a short code with its country", { ...support, address: "12345", addressCountry: "GB" }],
    ["creation switched off", creating({ ...byDefault, enabled: false })],
    ["creation in a service", creating({ ...byDefault, conversationServiceSid: IS })],
    [
      "a webhook with all there is",
      creating({ ...byWebhook, webhookMethod: "get", webhookFilters: ["onMessageAdded"] }),
    ],
    ["a flow with all there is", creating({ ...byStudio, studioRetryCount: 0 })],
    ["a type of creation that is not known yet", creating({ ...byStudio, webhookUrl, type: UNKNOWN })],
    ["creation of which nothing is known yet", { ...support, autoCreation: UNKNOWN }],
  ];
  for (const [what, inputs] of rights)
    it(`accepts ${what}`, () =>
      deepEqual(validate(addressConfiguration, {}, inputs), { inputs, problems: [] }));
});

describe("address configuration: which live one is the declared one", () => {
  const { matches, alias } = addressConfiguration.naturalKey;

  it("is the one of its type and address, in whatever case Twilio writes the type", () => {
    equal(matches(support, { ...support, type: "SMS" }), true);
    equal(matches(support, { ...support, type: "whatsapp" }), false);
    equal(matches(support, { ...support, address: "+14155550101" }), false);
  });

  it("is found by its address, unless that is a SID or leaves the path", () => {
    const aliases = ["+14155550100", "support@example.com", sidOf("IG"), "..", undefined];
    deepEqual(
      aliases.map((address) => alias?.({ ...support, address })),
      ["+14155550100", "support@example.com", undefined, undefined, undefined],
    );
  });
});
