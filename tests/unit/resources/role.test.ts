import { deepEqual, equal, notEqual } from "node:assert/strict";
import { validate } from "../../../provider/core/definition/validate";
import { UNKNOWN } from "../../../provider/core/engine-transport";
import type { JsonObject } from "../../../provider/core/json";
import { describeProblem } from "../../../provider/core/problem";
import { role } from "../../../provider/resources/service/role";
import { defaultRoles, permissionWords } from "../../../simulator/rules/roles";

const CANARY = "CANARY";
const agent: JsonObject = { friendlyName: "agent", type: "conversation", permissions: ["sendMessage"] };

describe("role: what a preview refuses", () => {
  const wrongs: [string, JsonObject, string, number | undefined][] = [
    ["an empty name", { ...agent, friendlyName: "" }, "friendlyName", 50000],
    ["a name of 257 characters", { ...agent, friendlyName: CANARY.padEnd(257) }, "friendlyName", 50003],
    ["a type that is none", { ...agent, type: CANARY }, "type", 50105],
    [
      "a permission of 257 characters",
      { ...agent, permissions: [CANARY.padEnd(257)] },
      "permissions.0",
      50104,
    ],
    ["no permissions", { ...agent, permissions: [] }, "permissions", undefined],
  ];
  for (const [what, inputs, path, code] of wrongs) {
    it(`refuses ${what} with ${code ?? "no"} code and without the value`, () => {
      const { problems } = validate(role, {}, inputs);
      deepEqual(
        problems.map((problem) => [problem.path, problem.twilioCode]),
        [[path, code]],
      );
      equal(problems.map(describeProblem).join().includes(CANARY), false);
      notEqual(problems[0]?.hint ?? "", "");
    });
  }
});

describe("role: what a preview accepts", () => {
  const rights: [string, JsonObject][] = [
    ["a role for participants", agent],
    ["a role for users", { ...agent, type: "service", permissions: ["createConversation"] }],
    ["a name of 256 characters", { ...agent, friendlyName: "n".repeat(256) }],
    ["a permission that is not in any list", { ...agent, permissions: ["flyToTheMoon"] }],
  ];
  for (const [what, inputs] of rights) {
    it(`accepts ${what}`, () => deepEqual(validate(role, {}, inputs), { inputs, problems: [] }));
  }
});

describe("role: permission words", () => {
  // Twilio's published list of each type has these, and no source has them for the other.
  const ofConversation = ["editNotificationLevel", "leaveConversation", "sendMediaMessage", "sendMessage"];
  const ofService = ["createConversation", "joinConversation"];
  // As the simulator knows them, whose list was written apart: from captures and from public clients.
  const either = [...permissionWords].filter((word) => ![...ofConversation, ...ofService].includes(word));
  const problemsOf = (type: string, permissions: JsonObject[string]) =>
    validate(role, {}, { ...agent, type, permissions }).problems.map(describeProblem);

  it("that are known go with their type", () => {
    deepEqual(problemsOf("conversation", [...either, ...ofConversation]), []);
    deepEqual(problemsOf("service", [...either, ...ofService]), []);
    for (const { type, permissions } of defaultRoles) deepEqual(problemsOf(type, [...permissions]), []);
  });

  it("that are known are each meant by a misspelling", () => {
    for (const word of permissionWords) equal(problemsOf(UNKNOWN, [`${word}x`]).length, 1, word);
  });

  it("of the other type alone are refused, each where it stands", () => {
    deepEqual(problemsOf("conversation", ["sendMessage", ...ofService]), [
      "permissions.1: is for roles of type service alone (Twilio error 50104). " +
        "Leave it out, or declare a role of type service.",
      "permissions.2: is for roles of type service alone (Twilio error 50104). " +
        "Leave it out, or declare a role of type service.",
    ]);
    equal(problemsOf("service", ofConversation).length, 4);
  });

  it("that are misspelt are refused, with the one that was meant", () => {
    for (const word of ["sendMesage", "sendMessages", "SendMessage", "sentMessag", "send_Message"])
      deepEqual(problemsOf("conversation", [word]), [
        "permissions.0: is no permission (Twilio error 50104). Did you mean sendMessage?",
      ]);
  });

  it("that are misspelt are never said to be one of the other type", () => {
    deepEqual(problemsOf("service", ["sendMesage"]), []);
    deepEqual(problemsOf("conversation", ["joinConversations"]), []);
  });

  it("that nobody has heard of are Twilio's to judge", () =>
    deepEqual(problemsOf("conversation", ["flyToTheMoon", "sendMess", "constructor"]), []));

  it("are no problem while they or the type are unknown", () => {
    deepEqual(problemsOf("conversation", [UNKNOWN, "sendMessage"]), []);
    deepEqual(problemsOf("conversation", UNKNOWN), []);
    deepEqual(problemsOf(UNKNOWN, [...ofService, ...ofConversation]), []);
    equal(problemsOf(UNKNOWN, ["sendMesage"]).length, 1);
  });
});

describe("role: definition", () => {
  it("is found again by type and name, which Twilio allows twice", () => {
    const { enforced, matches, alias } = role.naturalKey;
    equal(enforced, false);
    equal(alias, undefined);
    equal(matches(agent, { ...agent, permissions: ["other"] }), true);
    equal(matches(agent, { ...agent, type: "service" }), false);
    equal(matches(agent, { ...agent, friendlyName: "Agent" }), false);
  });
});
