import { deepEqual, equal, match, notEqual } from "node:assert/strict";
import { validate } from "../../../provider/core/definition/validate";
import { UNKNOWN } from "../../../provider/core/engine-transport";
import type { JsonObject } from "../../../provider/core/json";
import { describeProblem } from "../../../provider/core/problem";
import { conversationWebhook } from "../../../provider/resources/conversation/conversation-webhook";
import { CH, sidOf } from "../../types/sids";

const CANARY = "CANARY";
const url = "https://example.com/hook";
const FLOW = sidOf("FW");
const webhook = (target: string, configuration: JsonObject | undefined): JsonObject => ({
  conversationSid: CH,
  target,
  ...(configuration && { configuration }),
});
const events = { url, filters: ["onMessageAdded"] };
const words = { url, triggers: ["help"] };
/** A URL of so many characters. */
const longUrl = (length: number) => `${url}?${CANARY}=`.padEnd(length, "x");

describe("webhook: what a preview refuses", () => {
  const wrongs: [string, JsonObject, [path: string, code?: number][]][] = [
    ["a target that is none", webhook(CANARY, events), [["target", 50364]]],
    ["a target that is of Object", webhook("constructor", events), [["target", 50364]]],
    [
      "target webhook with nothing",
      webhook("webhook", undefined),
      [
        ["configuration.url", 50369],
        ["configuration.filters", 50370],
      ],
    ],
    [
      "target trigger with nothing",
      webhook("trigger", {}),
      [
        ["configuration.url", 50369],
        ["configuration.triggers", 50371],
      ],
    ],
    [
      "target studio without a flow",
      webhook("studio", { replayAfter: 0 }),
      [["configuration.flowSid", 50367]],
    ],
    ["no events", webhook("webhook", { url, filters: [] }), [["configuration.filters", 50370]]],
    ["no words", webhook("trigger", { url, triggers: [] }), [["configuration.triggers", 50371]]],
    [
      "a URL that is none",
      webhook("webhook", { ...events, url: CANARY }),
      [["configuration.url", undefined]],
    ],
    [
      "a URL of 513 characters",
      webhook("webhook", { ...events, url: longUrl(513) }),
      [["configuration.url", 50372]],
    ],
    [
      "an event that is none",
      webhook("webhook", { url, filters: ["onMessageAdded", CANARY] }),
      [["configuration.filters.1", 50365]],
    ],
    [
      "an event that is asked for first",
      webhook("webhook", { url, filters: ["onMessageAdd"] }),
      [["configuration.filters.0", 50365]],
    ],
    [
      "an empty word and one of 249 characters",
      webhook("trigger", { url, triggers: ["", CANARY.padEnd(249)] }),
      [
        ["configuration.triggers.0", 50366],
        ["configuration.triggers.1", 50366],
      ],
    ],
    [
      "six words",
      webhook("trigger", { url, triggers: ["a", "b", "c", "d", "e", CANARY] }),
      [["configuration.triggers", 50362]],
    ],
    ["a flow that is no SID", webhook("studio", { flowSid: CANARY }), [["configuration.flowSid", 50367]]],
    [
      "a method that is none",
      webhook("webhook", { ...events, method: CANARY }),
      [["configuration.method", 50055]],
    ],
    [
      "a message before the first",
      webhook("studio", { flowSid: FLOW, replayAfter: -1 }),
      [["configuration.replayAfter", 20001]],
    ],
    [
      "a flow and words beside events",
      webhook("webhook", { ...events, triggers: [CANARY], flowSid: FLOW }),
      [["configuration.triggers"], ["configuration.flowSid"]],
    ],
    [
      "events beside words",
      webhook("trigger", { ...words, filters: [] }),
      [["configuration.filters", 50370]],
    ],
    [
      "a method beside a flow",
      webhook("studio", { flowSid: FLOW, method: "get" }),
      [["configuration.method"]],
    ],
    [
      "a misspelt member",
      webhook("studio", { flowSid: FLOW, flow_sid: CANARY }),
      [["configuration.flow_sid"]],
    ],
  ];
  for (const [what, inputs, expected] of wrongs)
    it(`refuses ${what}, without the value and with a hint`, () => {
      const { problems } = validate(conversationWebhook, {}, inputs);
      deepEqual(
        problems.map(({ path, twilioCode }) => [path, twilioCode]),
        expected.map(([path, code]) => [path, code]),
      );
      equal(problems.map(describeProblem).join().includes(CANARY), false);
      for (const { hint } of problems) notEqual(hint ?? "", "");
    });

  it("says what the target takes", () =>
    match(
      validate(conversationWebhook, {}, webhook("studio", { flowSid: FLOW, url }))
        .problems.map(describeProblem)
        .join(),
      /^configuration\.url: is not allowed with target studio\. Remove it; allowed are flowSid, replayAfter\.$/,
    ));
});

describe("webhook: what a preview accepts", () => {
  const rights: [string, JsonObject][] = [
    ["events", webhook("webhook", events)],
    ["events with all there is", webhook("webhook", { ...events, method: "GET", replayAfter: 0 })],
    ["words with all there is", webhook("trigger", { ...words, method: "post", replayAfter: 9 })],
    ["five words of 248 characters", webhook("trigger", { url, triggers: Array(5).fill("w".repeat(248)) })],
    ["a URL of 512 characters", webhook("webhook", { ...events, url: longUrl(512) })],
    ["a flow", webhook("studio", { flowSid: FLOW, replayAfter: 0 })],
    ["a target that is not known yet", webhook(UNKNOWN, { flowSid: FLOW, ...events })],
    ["a configuration that is not known yet", { ...webhook("studio", undefined), configuration: UNKNOWN }],
    ["a foreign member that may come to nothing", webhook("studio", { flowSid: FLOW, url: UNKNOWN })],
  ];
  for (const [what, inputs] of rights)
    it(`accepts ${what}`, () =>
      deepEqual(validate(conversationWebhook, {}, inputs), { inputs, problems: [] }));
});

describe("webhook: which live one is the declared one", () => {
  const inputs = webhook("webhook", { url, filters: ["onMessageAdded", "onMessageRemoved"], method: "get" });
  const live = (target: string, configuration: JsonObject) =>
    conversationWebhook.naturalKey.matches(inputs, { target, configuration });
  const filters = ["onMessageRemoved", "onMessageAdded"];

  it("is the one that calls the same for the same, in whatever way", () => {
    equal(live("webhook", { url, filters, method: "post" }), true);
    equal(live("webhook", { url, filters, triggers: null, flowSid: null }), true);
  });

  it("is no other", () => {
    equal(live("trigger", { url, filters }), false);
    equal(live("webhook", { url: `${url}2`, filters }), false);
    equal(live("webhook", { url, filters: ["onMessageAdded"] }), false);
    equal(live("webhook", {}), false);
  });
});
