import { deepEqual, equal, match } from "node:assert/strict";
import { fromResponse } from "../../../provider/core/api/codec";
import { validate } from "../../../provider/core/definition/validate";
import { UNKNOWN } from "../../../provider/core/engine-transport";
import type { JsonObject } from "../../../provider/core/json";
import { describeProblem } from "../../../provider/core/problem";
import { diff } from "../../../provider/core/state/diff";
import { message } from "../../../provider/resources/conversation/message";
import { AC, CH, sidOf } from "../../types/sids";
import { created, refreshed } from "../core/state/samples";

const CANARY = "CANARY";
const hours: JsonObject = { conversationSid: CH, author: "support", body: "9 to 17", attributes: { a: 1 } };
const HX = sidOf("HX");
const ME = sidOf("ME");

function body(differences: Record<string, unknown> = {}): Record<string, unknown> {
  return {
    sid: sidOf("IM"),
    account_sid: AC,
    conversation_sid: CH,
    author: "support",
    body: "9 to 17",
    attributes: '{"a":1}',
    media: null,
    content_sid: null,
    participant_sid: null,
    index: 0,
    delivery: null,
    date_created: "2026-01-02T03:04:05Z",
    date_updated: "2026-01-02T03:04:05Z",
    ...differences,
  };
}

describe("message: what a preview refuses", () => {
  const { body: _body, ...wordless } = hours;
  const wrongs: [string, JsonObject, [string, number | undefined][]][] = [
    ["nothing to say", wordless, [["body", 50503]]],
    ["an empty body", { ...hours, body: "" }, [["body", 50503]]],
    ["a body of 32,769 bytes", { ...hours, body: `${CANARY}${"é".repeat(16_381)}e` }, [["body", 50504]]],
    ["attributes that are no JSON", { ...hours, attributes: `{${CANARY}` }, [["attributes", 50304]]],
    ["a subject of 257 characters", { ...hours, subject: CANARY.padEnd(257) }, [["subject", undefined]]],
    ["another SID for media", { ...wordless, mediaSid: HX }, [["mediaSid", undefined]]],
    ["another SID for a template", { ...wordless, contentSid: ME }, [["contentSid", undefined]]],
    ["a body beside a template", { ...hours, contentSid: HX }, [["body", undefined]]],
    ["media beside a template", { ...wordless, mediaSid: ME, contentSid: HX }, [["mediaSid", undefined]]],
    ["variables of no template", { ...hours, contentVariables: "{}" }, [["contentVariables", undefined]]],
    [
      "variables that are no JSON",
      { ...wordless, contentSid: HX, contentVariables: `{${CANARY}` },
      [["contentVariables", undefined]],
    ],
  ];
  for (const [what, inputs, expected] of wrongs)
    it(`refuses ${what} without the value and with the hint`, () => {
      const { problems } = validate(message, {}, inputs);
      deepEqual(
        problems.map(({ path, twilioCode }) => [path, twilioCode]),
        expected,
      );
      for (const problem of problems) match(describeProblem(problem), /\. [A-Z].*\.$/);
      equal(problems.map(describeProblem).join().includes(CANARY), false);
    });

  const rights: [string, JsonObject][] = [
    ["a body of 32,768 bytes", { ...hours, body: "é".repeat(16_384) }],
    ["media alone", { ...wordless, mediaSid: ME }],
    ["media with a body", { ...hours, mediaSid: ME }],
    ["a template with its variables", { ...wordless, contentSid: HX, contentVariables: '{"1":"Alice"}' }],
    ["a template that is not known yet", { ...wordless, contentSid: UNKNOWN, contentVariables: UNKNOWN }],
  ];
  for (const [what, inputs] of rights)
    it(`accepts ${what}`, () => deepEqual(validate(message, {}, inputs).problems, []));
});

describe("message: definition", () => {
  const live = (differences: Record<string, unknown> = {}) => fromResponse(message, body(differences));
  const { matches } = message.naturalKey;

  it("is found again by author, body and attributes, of its media and its template", () => {
    equal(matches(hours, live()), true);
    equal(matches(hours, live({ attributes: '{ "a": 1.0 }' })), true);
    for (const other of [
      { author: "desk" },
      { body: "10 to 18" },
      { attributes: "{}" },
      { media: [{ sid: ME }] },
      { content_sid: HX },
    ])
      equal(matches(hours, live(other)), false, JSON.stringify(other));
    const least = { conversationSid: CH, body: "9 to 17" };
    equal(matches(least, live({ author: "system", attributes: "{}" })), true);
    equal(matches(least, live({ attributes: "{}" })), false);
  });

  it("is found again by its template, whatever Twilio made of it", () => {
    const templated = { conversationSid: CH, contentSid: HX };
    const made = { author: "system", attributes: "{}", content_sid: HX, body: "Hello, Alice" };
    equal(matches(templated, live(made)), true);
    equal(matches(templated, live({ ...made, content_sid: null })), false);
  });

  it("takes the first of Twilio's media for its own", () => {
    const inputs = { ...hours, mediaSid: ME };
    const answer = body({ media: [{ sid: ME, size: 1, content_type: "image/png", filename: null }] });
    const state = created(message, inputs, answer);
    deepEqual([state["mediaSid"], state["answered"]], [ME, undefined]);
    deepEqual(refreshed(message, state, answer).inputs, inputs);
  });

  it("does not take what delivers itself for a change", () => {
    const delivery = { total: 1, sent: "all", delivered: "none", read: "none", failed: "none" };
    const state = created(message, hours, body({ delivery }));
    const later = refreshed(message, state, body({ delivery: { ...delivery, read: "all" } }));
    deepEqual(later.state, state);
  });

  it("replaces for other variables, and not for another spelling of the same", () => {
    const templated = (contentVariables: string) => ({
      conversationSid: CH,
      contentSid: HX,
      contentVariables,
    });
    const state = created(message, templated('{"1":"a","2":"b"}'), body({ content_sid: HX }));
    deepEqual(diff(message, state, templated('{ "2": "b", "1": "\\u0061" }')).changes, false);
    const { replaces, warning } = diff(message, state, templated('{"1":"a"}'));
    deepEqual(replaces, ["contentVariables"]);
    equal(warning, "It will be created again, which sends it to people again.");
  });

  it("comes from Twilio's own author when the program names none any more", () => {
    const { author: _author, ...anonymous } = hours;
    deepEqual(diff(message, created(message, hours, body()), anonymous).warning, undefined);
  });
});

describe("message: one that is missing", () => {
  const missing = { ...created(message, hours, body()), missing: true };

  it("is reported where nothing changes", () => {
    const { changes, replaces, warning } = diff(message, missing, hours);
    deepEqual([changes, replaces], [false, []]);
    match(warning ?? "", /^It does not exist on Twilio any more\. Declare resend: true/);
  });

  it("is created again with resend, and says whom it reaches", () => {
    const { changes, replaces, warning } = diff(message, missing, { ...hours, resend: true });
    deepEqual([changes, replaces], [undefined, ["resend"]]);
    match(warning ?? "", /^It does not exist on Twilio any more\. It will be created again, which sends it/);
  });

  it("stays in state unless the program lets it be created again", () => {
    equal(message.keepWhenMissing?.(missing), true);
    equal(message.keepWhenMissing?.({ ...missing, resend: false }), true);
    equal(message.keepWhenMissing?.({ ...missing, resend: true }), false);
  });
});
