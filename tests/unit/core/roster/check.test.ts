import { deepEqual, equal } from "node:assert/strict";
import { UNKNOWN } from "../../../../provider/core/engine-transport";
import type { JsonObject } from "../../../../provider/core/json";
import { describeProblem } from "../../../../provider/core/problem";
import { checkMembers } from "../../../../provider/core/roster/check";
import { roster } from "../../../../provider/resources";
import { CH } from "../../../types/sids";

const check = (members: unknown, olds: JsonObject = {}) =>
  checkMembers(roster, olds, { conversationSid: CH, members } as JsonObject);
const problems = (members: unknown) => check(members).problems.map(describeProblem);
const byAddress = (number: number, more: object = {}) => ({
  messagingBinding: {
    address: `+1415555${String(number).padStart(4, "0")}`,
    proxyAddress: "+14155550100",
    ...more,
  },
});
const many = (count: number, member: (at: number) => object) =>
  Object.fromEntries(Array.from({ length: count }, (_, at) => [`m${at}`, member(at)]));

describe("engine: what a roster refuses at preview", () => {
  const wrongs: [string, unknown, RegExp][] = [
    ["a wrong role", { a: { identity: "a", roleSid: "no" } }, /^members\.a\.roleSid: .*50109/],
    [
      "attributes that are no JSON",
      { a: { identity: "a", attributes: "{" } },
      /^members\.a\.attributes: .*50304/,
    ],
    ["nobody", { a: { attributes: {} } }, /^members\.a: declares nobody/],
    [
      "an address without its proxy",
      { a: { messagingBinding: { address: "+14155550123" } } },
      /^members\.a\.messagingBinding/,
    ],
    [
      "a misspelt field",
      { a: { Identity: "a", identity: "a" } },
      /Identity: is not a property .*Did you mean identity/,
    ],
    [
      "the conversation said again",
      { a: { identity: "a", conversationSid: CH } },
      /^members\.a\.conversationSid: is set once/,
    ],
    ["text for a member", { a: "alice" }, /^members\.a: is no member/],
    ["a label of a stranger's", { "undeclared:MB1": { identity: "a" } }, /is no label for a member/],
    ["a label of one removed", { "removed:MB1": { identity: "a" } }, /is no label for a member/],
    ["a label of the engine's", { __defaults: { identity: "a" } }, /is no label for a member/],
    ["an empty label", { "": { identity: "a" } }, /is no label for a member/],
    [
      "an identity twice",
      { a: { identity: "x" }, b: { identity: "x" } },
      /^members\.b: is the same member as members\.a/,
    ],
    [
      "an address twice",
      { a: byAddress(1), b: byAddress(1) },
      /^members\.b: is the same member as members\.a/,
    ],
    [
      "1,001 members",
      many(1_001, (at) => ({ identity: `u${at}` })),
      /^members: has 1001 members, .*1000.*50417/,
    ],
    [
      "51 members by address",
      many(51, (at) => byAddress(at)),
      /^members: has 51 members who are reached by address.*50418/,
    ],
    [
      "11 members of a group MMS",
      many(11, (at) => ({ messagingBinding: { address: `+141555500${10 + at}` }, groupMms: true })),
      /^members: has 11 members of a group MMS.*50436/,
    ],
  ];
  for (const [what, members, pattern] of wrongs)
    it(`refuses ${what}, with its path`, () => {
      const found = problems(members);
      equal(found.length, 1, found.join("\n"));
      equal(pattern.test(found[0] ?? ""), true, found[0]);
    });

  it("tells some of a thousand problems, and how many more there are", () => {
    const found = problems(many(100, (at) => ({ identity: `u${at}`, roleSid: "no" })));
    equal(found.length, 26);
    equal(found.at(-1), "members: has 75 more problems.");
  });

  const accepted: [string, unknown][] = [
    ["nobody at all", {}],
    ["1,000 members", many(1_000, (at) => ({ identity: `u${at}` }))],
    ["50 members by address", many(50, (at) => byAddress(at))],
    ["members of which nothing is known yet", UNKNOWN],
    ["a member of whom nothing is known yet", { a: UNKNOWN, b: { identity: "b" } }],
    ["identities that are not known yet", { a: { identity: UNKNOWN }, b: { identity: UNKNOWN } }],
    [
      "the same address by other numbers",
      { a: byAddress(1), b: byAddress(1, { proxyAddress: "+14155550101" }) },
    ],
  ];
  for (const [what, members] of accepted) it(`accepts ${what}`, () => deepEqual(problems(members), []));

  it("keeps the spelling and the creation dates of before, and drops what says nothing", () => {
    const old = { identity: "a", attributes: { n: 1, m: 2 }, dateCreated: "2026-01-02T03:04:05Z" };
    const news = { a: { identity: "a", attributes: { m: 2, n: 1 }, roleSid: null } };
    const { inputs } = check(news, { conversationSid: CH, members: { a: old } });
    deepEqual(inputs["members"], { a: old });
    equal(JSON.stringify(inputs["members"]).includes('{"n":1,"m":2}'), true);
  });
});
