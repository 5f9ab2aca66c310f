import { deepEqual, equal } from "node:assert/strict";
import type { z } from "zod";
import { sameWord } from "../../../provider/core/definition/constraint";
import {
  eventWords,
  postEventWords,
  webhookFilters,
  webhookMethod,
  webhookUrl,
} from "../../../provider/resources/fields/webhook-fields";
import { operations } from "../../contract/openapi/openapi";

/** Where a value is refused, and with which of Twilio's codes. */
function refusals(schema: z.ZodType, value: unknown): [string, unknown][] {
  const { error } = schema.safeParse(value);
  return (error?.issues ?? []).map((issue) => [
    issue.path.join("."),
    issue.code === "custom" ? issue.params?.["twilioCode"] : issue.code,
  ]);
}

/** The event words that Twilio's OpenAPI lists for a parameter. */
function listedBy(template: string, parameter: string): string[] {
  const operation = operations.find((found) => found.template === template && found.method === "POST");
  const properties = operation?.requestSchema?.["properties"] as Record<string, { description: string }>;
  return [...new Set(properties[parameter]?.description.match(/\bon[A-Z]\w+/g))].sort();
}

describe("webhooks: event words", () => {
  it("are those of Twilio's OpenAPI for the account", () =>
    deepEqual([...eventWords].sort(), listedBy("/v1/Configuration/Webhooks", "Filters")));

  it("of what has happened are those of Twilio's OpenAPI for an address", () =>
    deepEqual(
      [...postEventWords].sort(),
      listedBy("/v1/Configuration/Addresses", "AutoCreation.WebhookFilters"),
    ));

  const schema = webhookFilters(eventWords, { unknown: 50054, empty: 50370 });
  it("are refused one by one", () =>
    deepEqual(refusals(schema, ["onMessageAdded", "onMessageSent", ""]), [
      ["1", 50054],
      ["2", 50054],
    ]));
  it("are refused when there are none", () => deepEqual(refusals(schema, []), [["", 50370]]));
  it("are accepted all together", () => deepEqual(refusals(schema, eventWords), []));
});

describe("webhooks: address", () => {
  const schema = webhookUrl({ invalid: 50077, long: 50372 }, 40);
  const cases: [string, number | undefined][] = [
    ["https://example.com", undefined],
    ["http://example.com:8080/pre?a=b#c", undefined],
    ["HTTPS://EXAMPLE.COM/", undefined],
    ["https://example.com/".padEnd(40, "a"), undefined],
    ["https://example.com/".padEnd(41, "a"), 50372],
    ["", 50077],
    ["example.com/pre", 50077],
    ["/pre", 50077],
    ["ftp://example.com", 50077],
    ["https://", 50077],
    ["https://example.com/a b", 50077],
  ];
  for (const [value, code] of cases)
    it(`${code === undefined ? "accepts" : "refuses"} "${value}"`, () =>
      deepEqual(refusals(schema, value), code === undefined ? [] : [["", code]]));

  it("has no limit where Twilio documents none", () =>
    deepEqual(refusals(webhookUrl({}), "https://example.com/".padEnd(5000, "a")), []));
});

describe("webhooks: method", () => {
  const cases: [unknown, boolean][] = [
    ["GET", true],
    ["POST", true],
    ["get", true],
    ["post", true],
    ["PUT", false],
    ["", false],
    [undefined, false],
  ];
  for (const [value, isAccepted] of cases)
    it(`${isAccepted ? "accepts" : "refuses"} ${value}`, () =>
      deepEqual(refusals(webhookMethod(["GET", "POST"]), value), isAccepted ? [] : [["", 50055]]));

  it("is the same in either case", () => {
    equal(sameWord("get", "GET"), true);
    equal(sameWord("get", "POST"), false);
    equal(sameWord(undefined, undefined), false);
  });
});
