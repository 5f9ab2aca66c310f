import { deepEqual, equal, notEqual } from "node:assert/strict";
import { UNKNOWN } from "../../../provider/core/engine-transport";
import type { JsonObject } from "../../../provider/core/json";
import { describeProblem } from "../../../provider/core/problem";
import { bindingMatches, membershipProblems } from "../../../provider/resources/conversation/membership";

const CANARY = "+15550009999";
const parts: JsonObject = {
  identity: `alice ${CANARY}`,
  address: CANARY,
  proxyAddress: "+14155550100",
  projectedAddress: "+14155550111",
};

/** Inputs that declare the parts with these initials: i, a, p(roxy), m(ask). */
function inputs(initials: string, groupMms?: boolean): JsonObject {
  const names = { a: "address", p: "proxyAddress", m: "projectedAddress" } as const;
  const binding = Object.fromEntries(
    Object.entries(names)
      .filter(([initial]) => initials.includes(initial))
      .map(([, name]) => [name, parts[name]]),
  );
  return {
    ...(initials.includes("i") ? { identity: parts["identity"] } : {}),
    ...(Object.keys(binding).length > 0 ? { messagingBinding: binding } : {}),
    ...(groupMms === undefined ? {} : { groupMms }),
  };
}

describe("participant: who can be a member", () => {
  const BINDING = "messagingBinding";
  /** Twilio's code and the path, without and with groupMms: true. */
  const matrix: [string, [number, string] | undefined, [number, string] | undefined][] = [
    ["", [50204, ""], [50204, ""]],
    ["i", undefined, undefined],
    ["ap", undefined, undefined],
    ["im", undefined, undefined],
    ["a", [50412, `${BINDING}.proxyAddress`], undefined],
    ["m", [50204, `${BINDING}.projectedAddress`], undefined],
    ["p", [50411, `${BINDING}.address`], [50411, `${BINDING}.address`]],
    ["ia", [50211, BINDING], [50211, BINDING]],
    ["ip", [50211, BINDING], [50211, BINDING]],
    ["iap", [50211, BINDING], [50211, BINDING]],
    ["iam", [50211, BINDING], [50211, BINDING]],
    ["ipm", [50211, BINDING], [50211, BINDING]],
    ["iapm", [50211, BINDING], [50211, BINDING]],
    ["am", [50443, `${BINDING}.projectedAddress`], [50443, `${BINDING}.projectedAddress`]],
    ["pm", [50411, `${BINDING}.address`], [50411, `${BINDING}.address`]],
    ["apm", [50443, `${BINDING}.projectedAddress`], [50443, `${BINDING}.projectedAddress`]],
  ];

  it("knows every combination there is", () =>
    equal(new Set(matrix.map(([initials]) => initials)).size, 2 ** 4));

  for (const [initials, usually, inGroup] of matrix)
    for (const groupMms of [undefined, false, true]) {
      const expected = groupMms === true ? inGroup : usually;
      const declared = inputs(initials, groupMms);
      const names =
        [...Object.keys(declared), ...Object.keys(declared[BINDING] ?? {})].join(", ") || "nothing";
      it(`${expected === undefined ? "accepts" : `refuses with ${expected[0]}`} ${names} (groupMms ${groupMms})`, () => {
        const problems = membershipProblems(declared);
        deepEqual(
          problems.map(({ twilioCode, path }) => [twilioCode, path]),
          expected === undefined ? [] : [expected],
        );
        for (const problem of problems) {
          notEqual(problem.hint ?? "", "");
          equal(describeProblem(problem).includes(CANARY), false);
        }
      });
    }
});

describe("participant: the two ends of a binding", () => {
  const pairs: [string, string, number | undefined][] = [
    ["+14155550123", "+14155550100", undefined],
    ["whatsapp:+14155550123", "whatsapp:+14155550100", undefined],
    ["WhatsApp:+14155550123", "whatsapp:+14155550100", undefined],
    ["messenger:123", "messenger:456", undefined],
    ["rcs:+14155550123", "rcs:brand", undefined],
    ["+14155550123", "+14155550123", 50409],
    ["whatsapp:+14155550123", "whatsapp:+14155550123", 50409],
    ["whatsapp:+14155550123", "+14155550100", 50414],
    ["+14155550123", "whatsapp:+14155550100", 50414],
    ["whatsapp:+14155550123", "messenger:456", 50414],
  ];
  for (const [address, proxyAddress, code] of pairs) {
    it(`${code === undefined ? "accepts" : `refuses with ${code}`} ${address} by way of ${proxyAddress}`, () => {
      const problems = membershipProblems({ messagingBinding: { address, proxyAddress } });
      deepEqual(
        problems.map(({ twilioCode }) => twilioCode),
        code === undefined ? [] : [code],
      );
      for (const problem of problems) equal(describeProblem(problem).includes(address), false);
    });
  }

  it("are not judged before both are known", () => {
    deepEqual(membershipProblems({ messagingBinding: { address: "+1", proxyAddress: UNKNOWN } }), []);
    deepEqual(membershipProblems({ messagingBinding: { address: UNKNOWN, proxyAddress: UNKNOWN } }), []);
    deepEqual(membershipProblems({ identity: UNKNOWN, messagingBinding: { address: "+1" } }), []);
    deepEqual(membershipProblems({ groupMms: UNKNOWN, messagingBinding: { address: "+1" } }), []);
    deepEqual(membershipProblems({ identity: "a", messagingBinding: UNKNOWN }), []);
  });
});

describe("participant: the same member", () => {
  const byAddress = { messagingBinding: { address: "+1", proxyAddress: "+2" } };
  const live = { identity: null, messagingBinding: { type: "sms", address: "+1", proxyAddress: "+2" } };
  const cases: [string, JsonObject, JsonObject, boolean][] = [
    ["has the identity", { identity: "alice" }, { identity: "alice", messagingBinding: null }, true],
    ["has the identity in that very case", { identity: "alice" }, { identity: "Alice" }, false],
    [
      "has the identity, whatever its projected address",
      { identity: "a", messagingBinding: { projectedAddress: "+1" } },
      { identity: "a", messagingBinding: { projectedAddress: "+9" } },
      true,
    ],
    ["has both ends of the binding", byAddress, live, true],
    [
      "has the same address and the same proxy",
      byAddress,
      { messagingBinding: { address: "+1", proxyAddress: "+3" } },
      false,
    ],
    [
      "has the same proxy and the same address",
      byAddress,
      { messagingBinding: { address: "+9", proxyAddress: "+2" } },
      false,
    ],
    ["has no proxy where none is declared", { messagingBinding: { address: "+1" } }, live, false],
    [
      "has the address alone",
      { messagingBinding: { address: "+1" } },
      { messagingBinding: { type: "sms", address: "+1" } },
      true,
    ],
    [
      "is no chat user where an address is declared",
      byAddress,
      { identity: "alice", messagingBinding: null },
      false,
    ],
  ];
  for (const [what, declared, found, same] of cases) {
    it(`${what} (${same})`, () => equal(bindingMatches(declared, found), same));
  }
});
