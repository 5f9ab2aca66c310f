import { deepEqual, equal, match, ok, rejects } from "node:assert/strict";
import { RosterError } from "../../../provider/core/errors";
import { writtenIn } from "../../../provider/core/roster/state";
import { conversation } from "../../../provider/resources";
import { useLife } from "../../fault/life";
import { crowd, RosterLives, readsIn, writesIn } from "./roster";

const POSTS = { method: "POST", route: "/v1/Conversations/*/Participants" } as const;
const refusal = { ...POSTS, kind: "status", status: 400, code: 20001, message: "not now" } as const;

describe("A roster that is written", () => {
  const life = useLife();
  let lives: RosterLives;
  beforeEach(async () => {
    lives = new RosterLives(life, (await life.account.conversation("desk")).sid);
    life.simulator.clock.advance(60_000);
  });
  const twice = () => lives.identities().length - new Set(lives.identities()).size;

  it("asks for no list of a conversation that the same run has made, and takes over who has joined since", async () => {
    const run = life.run();
    const { sid, state: made } = await run.of(conversation).create({ friendlyName: "new" });
    const asDeclared = { Identity: "user-3", Attributes: '{"team":"support"}' };
    await life.account.post(`/Conversations/${sid}/Participants`, asDeclared);
    life.simulator.clearRequests();
    const { inputs } = run.roster.check({}, { conversationSid: sid, members: crowd(20) });
    const { state } = await run.roster.create(inputs);
    equal(Object.keys(writtenIn(state)).length, 20);
    const requests = life.simulator.requests();
    equal(writesIn(requests).length, 20);
    // One looks for who is in the way, and one for the role that the service gives.
    equal(readsIn(requests).length, 2);
    equal(state["chatServiceSid"], made["chatServiceSid"]);
  });

  it("goes on where a killed run ended, and says so once", async () => {
    await lives.up(crowd(150));
    const { requests, notes } = await lives.up(crowd(200));
    equal(writesIn(requests).length, 50);
    // Two pages of members and what follows them, and the role that the service gives.
    equal(readsIn(requests).length, 4);
    equal(lives.identities().length, 200);
    equal(twice(), 0);
    deepEqual(notes.length, 1);
    match(
      notes[0] ?? "",
      /^150 of the members were taken over: they were there already \(m0, .* and 140 more\)/,
    );
  });

  it("sends no change again that a killed run has made", async () => {
    const before = await lives.up(crowd(20));
    const changed = Object.fromEntries(
      Object.entries(crowd(20)).map(([label, member]) => [
        label,
        { ...member, attributes: { team: "sales" } },
      ]),
    );
    for (let at = 0; at < 15; at++)
      life.simulator.change(lives.sidOf(`user-${at}`), { attributes: '{"team":"sales"}' });
    const { requests } = await lives.up(changed, before);
    equal(writesIn(requests).length, 5);
  });

  it("records what was written, names the rest, and does that next time", async () => {
    life.simulator.addFault({ ...refusal, skip: 10, times: 3 });
    const failed = await lives.up(crowd(40));
    ok(failed.error);
    equal(Object.keys(writtenIn(failed.state)).length, 37);
    match(failed.error.message, /^m\d+(, m\d+){2}: .*answered 400/);
    match(failed.error.message, /37 of 40 were written, and are recorded/);
    life.simulator.clearFaults();
    const { requests, error, state } = await lives.up(crowd(40), failed);
    equal(error, undefined);
    equal(Object.keys(writtenIn(state)).length, 40);
    equal(writesIn(requests).length, 3);
    equal(lives.identities().length, 40);
  });

  it("fails as a whole where nothing could be written, and leaves no state", async () => {
    life.simulator.addFault(refusal);
    await rejects(lives.up(crowd(3)), (error: unknown) => {
      ok(error instanceof RosterError);
      match(error.message, /^m0, m1, m2: .*\nNone of 3 was written/);
      return true;
    });
  });

  it("tries nobody else where the API is down, and tells few causes", async () => {
    life.simulator.addFault({ kind: "status", status: 503, ...POSTS });
    const startedAtMs = life.clock.nowMs();
    await rejects(lives.up(crowd(200)), (error: unknown) => {
      ok(error instanceof RosterError);
      // Those under way may end in some ways: refused, out of time, not looked for; the others in none.
      ok(error.message.split("\n").length <= 6, error.message);
      match(error.message, /not tried any more/);
      return true;
    });
    ok(writesIn(life.simulator.requests()).length <= 1.2 * 200);
    ok(life.clock.nowMs() - startedAtMs < 130_000);
  });

  it("asks a conversation that does not exist once for all members", async () => {
    const nowhere = new RosterLives(life, `CH${"0".repeat(32)}`);
    await rejects(nowhere.up(crowd(200)), /answered 404/);
    // So many are under way when the first answer comes, and each is looked for, since a 404 can be Twilio's mistake.
    ok(life.simulator.requests().length <= 50, `${life.simulator.requests().length} requests`);
  });

  it("removes before it adds, and keeps what cannot be removed in state", async () => {
    const before = await lives.up(crowd(3));
    life.simulator.addFault({ method: "DELETE", kind: "status", status: 400, code: 20001, times: 1 });
    const { m1: _one, ...rest } = crowd(3);
    const failed = await lives.up({ ...rest, m3: { identity: "new" } }, before);
    ok(failed.error);
    const sid = lives.sidOf("user-1");
    equal((failed.state["sids"] as Record<string, string>)[`removed:${sid}`], sid);
    equal(lives.identities().includes("new"), true);
    const after = await lives.up({ ...rest, m3: { identity: "new" } }, failed);
    deepEqual(
      writesIn(after.requests).map(({ method }) => method),
      ["DELETE"],
    );
    equal(after.error, undefined);
    equal(Object.keys(after.state["sids"] as object).length, 3);
  });

  it("sends nothing when only the webhooks or the adoption change", async () => {
    const before = await lives.up(crowd(5));
    const { requests, state } = await lives.up(crowd(5), before, { webhookEnabled: true, adopt: "never" });
    deepEqual(requests, []);
    equal(state["webhookEnabled"], true);
  });

  it("announces its writes to webhooks where it says so", async () => {
    const { requests } = await lives.up(crowd(2), undefined, { webhookEnabled: true });
    for (const { headers } of writesIn(requests)) equal(headers["x-twilio-webhook-enabled"], "true");
  });

  it("announces a change and a removal as the program says it now", async () => {
    for (const webhookEnabled of [true, false]) {
      const before = await lives.up(crowd(3), undefined, { webhookEnabled: !webhookEnabled });
      const changed = {
        m0: { identity: "user-0", attributes: { team: "sales" } },
        m3: { identity: "user-3" },
      };
      const after = await lives.up(changed, before, { webhookEnabled });
      const said = writesIn(after.requests).map(({ method, headers }) => [
        method,
        headers["x-twilio-webhook-enabled"],
      ]);
      const now = String(webhookEnabled);
      deepEqual(said, [
        ["DELETE", now],
        ["DELETE", now],
        ["POST", now],
        ["POST", now],
      ]);
      await lives.down(after);
    }
  });

  it("takes over what stands there for long only when it says so", async () => {
    await lives.up(crowd(2));
    life.simulator.clock.advance(2 * 3_600_000);
    const changed = {
      ...crowd(2),
      m2: { identity: "new" },
      m1: { identity: "user-1", attributes: { a: 1 } },
    };
    const failed = await lives.up(changed);
    match(failed.error?.message ?? "", /m0: cannot create participant: participant MB\w+ exists already/);
    const { requests, error } = await lives.up(changed, failed, { adopt: "always" });
    equal(error, undefined);
    deepEqual(
      writesIn(requests).map(({ form }) => form),
      [{ Attributes: '{"a":1}' }],
    );
  });

  it("is of the conversation's SID where it is named, with members and without", async () => {
    for (const members of [crowd(2), {}]) {
      const named = new RosterLives(life, "desk");
      const { sid, state } = await named.up(members);
      equal(sid, lives.conversationSid);
      equal(state["resolvedConversationSid"], sid);
      await named.down({ sid, state, inputs: {}, requests: [], notes: [] });
    }
  });

  it("heals Twilio's 404 for a member that was created", async () => {
    life.simulator.addFault({ ...POSTS, kind: "not-found-although-created", times: 2 });
    const { error, state } = await lives.up(crowd(10));
    equal(error, undefined);
    equal(Object.keys(state["sids"] as object).length, 10);
    equal(twice(), 0);
  });

  it("writes a member again that was removed outside before it is changed", async () => {
    const before = await lives.up(crowd(3));
    life.simulator.remove(lives.sidOf("user-1"));
    const changed = { ...crowd(3), m1: { identity: "user-1", attributes: { team: "sales" } } };
    const { error } = await lives.up(changed, before);
    equal(error, undefined);
    equal(lives.identities().includes("user-1"), true);
  });
});
