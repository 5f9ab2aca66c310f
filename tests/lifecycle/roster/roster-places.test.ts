import assert from "node:assert/strict";
import { Participant, type ParticipantArgs, Roster, type RosterMemberArgs } from "../../../provider";
import { useTestBed } from "../../support/stack/test-bed";

const members = (...identities: string[]): Record<string, RosterMemberArgs> =>
  Object.fromEntries(identities.map((identity) => [identity, { identity }]));

/** The same names in several conversations, and several names of one. */
describe("A roster among conversations of other places", () => {
  let desk = "";
  let other = "";
  let team: Record<string, RosterMemberArgs>;
  let second: Record<string, RosterMemberArgs> | undefined;
  let alone: ParticipantArgs | undefined;
  const bed = useTestBed(async () => {
    new Roster("team", { conversationSid: desk, members: team });
    if (second !== undefined)
      new Roster("second", { conversationSid: "desk", serviceSid: other, members: second });
    if (alone !== undefined) new Participant("alone", alone);
  });
  const membersOf = (conversation: string) =>
    bed.simulator.participants(conversation).map(({ identity }) => identity);
  before(async () => {
    desk = (await bed.account.conversation("desk")).sid;
    other = (await bed.account.service("other")).sid;
    await bed.account.conversation("desk", `/Services/${other}`);
    await bed.account.conversation("support");
  });

  it("deletes whom it drops while a Participant of another one, named by its unique name, is the same person", async () => {
    team = members("alice", "bob");
    await bed.stack.up();
    team = members("bob");
    alone = { conversationSid: "support", identity: "alice" };
    const { text } = await bed.stack.up();
    assert.deepEqual(membersOf(desk), ["bob"]);
    assert.deepEqual(membersOf("support"), ["alice"]);
    assert.doesNotMatch(text, /stays in conversation/);
  });

  it("deletes whom it drops while the roster of the same name in another service has the same person", async () => {
    second = members("bob", "carol");
    team = members("bob", "carol");
    await bed.stack.up();
    team = members("bob");
    await bed.stack.up();
    assert.deepEqual(membersOf(desk), ["bob"]);
    assert.deepEqual((await bed.stack.preview({ refresh: true })).steps, {});
  });

  it("keeps and names whom it drops where that cannot be told, and a plain preview shows that it tries again", async () => {
    second = undefined;
    team = members("bob", "dora");
    alone = undefined;
    await bed.stack.up();
    bed.simulator.addFault({
      ...{ method: "GET", kind: "status", status: 403, code: 20003, message: "not allowed" },
      route: "/v1/Services/*/Conversations/support",
    });
    team = members("bob");
    alone = { conversationSid: "support", identity: "dora" };
    const kept = await bed.stack.up();
    const [{ sid } = { sid: "" }] = bed.simulator
      .participants(desk)
      .filter(({ identity }) => identity === "dora");
    assert.match(kept.text, new RegExp(`dora \\(${sid}\\) stays in conversation ${desk}`));
    bed.simulator.clearFaults();
    const preview = await bed.stack.preview();
    assert.deepEqual(preview.steps, { team: { op: "update", keys: [] } });
    assert.match(preview.text, new RegExp(`removed:${sid} could not be removed so far`));
    const refresh = await bed.stack.preview({ refresh: true });
    assert.deepEqual(refresh.steps, { team: { op: "update", keys: [`members["removed:${sid}"]`] } });
    await bed.stack.up();
    assert.deepEqual(membersOf(desk), ["bob"]);
    assert.deepEqual((await bed.stack.preview({ refresh: true })).steps, {});
  });
});
