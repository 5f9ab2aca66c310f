import { deepEqual, equal, match } from "node:assert/strict";
import { type Definition, fieldsOf } from "../../../../provider/core/definition/define";
import { MASK } from "../../../../provider/core/definition/hidden-value";
import { validate } from "../../../../provider/core/definition/validate";
import type { Json, JsonObject } from "../../../../provider/core/json";
import { checkMembers } from "../../../../provider/core/roster/check";
import { addressConfiguration, definitions } from "../../../../provider/resources";
import { message } from "../../../../provider/resources/conversation/message";
import { roster } from "../../../../provider/resources/conversation/roster";
import { acceptedDeclarations } from "../../../types";
import { CH } from "../../../types/sids";
import { conversation, participant, role } from "../state/samples";

const WRONG: Json[] = [MASK, "1e400", '{"a":1e400}', "not json", JSON.stringify("\u0001".repeat(4_000))];

function refused(definition: Definition, olds: JsonObject, news: JsonObject): string[] {
  return validate(definition, olds, news).problems.map(({ path }) => path);
}

describe("engine: check of what a refresh has put into the inputs", () => {
  for (const definition of definitions) {
    it(`takes every field of a ${definition.noun} unchanged when it comes back, and not in a new one`, () => {
      const [declared = {}] = acceptedDeclarations(definition.type);
      const fields = fieldsOf(definition).filter(({ policy }) => policy.internal !== true);
      for (const { name, policy } of fields)
        for (const wrong of WRONG) {
          const inputs = { ...declared, [name]: wrong };
          const isOfAnotherType = validate(definition, {}, inputs).problems.some(
            (problem) =>
              problem.path === name &&
              /^is (null|an? (list|boolean|number|object|string))$/.test(problem.message),
          );
          if (isOfAnotherType) continue;
          const checked = validate(definition, inputs, inputs);
          deepEqual([checked.inputs[name], checked.problems], [wrong, []], `${name}: ${wrong}`);
          if (policy.json === true) deepEqual(refused(definition, {}, inputs), [name]);
        }
    });
  }

  it("takes a member of a field, and still refuses the one beside it", () => {
    const olds = { timers: { inactive: "PT1S", closed: "PT30M" } };
    deepEqual(refused(conversation, olds, { timers: { inactive: "PT1S", closed: "PT60M" } }), []);
    deepEqual(refused(conversation, olds, { timers: { inactive: "PT1S", closed: "PT2S" } }), [
      "timers.closed",
    ]);
    deepEqual(refused(conversation, olds, { timers: { inactive: "PT2S", closed: "PT30M" } }), [
      "timers.inactive",
    ]);
  });

  it("takes a list that has become empty, permissions that do not suit, and an auto-creation that lacks something", () => {
    const agent = { friendlyName: "agent", type: "conversation" };
    const address = { type: "sms", address: "+14155550100" };
    const stored: [Definition, JsonObject][] = [
      [role, { ...agent, permissions: [] }],
      [role, { ...agent, permissions: ["createConversation"] }],
      [addressConfiguration, { ...address, autoCreation: { enabled: true, type: "studio" } }],
      [addressConfiguration, { ...address, autoCreation: { enabled: true, type: "bot" } }],
    ];
    for (const [definition, inputs] of stored) {
      const { problems } = validate(definition, {}, inputs);
      equal(problems.length > 0, true, JSON.stringify(inputs));
      deepEqual(validate(definition, inputs, inputs).problems, []);
    }
  });

  it("refuses what is as before, but does not suit what is new beside it", () =>
    deepEqual(
      refused(
        message,
        { conversationSid: CH, body: "hi" },
        { conversationSid: CH, body: "hi", contentSid: `HX${"0".repeat(32)}` },
      ),
      ["body"],
    ));

  it("refuses what is required and is not there, as before or not", () =>
    deepEqual(refused(participant, { identity: "alice" }, { identity: "alice" }), ["conversationSid"]));

  it("takes it of a member of a roster too, but of another one under its label not", () => {
    const member = (identity: string) => ({ identity, attributes: MASK });
    const inputs = (identity: string) => ({ conversationSid: CH, members: { a: member(identity) } });
    deepEqual(checkMembers(roster, inputs("alice"), inputs("alice")), {
      inputs: inputs("alice"),
      problems: [],
    });
    const { problems } = checkMembers(roster, inputs("alice"), inputs("bob"));
    deepEqual(
      problems.map(({ path }) => path),
      ["members.a.attributes"],
    );
    match(problems[0]?.message ?? "", /set outside Pulumi and is hidden/);
  });
});
