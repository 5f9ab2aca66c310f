import assert from "node:assert/strict";
import { Conversation, Message, Participant, Roster } from "../../provider";
import { useTestBed } from "../support/stack/test-bed";

describe("A conversation that its program gives another unique name", () => {
  let uniqueName = "support";
  let isByOutput = true;
  const bed = useTestBed(async () => {
    const conversation = new Conversation("desk", { uniqueName });
    const place = { conversationSid: isByOutput ? conversation.uniqueName.apply(String) : uniqueName };
    const options = { dependsOn: conversation };
    new Participant("alice", { ...place, identity: "alice" }, options);
    new Message("hours", { ...place, body: "We are here from 9 to 17." }, options);
    new Roster("team", { ...place, members: { bob: { identity: "bob" } } }, options);
  });
  const written = () => [bed.simulator.participants(), bed.simulator.rows("IM")].flat().map(({ sid }) => sid);

  it("sends no message again, and adds nobody again", async () => {
    await bed.stack.up();
    const before = written();
    for (const isByOutputNow of [true, false]) {
      isByOutput = isByOutputNow;
      uniqueName = `help ${isByOutput}`;
      const preview = await bed.stack.preview();
      const { steps, text, requests } = await bed.stack.up();
      assert.deepEqual(steps, preview.steps);
      const update = (keys: string[]) => ({ op: "update", keys });
      assert.deepEqual(steps, {
        desk: update(["uniqueName"]),
        alice: update(["conversationSid"]),
        hours: update(["conversationSid"]),
        team: update(["conversationSid"]),
      });
      assert.doesNotMatch(text, /replaced/);
      assert.equal(requests.filter(({ method }) => method !== "GET").length, 1);
      assert.deepEqual(written(), before);
      assert.deepEqual((await bed.stack.preview({ refresh: true })).steps, {});
    }
  });
});
