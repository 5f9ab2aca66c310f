import assert from "node:assert/strict";
import { Conversation, Participant, Roster, type RosterMemberArgs } from "../../../provider";
import { useTestBed } from "../../support/stack/test-bed";

const alice = { identity: "alice" };
const bob = { identity: "bob" };

/** With `--target` the engine checks no other resource (3.255.0), so that the provider hears of none. */
describe("A roster that is the only target of an up", () => {
  let members: Record<string, RosterMemberArgs>;
  let isAlone = false;
  const bed = useTestBed(async () => {
    const { id: conversationSid } = new Conversation("desk", { uniqueName: "desk" });
    new Roster("team", { conversationSid, members });
    const more = { adopt: "always", attributes: { team: "support" } } as const;
    if (isAlone) new Participant("alone", { conversationSid, ...alice, ...more });
  });
  const sidOf = (identity: string) =>
    bed.simulator.participants().find((row) => row["identity"] === identity)?.sid;
  const team = () => String(bed.stack.state()["team"]?.urn);
  const deletes = (requests: readonly { method: string }[]) =>
    requests.filter(({ method }) => method === "DELETE").length;
  let sid: string | undefined;

  it("waits no longer for a Participant than until that has failed", async () => {
    members = { alice, bob };
    await bed.stack.up();
    sid = sidOf("alice");
    bed.simulator.clock.advance(7_200_000);
    members = { bob };
    isAlone = true;
    // Once one step has failed the engine begins no other, so the roster's has to be under way.
    const route = "/v1/Conversations/*/Participants";
    bed.simulator.addFault({ method: "POST", route, kind: "delay", delayMs: 3_000 });
    bed.simulator.addFault({ method: "POST", route: `${route}/*`, kind: "status", status: 403 });
    const text = await bed.stack.failing(() => bed.stack.up());
    assert.match(text, new RegExp(`alice \\(${sid}\\) stays in the state of the roster`));
    const [, seconds] = text.match(/team updated \((\d+)s\)/) ?? [];
    assert.ok(Number(seconds) < 15, `${seconds} s`);
    bed.simulator.clearFaults();
  });

  it("keeps and names whom that Participant is to take over", async () => {
    const { text, requests } = await bed.stack.up({ target: [team()] });
    assert.equal(sidOf("alice"), sid);
    assert.equal(deletes(requests), 0);
    assert.match(text, new RegExp(`removed:${sid} stays in conversation CH\\w+, .*With \`--target\``));
  });

  it("hands over with the next up of all", async () => {
    const { requests } = await bed.stack.up();
    assert.deepEqual([sidOf("alice"), deletes(requests)], [sid, 0]);
    assert.deepEqual(Object.keys(bed.stack.state()["team"]?.outputs["sids"] as object), ["bob"]);
    assert.deepEqual((await bed.stack.preview({ refresh: true })).steps, {});
  });
});
