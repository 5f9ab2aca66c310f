import assert from "node:assert/strict";
import * as pulumi from "@pulumi/pulumi";
import {
  Conversation,
  Participant,
  Roster,
  type RosterMember,
  type RosterMemberArgs,
  type StandingMemberArgs,
} from "../../../provider";
import type { RequestRecord } from "../../../simulator";
import { useTestBed } from "../../support/stack/test-bed";

const writes = (requests: RequestRecord[]) =>
  requests.filter(({ method }) => method !== "GET").map(({ method, form }) => [method, form]);

const crowd = (count: number): Record<string, RosterMemberArgs> =>
  Object.fromEntries(
    Array.from({ length: count }, (_, at) => [
      `user${at}`,
      { identity: `user${at}`, attributes: { team: "support" } },
    ]),
  );

describe("A roster", () => {
  let members: Record<string, RosterMemberArgs>;
  let exclusive: boolean | undefined;
  let alone: Record<string, StandingMemberArgs>;
  let isDeclared: boolean;
  /** What the program sees of the members. */
  let seen: Readonly<Record<string, RosterMember>> | undefined;
  const bed = useTestBed(async () => {
    const conversation = new Conversation("desk", { uniqueName: "desk" });
    const place = { conversationSid: conversation.id };
    if (isDeclared)
      new Roster(
        "team",
        { ...place, members, exclusive, adopt: "always" },
        { deletedWith: conversation },
      ).members.apply((known) => {
        seen = known;
      });
    for (const [name, args] of Object.entries(alone)) new Participant(name, { ...place, ...args });
  });
  const identities = () => bed.simulator.participants().map(({ identity }) => String(identity));
  const sidsByIdentity = () =>
    Object.fromEntries(bed.simulator.participants().map(({ sid, identity }) => [identity, sid]));
  const memberOf = (identity: string) =>
    bed.simulator.participants().find((row) => row["identity"] === identity);
  const clean = async () => assert.deepEqual((await bed.stack.preview({ refresh: true })).steps, {});

  beforeEach(() => {
    isDeclared = true;
    seen = undefined;
    exclusive = undefined;
    alone = {};
  });

  it("writes each member once, and is clean after a refresh of few requests", async () => {
    members = crowd(120);
    const { requests } = await bed.stack.up();
    assert.equal(bed.simulator.participants().length, 120);
    assert.equal(requests.filter(({ path }) => path.endsWith("/Participants")).length, 120);
    const created = seen;
    assert.partialDeepStrictEqual(created?.["user7"], members["user7"]);
    assert.equal(created?.["user7"]?.roleSid, memberOf("user7")?.["role_sid"]);
    const refresh = await bed.stack.preview({ refresh: true });
    assert.deepEqual(refresh.steps, {});
    // What depends on it is no change either.
    assert.deepEqual(seen, created);
    // Two pages, and the list of conversations.
    assert.equal(refresh.requests.length, 3);
    const row = bed.stack.state()["team"];
    assert.equal(JSON.stringify({ inputs: row?.inputs, outputs: row?.outputs }).length / 120 < 500, true);
  });

  it("previews a drifted and a changed member by name and key, and writes these alone", async () => {
    members = crowd(12);
    members["user3"] = { identity: "user3", attributes: { team: "sales" } };
    await bed.stack.up();
    bed.simulator.change(String(memberOf("user7")?.sid), { attributes: '{"team":"elsewhere"}' });
    members["user4"] = { identity: "user4", attributes: { team: "lead" } };
    const { steps, text } = await bed.stack.preview({ refresh: true });
    assert.deepEqual(steps["team"]?.keys, ["members.user4.attributes.team", "members.user7.attributes.team"]);
    assert.match(text, /user7.*team: "elsewhere" => "support"/s);
    // However many there are, the preview is about those two.
    assert.doesNotMatch(text, /user(0|1|2|3|5|6|8|9|10|11)\b/);
    const { requests } = await bed.stack.up({ refresh: true });
    assert.deepEqual(writes(requests), [
      ["POST", { Attributes: '{"team":"lead"}' }],
      ["POST", { Attributes: '{"team":"support"}' }],
    ]);
    await clean();
  });

  it("shows and restores a promotion, and a member that somebody removed", async () => {
    const role = await bed.account.role("lead");
    const before = memberOf("user1")?.["role_sid"];
    bed.simulator.change(String(memberOf("user1")?.sid), { role_sid: role.sid });
    bed.simulator.remove(String(memberOf("user2")?.sid));
    const { steps, text } = await bed.stack.preview({ refresh: true });
    assert.deepEqual(steps["team"]?.keys, ["members.user1.roleSid", "members.user2"]);
    assert.match(text, new RegExp(`- roleSid: "${role.sid}"`));
    const { requests } = await bed.stack.up({ refresh: true });
    assert.equal(writes(requests).length, 2);
    assert.equal(memberOf("user1")?.["role_sid"], before);
    assert.equal(identities().length, 12);
    await clean();
  });

  it("makes no call for other labels, nor when two labels exchange their members", async () => {
    const sids = sidsByIdentity();
    const { user0: zero, user1: one, user2: two, ...rest } = members as Required<typeof members>;
    assert.ok(zero && one && two);
    members = { ...rest, renamed: zero, user1: two, user2: one };
    const { steps, requests } = await bed.stack.up();
    assert.equal(steps["team"]?.op, "update");
    assert.deepEqual(writes(requests), []);
    assert.deepEqual(sidsByIdentity(), sids);
    await clean();
  });

  it("replaces the member whose identity changes, and no other", async () => {
    members = { ...members, renamed: { identity: "zoe" } };
    const { requests } = await bed.stack.up();
    assert.deepEqual(
      writes(requests).map(([method]) => method),
      ["DELETE", "POST"],
    );
    await clean();
  });

  it("shows who is not declared, and removes it where it is exclusive", async () => {
    const { sid: conversation } = bed.simulator.conversations()[0] ?? {};
    await bed.account.post(`/Conversations/${conversation}/Participants`, {
      Identity: "mallory",
      Attributes: '{"pin":"hush"}',
    });
    await clean();
    exclusive = true;
    await bed.stack.up();
    alone = { guest: { identity: "guest" } };
    await bed.stack.up();
    const { steps, text } = await bed.stack.preview({ refresh: true });
    const key = `members["undeclared:${memberOf("mallory")?.["sid"]}"]`;
    assert.deepEqual(steps, { team: { op: "update", keys: [key] } });
    assert.match(text, /identity: "mallory"/);
    assert.doesNotMatch(text, /hush/);
    const { requests } = await bed.stack.up({ refresh: true });
    assert.deepEqual(
      writes(requests).map(([method]) => method),
      ["DELETE"],
    );
    assert.equal(identities().includes("guest"), true);
    await clean();
  });

  it("takes a Participant in and gives it back without Twilio noticing", async () => {
    alone = { guest: { identity: "guest" } };
    await bed.stack.up();
    const sids = sidsByIdentity();
    bed.simulator.change(String(memberOf("guest")?.sid), { date_created: "2020-01-01T00:00:00Z" });
    alone = {};
    members = { ...members, guest: { identity: "guest" } };
    const taken = await bed.stack.up();
    assert.deepEqual(writes(taken.requests), []);
    assert.deepEqual(sidsByIdentity(), sids);
    await clean();
    const { guest: _guest, ...rest } = members;
    members = rest;
    alone = { guest: { identity: "guest" } };
    const given = await bed.stack.up();
    assert.deepEqual(
      writes(given.requests).filter(([method]) => method === "DELETE"),
      [],
    );
    assert.deepEqual(sidsByIdentity(), sids);
    await clean();
    assert.equal(bed.stack.state()["guest"]?.id, sids["guest"]);
  });

  it("records what was written when some members cannot be, names those, and does the rest next time", async () => {
    members = { ...members, ...crowd(30) };
    const refused = { method: "POST", route: "/v1/Conversations/*/Participants", kind: "status" } as const;
    bed.simulator.addFault({ ...refused, status: 400, code: 20001, message: "not now", skip: 3, times: 2 });
    alone = { guest: { identity: "guest" } };
    const text = await bed.stack.failing(() => bed.stack.up());
    assert.match(text, /user\d+, user\d+: .*answered 400/);
    const missing = 2;
    assert.match(text, /were written, and are recorded/);
    bed.simulator.clearFaults();
    const { requests } = await bed.stack.up();
    assert.equal(writes(requests).length, missing);
    await clean();
  });

  it("goes with its conversation in a handful of requests", async () => {
    const { requests } = await bed.stack.destroy();
    assert.equal(bed.simulator.participants().length, 0);
    assert.equal(writes(requests).length < 4, true);
  });
});

describe("A roster with secrets", () => {
  let whole: boolean;
  let seen: unknown;
  const bed = useTestBed(async () => {
    const { id: conversationSid } = new Conversation("desk", { uniqueName: "desk" });
    const pin = pulumi.secret("canary-1");
    const members = { alice: { identity: "alice", attributes: { pin } }, bob: { identity: "bob" } };
    const team = new Roster("team", { conversationSid, members: whole ? pulumi.secret(members) : members });
    team.members.apply(({ alice }) => {
      seen = alice?.attributes;
    });
  });
  const recorded = () => JSON.stringify(bed.stack.rows());

  for (const isWhole of [false, true])
    it(`keeps them wherever they are, when ${isWhole ? "all of it is one" : "one member has one"}`, async () => {
      whole = isWhole;
      const { text: created } = await bed.stack.up();
      assert.deepEqual(seen, { pin: "canary-1" });
      const alice = bed.simulator.participants().find(({ identity }) => identity === "alice");
      bed.simulator.change(String(alice?.["sid"]), { attributes: '{"pin":"canary-2","added":"canary-3"}' });
      const { text: previewed } = await bed.stack.preview({ refresh: true });
      const { text: refreshed } = await bed.stack.refresh();
      for (const shown of [created, previewed, refreshed, recorded()]) assert.doesNotMatch(shown, /canary/);
      const { requests } = await bed.stack.up();
      assert.deepEqual(writes(requests), [["POST", { Attributes: '{"pin":"canary-1"}' }]]);
      assert.deepEqual((await bed.stack.preview({ refresh: true })).steps, {});
    });
});
