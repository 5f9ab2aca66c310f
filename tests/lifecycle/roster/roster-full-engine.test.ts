import assert from "node:assert/strict";
import { setTimeout } from "node:timers/promises";
import { Conversation, Participant, Roster, type RosterMemberArgs, User } from "../../../provider";
import { useTestBed } from "../../support/stack/test-bed";

const alice = { identity: "alice" };
const bob = { identity: "bob" };
const SLOW = ["one", "two", "three", "four"];

/** Where all its places are taken (`--parallel`) the engine takes up no other resource until one step ends (3.255.0). */
describe("A roster that drops a member while the engine is full", () => {
  let members: Record<string, RosterMemberArgs>;
  let isAlone = false;
  const bed = useTestBed(async () => {
    const { id: conversationSid } = new Conversation("desk", { uniqueName: "desk" });
    new Roster("team", { conversationSid, members });
    if (!isAlone) return;
    // The roster is known to the engine when its conversation is.
    await new Promise((known) => conversationSid.apply(known));
    await setTimeout(500);
    for (const identity of SLOW) new User(identity, { identity });
    await setTimeout(500);
    new Participant("alone", { conversationSid, ...alice });
  });
  const sidOf = (identity: string) =>
    bed.simulator.participants().find((row) => row["identity"] === identity)?.sid;

  it("leaves it to the resource that comes last", async () => {
    members = { alice, bob };
    await bed.stack.up();
    const sid = sidOf("alice");
    bed.simulator.clock.advance(7_200_000);
    members = { bob };
    isAlone = true;
    bed.simulator.addFault({ method: "POST", route: "/v1/Users", kind: "delay", delayMs: 3_000 });
    const { requests } = await bed.stack.up({ parallel: 2 });
    assert.equal(sidOf("alice"), sid);
    assert.deepEqual(
      requests.filter(({ method }) => method === "DELETE"),
      [],
    );
  });
});
