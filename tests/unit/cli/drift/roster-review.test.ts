import { deepEqual } from "node:assert/strict";
import type { Observation } from "../../../../provider/cli/drift/observation";
import { rowsOf } from "../../../../provider/cli/drift/rows";
import { SECRET } from "../../../../provider/cli/drift/value";
import { conversation, roster } from "./observed";

/** Class, field and the three values. */
function short(observations: readonly Observation[]) {
  return rowsOf("test", observations).map((row) => [row.class, row.field, row.was, row.is, row.willBe]);
}

const [A, B] = [{ attributes: { team: "a" } }, { attributes: { team: "b" } }];
const TEAM = "attributes.team";

describe("drift review of rosters", () => {
  it("takes a roster member by member, each under its own name, and one under another label for the same", () => {
    const [ann, bob, cleo] = [{ identity: "ann" }, { identity: "bob" }, { identity: "cleo" }];
    const observation = roster({
      was: { a: { ...ann, ...A }, b: bob, c: cleo },
      is: { a: { ...ann, ...B }, c: cleo, "undeclared:MB9": { identity: "mallory" } },
      willBe: { a: { ...ann, ...A }, b: bob, other: cleo, d: { identity: "dan" } },
    });
    const rows = rowsOf("test", [conversation(), observation]);
    deepEqual(
      rows.map((row) => [row.class, row.resource, row.conversation, row.member, row.field]),
      [
        ["drift-reverted", "Roster crew", "desk", "ann", TEAM],
        ["deleted-outside", "Roster crew", "desk", "bob", ""],
        ["program-change", "Roster crew", "desk", "dan", ""],
      ],
    );
  });

  it("tells the roles in effect of a roster's members", () => {
    const ann = { identity: "ann" };
    const stored = { ...ann, roleSid: "RL1", assigned: { roleSid: "RL1" } };
    const observation = roster({
      was: { a: ann },
      is: { a: { ...ann, roleSid: "RL2" } },
      willBe: { a: ann },
      outputs: { members: { a: stored } },
      found: { members: { a: stored }, drifted: { a: { ...stored, roleSid: "RL2" } } },
    });
    deepEqual(short([observation]), [["role-promotion", "roleSid", "RL1", "RL2", "RL1"]]);
  });

  it("tells members of a list by who they are, whatever their labels have become", () => {
    const [ann, bob, cleo] = [
      { identity: "ann", roleSid: "RL1" },
      { identity: "bob", roleSid: "RL2" },
      { identity: "cleo" },
    ];
    const observation = roster({
      was: { 0: ann, 1: bob, 2: cleo },
      is: { 0: ann, 1: bob, 2: cleo },
      willBe: { 0: bob, 1: { ...cleo, roleSid: "RL2" } },
    });
    deepEqual(
      rowsOf("test", [observation]).map((row) => [row.class, row.member, row.field, row.willBe]),
      [
        ["program-change", "ann", "", false],
        ["role-promotion", "cleo", "roleSid", "RL2"],
      ],
    );
  });

  it("says that one leaves and another comes where a label gets another person", () => {
    const times = { was: { one: { identity: "ann" } }, is: { one: { identity: "ann" } } };
    const observation = roster({ ...times, willBe: { one: { identity: "bob" } } });
    deepEqual(
      rowsOf("test", [observation]).map((row) => [row.member, row.field, row.is, row.willBe]),
      [
        ["ann", "", true, false],
        ["bob", "", false, true],
      ],
    );
  });

  it("tells members whose names are secret by their labels", () => {
    const member = (pin: string) => ({ identity: SECRET, attributes: { pin } });
    const observation = roster({
      was: { a: member("1"), b: member("2") },
      is: { a: member("1"), b: member("2") },
      willBe: { a: member("1"), b: member("3") },
    });
    deepEqual(
      rowsOf("test", [{ ...observation, outside: [], program: [["members", "b", "attributes", "pin"]] }]).map(
        (row) => [row.class, row.field],
      ),
      [["program-change", "attributes.pin"]],
    );
  });
});
