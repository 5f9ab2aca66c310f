import { deepEqual } from "node:assert/strict";
import type { Observation } from "../../../../provider/cli/drift/observation";
import { knownTo, strangersAmong, watchedIn } from "../../../../provider/cli/drift/stranger";
import { CONVERSATION, conversation, participant, roster, same } from "./observed";

const NOBODY = { identity: null, messagingBinding: null };

function strangers(observations: readonly Observation[], members: Record<string, unknown>[]) {
  const known = knownTo(observations);
  return watchedIn(observations).flatMap((watched) =>
    strangersAmong("test", watched, members as never, known, () => "desk").map(
      ({ resource, member, willBe }) => [resource, member, willBe],
    ),
  );
}

describe("members nobody declared", () => {
  it("are those of a list that no program knows by SID", () => {
    const listed = [
      { ...NOBODY, sid: "MBann", identity: "ann" },
      { ...NOBODY, sid: "MB2", identity: "mallory" },
    ];
    deepEqual(strangers([conversation(), same("ann")], listed), [["Conversation desk", "mallory", true]]);
  });

  it("are not those whom a program is about to take over, by identity or by address", () => {
    const binding = { address: "+15550100", proxyAddress: "+15550199" };
    const byAddress = participant("x", { willBe: { messagingBinding: binding } });
    delete byAddress.wanted?.inputs["identity"];
    const listed = [
      { ...NOBODY, sid: "MB1", identity: "new" },
      { ...NOBODY, sid: "MB2", messagingBinding: { ...binding, type: "sms", projectedAddress: null } },
      { ...NOBODY, sid: "MB3", messagingBinding: { ...binding, address: "+15550101" } },
    ];
    deepEqual(strangers([conversation(), participant("new", { willBe: {} }), byAddress], listed), [
      ["Conversation desk", "+15550101", true],
    ]);
  });

  it("are removed by an exclusive roster that has found them", () => {
    const ann = { identity: "ann" };
    const observation = roster({
      was: { a: ann },
      is: { a: ann, "undeclared:MB2": { identity: "mallory" } },
      willBe: { a: ann },
      outputs: { sids: { a: "MB1" } },
    });
    const listed = [
      { ...NOBODY, sid: "MB1", identity: "ann" },
      { ...NOBODY, sid: "MB2", identity: "mallory" },
      { ...NOBODY, sid: "MB3", identity: "late" },
    ];
    deepEqual(strangers([observation], listed), [
      ["Roster crew", "mallory", false],
      ["Roster crew", "late", true],
    ]);
  });

  it("are looked for once in each conversation that is there and stays", () => {
    const sids = (observations: readonly Observation[]) =>
      watchedIn(observations).map(({ sid, resource }) => [sid, resource]);
    deepEqual(sids([conversation(), roster({ was: {}, is: {}, willBe: {} })]), [
      [CONVERSATION, "Conversation desk"],
    ]);
    deepEqual(sids([{ ...conversation(), live: undefined }]), []);
    deepEqual(sids([{ ...conversation(), wanted: undefined, op: "delete" }]), []);
  });
});
