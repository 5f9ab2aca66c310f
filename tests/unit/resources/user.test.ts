import { deepEqual, equal, notEqual } from "node:assert/strict";
import { validate } from "../../../provider/core/definition/validate";
import type { JsonObject } from "../../../provider/core/json";
import { describeProblem } from "../../../provider/core/problem";
import { user } from "../../../provider/resources/service/user";
import { sidOf } from "../../types/sids";

const CANARY = "CANARY";
const alice: JsonObject = { identity: "alice" };

describe("user: what a preview refuses", () => {
  const wrongs: [string, JsonObject, string, number | undefined][] = [
    ["no identity", {}, "identity", undefined],
    ["an empty identity", { identity: "" }, "identity", 50204],
    ["an identity of 257 characters", { identity: CANARY.padEnd(257) }, "identity", 50207],
    ["an identity that looks like a SID of Twilio's", { identity: sidOf("US") }, "identity", 50206],
    ...["system", "private", "unique"].map((identity): [string, JsonObject, string, number] => [
      `the identity ${identity}`,
      { identity },
      "identity",
      50203,
    ]),
    ["a name of 257 characters", { ...alice, friendlyName: CANARY.padEnd(257) }, "friendlyName", 50003],
    ["attributes that are no JSON", { ...alice, attributes: `{${CANARY}` }, "attributes", 50304],
    ["attributes of 4,097 bytes", { ...alice, attributes: { a: CANARY.padEnd(4089) } }, "attributes", 50303],
    ["a role that is none", { ...alice, roleSid: CANARY }, "roleSid", 50100],
  ];
  for (const [what, inputs, path, code] of wrongs)
    it(`refuses ${what} with ${code ?? "no"} code and without the value`, () => {
      const { problems } = validate(user, {}, inputs);
      deepEqual(
        problems.map((problem) => [problem.path, problem.twilioCode]),
        [[path, code]],
      );
      equal(problems.map(describeProblem).join().includes(CANARY), false);
      notEqual(problems[0]?.hint ?? "", "");
    });
});

describe("user: definition", () => {
  const { alias, createdImplicitly: appears, enforced, existsCodes, matches } = user.naturalKey;

  it("is one that is there already, by its identity to the letter", () => {
    deepEqual([appears, enforced, existsCodes], [true, true, [50201]]);
    equal(matches(alice, { identity: "alice", friendlyName: "Alice" }), true);
    equal(matches(alice, { identity: "Alice" }), false);
  });

  it("is asked for by its identity, where that can stand in a path", () => {
    equal(alias?.({ identity: "alice@example.com/eu" }), "alice@example.com/eu");
    for (const identity of [".", "..", undefined]) equal(alias?.({ identity }), undefined);
  });
});
