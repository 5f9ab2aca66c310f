import { deepEqual, equal, match } from "node:assert/strict";
import { validate } from "../../../provider/core/definition/validate";
import { UNKNOWN } from "../../../provider/core/engine-transport";
import type { JsonObject } from "../../../provider/core/json";
import { describeProblem } from "../../../provider/core/problem";
import { conversation } from "../../../provider/resources/conversation/conversation";
import { CH, IS, sidOf } from "../../types/sids";

const CANARY = "CANARY";

describe("conversation: what a preview refuses", () => {
  const wrongs: [string, JsonObject, string, number | undefined][] = [
    ["an empty friendly name", { friendlyName: "" }, "friendlyName", undefined],
    ["a friendly name of 257 characters", { friendlyName: CANARY.padEnd(257) }, "friendlyName", 50003],
    ["an empty unique name", { uniqueName: "" }, "uniqueName", undefined],
    ["a unique name of 257 characters", { uniqueName: CANARY.padEnd(257) }, "uniqueName", 50004],
    ["a unique name that looks like a SID", { uniqueName: CH }, "uniqueName", 50390],
    ["a unique name of one dot", { uniqueName: "." }, "uniqueName", undefined],
    ["a unique name of two dots", { uniqueName: ".." }, "uniqueName", undefined],
    ["attributes of 16,385 bytes", { attributes: { a: CANARY.padEnd(16_377) } }, "attributes", 50303],
    ["attributes that are no JSON", { attributes: `{${CANARY}` }, "attributes", 50304],
    ["a messaging service that is no SID", { messagingServiceSid: IS }, "messagingServiceSid", 50341],
    ["an inactive timer under a minute", { timers: { inactive: "PT59S" } }, "timers.inactive", 50375],
    ["a closed timer under ten minutes", { timers: { closed: "PT599S" } }, "timers.closed", 50376],
    ["an inactive timer that is none", { timers: { inactive: CANARY } }, "timers.inactive", 50379],
    ["a closed timer that is none", { timers: { closed: CANARY } }, "timers.closed", 50380],
    ["a state that is none", { state: CANARY }, "state", 50378],
    ["a closed state at creation", { state: "closed" }, "state", 50384],
    [
      "an e-mail address of 257 characters",
      { bindings: { email: { address: CANARY.padEnd(257) } } },
      "bindings.email.address",
      undefined,
    ],
    ["a date of creation that is none", { dateCreated: CANARY }, "dateCreated", 50308],
    ["a date of update that is none", { dateUpdated: CANARY }, "dateUpdated", 50309],
  ];
  for (const [what, inputs, path, code] of wrongs) {
    it(`refuses ${what} with ${code ?? "no"} code, the path and a hint, and without the value`, () => {
      const { problems } = validate(conversation, {}, inputs);
      deepEqual(
        problems.map((problem) => [problem.path, problem.twilioCode]),
        [[path, code]],
      );
      const text = problems.map(describeProblem).join("\n");
      match(text, /^[\w.]+: .*\. \S.*\.$/);
      equal(text.includes(CANARY), false);
    });
  }
});

describe("conversation: what a preview accepts", () => {
  const rights: [string, JsonObject][] = [
    ["nothing", {}],
    ["names of 256 characters", { friendlyName: "f".repeat(256), uniqueName: "u".repeat(256) }],
    ["attributes of 16,384 bytes", { attributes: { a: "x".repeat(16_376) } }],
    ["the shortest timers", { timers: { inactive: "PT1M", closed: "PT10M" } }],
    ["timers switched off", { timers: { inactive: "PT0S", closed: "PT0S" } }],
    ["both open states", { state: "inactive" }],
    ["an e-mail binding", { bindings: { email: { address: "eu@example.com", name: "EU" } } }],
  ];
  for (const [what, inputs] of rights) {
    it(`accepts ${what}`, () => deepEqual(validate(conversation, {}, inputs), { inputs, problems: [] }));
  }

  it("accepts a closed state later, which closes it", () =>
    deepEqual(validate(conversation, { friendlyName: "a" }, { state: "closed" }).problems, []));
});

describe("conversation: its unique name", () => {
  const proposed = { autoName: "project-dev-eu" };
  const settled = (olds: JsonObject, news: JsonObject) => validate(conversation, olds, news).inputs;

  it("is the proposed one where the program gives none", () =>
    deepEqual(settled({}, proposed), { ...proposed, uniqueName: "project-dev-eu" }));

  it("is the declared one, and the proposal is not kept", () =>
    deepEqual(settled({}, { ...proposed, uniqueName: "eu" }), { uniqueName: "eu" }));

  it("is none where the program says null, and so proposes none", () =>
    deepEqual(settled({}, { uniqueName: null }), {}));

  it("stays when stack or resource are renamed", () => {
    const olds = settled({}, proposed);
    deepEqual(settled(olds, { autoName: "project-prod-other" }), olds);
  });

  it("becomes the declared one when the program begins to give one", () =>
    deepEqual(settled(settled({}, proposed), { ...proposed, uniqueName: "eu" }), { uniqueName: "eu" }));

  it("goes when the program begins to say null", () =>
    deepEqual(settled(settled({}, proposed), { uniqueName: null }), {}));

  it("is the new proposal when the program ceases to give one", () =>
    deepEqual(settled({ uniqueName: "eu" }, proposed), { ...proposed, uniqueName: "project-dev-eu" }));

  it("stays, with the proposal, where `ignoreChanges` gives it back", () => {
    const olds = settled({}, proposed);
    deepEqual(settled(olds, { autoName: "project-prod-other", uniqueName: "project-dev-eu" }), olds);
  });

  it("is kept from unknown proposals", () =>
    deepEqual(settled({}, { autoName: UNKNOWN }), { autoName: UNKNOWN }));
});

describe("conversation: definition", () => {
  it("gives the state with timers, which Twilio demands at creation", () => {
    deepEqual(conversation.createForm?.({ timers: { inactive: "PT1M" } }), { state: "active" });
    deepEqual(conversation.createForm?.({ timers: { inactive: "PT1M" }, state: "inactive" }), {});
    deepEqual(conversation.createForm?.({ friendlyName: "a" }), {});
  });

  it("is found again by its unique name alone", () => {
    const { alias, isDeclared, matches } = conversation.naturalKey;
    equal(isDeclared?.({ uniqueName: "eu" }), true);
    equal(isDeclared?.({ friendlyName: "eu" }), false);
    equal(alias?.({ uniqueName: "eu" }), "eu");
    equal(alias?.({ friendlyName: "eu" }), undefined);
    equal(matches({ uniqueName: "eu" }, { uniqueName: "eu" }), true);
    equal(matches({ uniqueName: "eu" }, { uniqueName: "us" }), false);
  });

  it("tells when its timers run out, where they run", () => {
    const timers = { dateInactive: "2026-01-02T03:04:05Z" };
    deepEqual(conversation.derive?.({ timers }, {}), { timerDates: timers });
    deepEqual(conversation.derive?.({ timers: {} }, {}), {});
  });

  it("names the service in the way out of a closed conversation", () => {
    const refusal = conversation.rejectUpdate?.({ state: "closed" }, {}, []);
    match(refusal ?? "", /closed.*state: "closed".*onClosed: "replace".*all its messages/);
    equal(conversation.rejectUpdate?.({ state: "closed" }, { state: "closed" }, []), undefined);
    equal(conversation.rejectUpdate?.({ state: "inactive" }, {}, []), undefined);
  });

  it("knows its messaging service by SID", () =>
    deepEqual(validate(conversation, {}, { messagingServiceSid: sidOf("MG") }).problems, []));
});
