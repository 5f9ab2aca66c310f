import { deepEqual } from "node:assert/strict";
import type { Observation } from "../../../../provider/cli/drift/observation";
import type { Row } from "../../../../provider/cli/drift/report/row";
import { inOrder, rowsOf } from "../../../../provider/cli/drift/rows";
import { SECRET } from "../../../../provider/cli/drift/value";
import { participant, ROWS, same } from "./observed";

/** Class, field and the three values. */
function short(observations: readonly Observation[]) {
  return rowsOf("test", observations).map((row) => [row.class, row.field, row.was, row.is, row.willBe]);
}

const [A, B, C] = [
  { attributes: { team: "a" } },
  { attributes: { team: "b" } },
  { attributes: { team: "c" } },
];
const TEAM = "attributes.team";

describe("drift review", () => {
  const cases: [string, Observation, unknown[]][] = [
    ["what is the same at all times", same("ann", A), []],
    [
      "a program change",
      participant("ann", { was: A, is: A, willBe: B }),
      ["program-change", TEAM, "a", "a", "b"],
    ],
    [
      "drift that comes back",
      participant("ann", { was: A, is: B, willBe: A }),
      ["drift-reverted", TEAM, "a", "b", "a"],
    ],
    [
      "drift under a program that changed too",
      participant("ann", { was: A, is: B, willBe: C }),
      ["drift-reverted", TEAM, "a", "b", "c"],
    ],
    [
      "drift equal to the program",
      participant("ann", { was: A, is: B, willBe: B }),
      ["drift-kept", TEAM, "a", "b", "b"],
    ],
    [
      "a member deleted outside",
      participant("ann", { was: A, willBe: A }),
      ["deleted-outside", "", true, false, true],
    ],
    [
      "a member deleted outside and from the program",
      participant("ann", { was: A }),
      ["deleted-outside", "", true, false, false],
    ],
    ["a new member", participant("ann", { willBe: A }), ["program-change", "", false, false, true]],
    [
      "a member that is to go",
      participant("ann", { was: A, is: B }),
      ["program-change", "", true, true, false],
    ],
  ];
  for (const [what, observation, expected] of cases)
    it(`knows ${what}`, () => deepEqual(short([observation]), expected.length === 0 ? [] : [expected]));

  it("puts a declared role that changed into a class of its own", () => {
    const [agent, boss] = [{ roleSid: "RL1" }, { roleSid: "RL2" }];
    deepEqual(short([participant("ann", { was: agent, is: boss, willBe: agent })]), [
      ["role-promotion", "roleSid", "RL1", "RL2", "RL1"],
    ]);
    deepEqual(short([participant("ann", { was: agent, is: agent, willBe: boss })]), [
      ["role-promotion", "roleSid", "RL1", "RL1", "RL2"],
    ]);
  });

  it("tells a role that nobody declares by those in effect", () => {
    const outputs = { roleSid: "RL1", assigned: { roleSid: "RL1" } };
    const times = { was: {}, is: { roleSid: "RL2" }, willBe: {} };
    const observation = participant("ann", times, { outputs, found: { ...outputs, roleSid: "RL2" } });
    deepEqual(short([observation]), [["role-promotion", "roleSid", "RL1", "RL2", "RL1"]]);
  });

  it("tells a role that is declared no more by the one that Twilio gives then", () => {
    const agent = { roleSid: "RL1" };
    const leftOpen = participant("ann", { was: agent, is: agent, willBe: {} }, { defaultRole: "RL3" });
    deepEqual(short([leftOpen]), [["role-promotion", "roleSid", "RL1", "RL1", "RL3"]]);
  });

  for (const field of [
    "defaultConversationRoleSid",
    "defaultConversationCreatorRoleSid",
    "defaultChatServiceRoleSid",
  ])
    it(`takes a change of ${field} for a promotion: those who join get that role`, () => {
      const at = (role: string) => ({ id: "IS1", inputs: { [field]: role }, outputs: {} });
      const observation: Observation = {
        urn: "urn:pulumi:test::project::pulumi-nodejs:dynamic/twilio:ServiceConfiguration::desk",
        type: "ServiceConfiguration",
        name: "desk",
        ...{ recorded: at("RL1"), live: at("RL2"), planned: at("RL1"), op: "update" },
        ...{ outside: [[field]], program: [[field]] },
      };
      deepEqual(short([observation]), [["role-promotion", field, "RL1", "RL2", "RL1"]]);
    });

  it("shows the promotion of a member that is to go, and the declared role of one that comes", () => {
    const rows = short([
      participant("ann", { was: { roleSid: "RL1" }, is: { roleSid: "RL2" } }),
      participant("bob", { willBe: { roleSid: "RL2" } }),
    ]);
    deepEqual(rows, [
      ["program-change", "", true, true, false],
      ["role-promotion", "roleSid", "RL1", "RL2", undefined],
      ["program-change", "", false, false, true],
      ["program-change", "roleSid", undefined, undefined, "RL2"],
    ]);
  });

  const role = (was: string[], is: string[], willBe: string[]): Observation => {
    const of = (permissions: string[]) => ({ id: "RL1", inputs: { permissions }, outputs: {} });
    const urn = "urn:pulumi:test::project::pulumi-nodejs:dynamic/twilio:Role::agent";
    const times = { recorded: of(was), live: of(is), planned: of(willBe) };
    return {
      urn,
      type: "Role",
      name: "agent",
      ...times,
      op: "update",
      outside: [],
      program: [["permissions"]],
    };
  };
  it("takes permissions that a role gains for a promotion, those that it loses for drift, their order for nothing", () => {
    const classOf = (observation: Observation) => rowsOf("test", [observation]).map((row) => row.class);
    deepEqual(classOf(role(["a"], ["a", "b"], ["a"])), ["role-promotion"]);
    deepEqual(classOf(role(["a"], ["a"], ["a", "b"])), ["role-promotion"]);
    deepEqual(classOf(role(["a", "b"], ["b"], ["b"])), ["drift-kept"]);
    deepEqual(classOf(role(["a", "b"], ["b", "a"], ["a", "b"])), []);
  });

  it("goes down to the key, and knows null from nothing in attributes alone", () => {
    const was = { attributes: { a: 1, deep: { x: 1, y: [1] } }, friendlyName: null };
    const is = { attributes: { a: null, deep: { x: 1, y: [2] }, more: null } };
    deepEqual(short([participant("ann", { was, is, willBe: was })]), [
      ["drift-reverted", "attributes.a", 1, null, 1],
      ["drift-reverted", "attributes.deep.y", [1], [2], [1]],
      ["drift-reverted", "attributes.more", undefined, null, undefined],
    ]);
  });

  it("shows no noise", () => {
    const noise = {
      dateCreated: "2026-01-01T00:00:00Z",
      dateUpdated: "2026-01-01T00:00:00Z",
      lastReadMessageIndex: 3,
      lastReadTimestamp: "2026-01-01T00:00:00Z",
      links: { self: "https://example.com" },
      url: "https://example.com",
      __provider: "text",
      adopt: "always",
    };
    deepEqual(short([participant("ann", { was: {}, is: noise, willBe: noise })]), []);
  });

  it("knows of secrets only that they differ, and hides the plain value beside them", () => {
    const secret = { attributes: { pin: SECRET, team: "a" } };
    const quiet = participant("ann", { was: secret, is: secret, willBe: secret });
    deepEqual(short([quiet]), []);
    const path = [["attributes", "pin"]];
    deepEqual(short([{ ...quiet, outside: path, program: path }]), [
      ["drift-reverted", "attributes.pin", SECRET, SECRET, SECRET],
    ]);
    const plain = { attributes: { pin: "canary", team: "a" } };
    deepEqual(short([participant("ann", { was: secret, is: secret, willBe: plain })]), [
      ["program-change", "attributes.pin", SECRET, SECRET, SECRET],
    ]);
  });

  it("says that something differs where the engine has no words for it", () =>
    deepEqual(short([{ ...same("ann", A), op: "update" }]), [
      ["drift-reverted", "(what Twilio holds)", undefined, undefined, undefined],
    ]));

  it("orders rows by class, then by name, in whatever order they came", () => {
    const names = (rows: readonly Row[]) => rows.map((row) => row.class);
    const twins = ["b", "a"].map((member) => ({ ...(ROWS[3] as Row), member }));
    deepEqual(names(inOrder([...ROWS].reverse())), names(ROWS));
    deepEqual(
      inOrder(twins).map(({ member }) => member),
      ["a", "b"],
    );
  });
});
