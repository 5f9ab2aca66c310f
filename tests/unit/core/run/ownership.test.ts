import { doesNotThrow, equal, throws } from "node:assert/strict";
import { AdoptionError } from "../../../../provider/core/errors";
import { Ownership } from "../../../../provider/core/run/ownership";
import { CH, MB, RL, sidOf } from "../../../types/sids";
import { participant, role } from "../state/samples";

const alice = { conversationSid: CH, identity: "alice" };

describe("engine: claims of a run", () => {
  it("tell a service from its settings, which go by its SID", () => {
    const claims = new Ownership();
    claims.claim(participant, MB);
    equal(claims.has(role, MB), false);
  });

  it("hold what the run created, and refuse to create it again", () => {
    const claims = new Ownership();
    claims.claim(participant, MB);
    equal(claims.has(participant, MB), true);
    throws(
      () => claims.claim(participant, MB),
      (error: unknown) => {
        equal(error instanceof AdoptionError, true);
        equal(
          String((error as Error).message),
          `declared twice: participant ${MB} is managed by another resource of this program with the same ` +
            "identity or messagingBinding. Declare it once.",
        );
        return true;
      },
    );
  });

  it("hold what a checked resource keeps, so that no create takes it", () => {
    const claims = new Ownership();
    claims.noteChecked(participant, alice);
    claims.noteKept(participant, MB, alice);
    equal(claims.has(participant, MB), true);
    throws(() => claims.claim(participant, MB), AdoptionError);
  });

  it("know checked inputs in whatever order of keys, at every depth", () => {
    const claims = new Ownership();
    claims.noteChecked(participant, { ...alice, attributes: { a: 1, b: { c: 2, d: [1] } } });
    claims.noteKept(participant, MB, {
      attributes: { b: { d: [1], c: 2 }, a: 1 },
      identity: "alice",
      conversationSid: CH,
    });
    equal(claims.has(participant, MB), true);
  });

  it("do not hold what a refresh compares, which was never checked", () => {
    const claims = new Ownership();
    claims.noteKept(participant, MB, alice);
    equal(claims.has(participant, MB), false);
    claims.noteChecked(participant, { ...alice, identity: "bob" });
    claims.noteKept(participant, MB, alice);
    equal(claims.has(participant, MB), false);
    doesNotThrow(() => claims.claim(participant, MB));
  });

  it("tell lists in another order apart", () => {
    const claims = new Ownership();
    claims.noteChecked(participant, { permissions: ["a", "b"] });
    claims.noteKept(role, RL, { permissions: ["b", "a"] });
    equal(claims.has(role, RL), false);
  });

  it("refuse a resource that keeps what the run created for another", () => {
    const claims = new Ownership();
    claims.claim(participant, MB);
    throws(() => claims.noteKept(participant, MB, alice), AdoptionError);
  });

  it("allow the same resource to be compared again", () => {
    const claims = new Ownership();
    claims.noteChecked(participant, alice);
    claims.noteKept(participant, MB, alice);
    doesNotThrow(() => claims.noteKept(participant, MB, alice));
  });

  it("know what leaves for another, which no one holds by that", () => {
    const claims = new Ownership();
    claims.markReplaced(role, RL);
    equal(claims.isReplaced(role, RL), true);
    equal(claims.isReplaced(role, sidOf("RL", 2)), false);
    equal(claims.has(role, RL), false);
  });

  it("hold nothing else", () => {
    const claims = new Ownership();
    claims.claim(participant, MB);
    equal(claims.has(participant, sidOf("MB", 2)), false);
  });
});
