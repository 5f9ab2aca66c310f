import assert from "node:assert/strict";
import { Conversation, Message, Participant, Role } from "../../../provider";
import { useTestBed } from "../../support/stack/test-bed";
import type { Row } from "../../support/twilio-account";

describe("replaceOnChanges", () => {
  let desk: Row;
  let team = "support";
  const bed = useTestBed(async () => {
    const attributes = { team };
    const replaceOnChanges = ["attributes"];
    new Participant(
      "alice",
      { conversationSid: desk.sid, identity: "alice", attributes },
      { replaceOnChanges },
    );
    new Conversation("eu", { uniqueName: "eu", attributes }, { replaceOnChanges });
    const permissions = team === "support" ? ["sendMessage"] : ["leaveConversation"];
    const role = { friendlyName: "agent", type: "conversation", permissions } as const;
    new Role("agent", role, { replaceOnChanges: ["permissions"] });
    // Nothing that Twilio tells differs, and its date is no sign of its age.
    new Message(
      "hours",
      { conversationSid: desk.sid, body: "9 to 17", dateCreated: "2020-01-01T00:00:00Z", subject: team },
      { replaceOnChanges: ["subject"] },
    );
  });
  const ids = () => Object.values(bed.stack.state()).map(({ id }) => id);

  it("replaces what would change in place, and leaves nothing of the old behind", async () => {
    desk = await bed.account.conversation("desk");
    const roles = bed.simulator.roles().length;
    await bed.stack.up();
    const before = ids();
    team = "sales";
    const { steps } = await bed.stack.preview();
    for (const name of ["alice", "eu", "agent", "hours"]) assert.equal(steps[name]?.op, "replace", name);
    await bed.stack.up();
    assert.deepEqual(
      ids().filter((id) => before.includes(id)),
      [],
    );
    assert.equal(bed.simulator.participants("desk").length, 1);
    assert.equal(bed.simulator.conversations().length, 2);
    assert.equal(bed.simulator.roles().length, roles + 1);
    assert.equal(bed.simulator.rows("IM").length, 1);
    assert.deepEqual((await bed.stack.preview({ refresh: true })).steps, {});
  });
});
