import { deepEqual, equal, notEqual } from "node:assert/strict";
import type { JsonObject } from "../../../provider/engine/json";
import { describeProblem } from "../../../provider/engine/problem";
import { validate } from "../../../provider/engine/validate";
import { role } from "../../../provider/resources/role";

const CANARY = "CANARY";
const agent: JsonObject = { friendlyName: "agent", type: "conversation", permissions: ["sendMessage"] };

describe("role: what a preview refuses", () => {
  const wrongs: [string, JsonObject, string, number | undefined][] = [
    ["an empty name", { ...agent, friendlyName: "" }, "friendlyName", 50000],
    ["a name of 65 characters", { ...agent, friendlyName: CANARY.padEnd(65) }, "friendlyName", 50003],
    ["a type that is none", { ...agent, type: CANARY }, "type", 50105],
    ["a permission of 65 characters", { ...agent, permissions: [CANARY.padEnd(65)] }, "permissions.0", 50104],
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
      notEqual(problems[0]?.cure ?? "", "");
    });
  }
});

describe("role: what a preview accepts", () => {
  const rights: [string, JsonObject][] = [
    ["a role for participants", agent],
    ["a role for users", { ...agent, type: "service" }],
    ["a name of 64 characters", { ...agent, friendlyName: "n".repeat(64) }],
    ["a permission that is not in any list", { ...agent, permissions: ["flyToTheMoon"] }],
  ];
  for (const [what, inputs] of rights) {
    it(`accepts ${what}`, () => deepEqual(validate(role, {}, inputs), { inputs, problems: [] }));
  }
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
