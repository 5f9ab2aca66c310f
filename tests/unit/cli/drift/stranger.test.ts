import { deepEqual, equal } from "node:assert/strict";
import type { Observation } from "../../../../provider/cli/drift/observation";
import {
  isToBeAsked,
  knownTo,
  type Meanings,
  unmanagedAmong,
  watchedIn,
} from "../../../../provider/cli/drift/unmanaged";
import { CONVERSATION, conversation, participant, roster, same } from "./observed";

const NOBODY = { identity: null, messagingBinding: null };

function strangers(
  observations: readonly Observation[],
  members: Record<string, unknown>[],
  meanings?: Meanings,
) {
  const known = knownTo(observations, meanings);
  return watchedIn(observations).flatMap((watched) =>
    unmanagedAmong("test", watched, members as never, known, () => "desk").map(
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
    delete byAddress.planned?.inputs["identity"];
    const listed = [
      { ...NOBODY, sid: "MB1", identity: "new" },
      { ...NOBODY, sid: "MB2", messagingBinding: { ...binding, type: "sms", projectedAddress: null } },
      { ...NOBODY, sid: "MB3", messagingBinding: { ...binding, address: "+15550101" } },
    ];
    deepEqual(strangers([conversation(), participant("new", { willBe: {} }), byAddress], listed), [
      ["Conversation desk", "+15550101", true],
    ]);
  });

  it("are those whom a program wants in another conversation, by its SID or its name", () => {
    const other = "CH00000000000000000000000000000002";
    const moving = participant("mover", { was: {}, is: {}, willBe: { conversationSid: other } });
    const named = participant("named", { willBe: { conversationSid: "other" } });
    const renamed = participant("old", { was: {}, is: {}, willBe: { conversationSid: "desk" } });
    const own = participant("own", { willBe: { conversationSid: "desk" } });
    const observations = [conversation(), moving, named, renamed, own];
    const meanings = new Map([
      [named, other],
      [renamed, CONVERSATION],
      [own, CONVERSATION],
    ]);
    deepEqual(observations.filter(isToBeAsked), [named, renamed, own]);
    const listed = ["mover", "named", "old", "own"].map((identity, at) => ({
      ...NOBODY,
      sid: `MB${at}`,
      identity,
    }));
    deepEqual(
      strangers(observations, listed, meanings).map(([, member]) => member),
      ["mover", "named"],
    );
    // What nobody can tell is shown.
    equal(strangers(observations, listed).length, 4);
  });

  it("are those whom a roster could not remove yet", () => {
    const observation = roster({
      was: {},
      is: { "removed:MB2": { identity: "dora" } },
      willBe: {},
      outputs: { sids: { "removed:MB2": "MB2" } },
    });
    deepEqual(strangers([observation], [{ ...NOBODY, sid: "MB2", identity: "dora" }]), [
      ["Roster crew", "dora", false],
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

  it("go with the conversation that another takes the place of, unless it stays", () => {
    const listed = [{ ...NOBODY, sid: "MB1", identity: "mallory" }];
    const told = (more: Partial<Observation>) => strangers([{ ...conversation(), ...more }], listed);
    deepEqual(told({ isReplaced: true }), [["Conversation desk", "mallory", false]]);
    deepEqual(told({ isReplaced: true, isReleased: true }), [["Conversation desk", "mallory", true]]);
    deepEqual(told({ isSwept: true }), [["Conversation desk", "mallory", false]]);
  });

  it("are looked for once in each conversation that is there and stays", () => {
    const sids = (observations: readonly Observation[]) =>
      watchedIn(observations).map(({ sid, resource }) => [sid, resource]);
    deepEqual(sids([conversation(), roster({ was: {}, is: {}, willBe: {} })]), [
      [CONVERSATION, "Conversation desk"],
    ]);
    deepEqual(sids([roster({ was: {}, is: {}, willBe: {} })]), [[CONVERSATION, "Roster crew"]]);
    // It moves to another conversation.
    deepEqual(sids([{ ...roster({ was: {}, is: {}, willBe: {} }), isReplaced: true }]), []);
    deepEqual(sids([{ ...conversation(), live: undefined }]), []);
    deepEqual(sids([{ ...conversation(), planned: undefined, op: "delete" }]), []);
  });
});
