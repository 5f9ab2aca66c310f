import { deepEqual, equal, match, ok, rejects, throws } from "node:assert/strict";
import type { JsonObject } from "../../../provider/core/json";
import { writtenIn } from "../../../provider/core/roster/state";
import { useLife } from "../../fault/life";
import { crowd, type Deed, type Members, RosterLives, readsIn, writesIn } from "./roster";

const membersIn = ({ inputs }: Deed): Members => inputs["members"] as Members;

describe("A roster that is read", () => {
  const life = useLife();
  let lives: RosterLives;
  beforeEach(async () => {
    lives = new RosterLives(life, (await life.account.conversation("desk")).sid);
    life.simulator.clock.advance(60_000);
  });
  const refreshed = async (before: Deed): Promise<Deed> => {
    const after = await lives.refresh(before);
    ok(after);
    return after;
  };
  const join = (identity: string, more: Record<string, string> = {}) =>
    life.account.post(`/Conversations/${lives.conversationSid}/Participants`, {
      Identity: identity,
      ...more,
    });
  const later = () => life.simulator.clock.advance(60_000);

  it("costs a request for each hundred members, and changes nothing", async () => {
    const before = await lives.up(crowd(1_000));
    later();
    const { requests, state, inputs } = await refreshed(before);
    equal(requests.length, 10);
    deepEqual(state, before.state);
    deepEqual(inputs, before.inputs);
    ok(JSON.stringify([before.state, before.inputs]).length / 1_000 < 500);
  });

  it("misses who was removed, each confirmed by a request of its own", async () => {
    const before = await lives.up(crowd(5));
    later();
    for (const identity of ["user-1", "user-3"]) life.simulator.remove(lives.sidOf(identity));
    const after = await refreshed(before);
    deepEqual(Object.keys(membersIn(after)), ["m0", "m2", "m4"]);
    // A page, two members, and the account, before a 404 is believed.
    equal(readsIn(after.requests).length, 4);
  });

  it("takes nobody for removed while reads lag behind", async () => {
    const before = await lives.up(crowd(20));
    life.simulator.addFault({ method: "GET", kind: "lag", delayMs: 5_000 });
    deepEqual(Object.keys(membersIn(await refreshed(before))).length, 20);
    const { requests } = await lives.up(crowd(25), before);
    equal(writesIn(requests).length, 5);
    equal(lives.identities().length, 25);
  });

  it("is not taken for gone while its conversation is too young to be read", async () => {
    const young = new RosterLives(life, (await life.account.conversation("young")).sid);
    const before = await young.up(crowd(3));
    const route = "/v1/Conversations/*/Participants";
    life.simulator.addFault({ method: "GET", route, kind: "status", status: 404, times: 1 });
    equal(Object.keys(membersIn(await refreshed(before))).length, 3);
    equal(life.simulator.faults()[0]?.hits, 1);
  });

  it("is gone with its conversation", async () => {
    const before = await lives.up(crowd(3));
    later();
    life.simulator.remove(lives.conversationSid);
    equal(await lives.refresh(before), undefined);
    equal(life.simulator.requests().length <= 3, true);
  });

  it("is not taken for gone with the key of another account", async () => {
    const before = await lives.up(crowd(3));
    const other = life.simulator.addAccount();
    const { roster } = life.run(
      undefined,
      {},
      {
        TWILIO_ACCOUNT_SID: other.accountSid,
        TWILIO_AUTH_TOKEN: other.authToken,
      },
    );
    life.simulator.clearRequests();
    await rejects(roster.read(before.sid, before.state), /The stack's state is of account/);
    throws(() => roster.diff(before.sid, before.state, before.inputs), /The stack's state is of account/);
    await rejects(roster.delete(before.sid, before.state), /The stack's state is of account/);
    await rejects(roster.update(before.sid, before.state, before.inputs), /The stack's state is of account/);
    deepEqual(life.simulator.requests(), []);
  });

  it("shows a promotion that nobody declared, and puts the role back", async () => {
    const before = await lives.up(crowd(3));
    const { sid: lead } = await life.account.role("lead");
    life.simulator.change(lives.sidOf("user-1"), { role_sid: lead });
    const after = await refreshed(before);
    equal(membersIn(after)["m1"]?.["roleSid"], lead);
    const { requests } = await lives.up(crowd(3), after);
    equal(writesIn(requests).length, 1);
  });

  it("shows no value that somebody sets beside a secret", async () => {
    const members = { m0: { identity: "user-0", attributes: { pin: "1234" }, secretAttributes: true } };
    const before = await lives.up(members);
    later();
    life.simulator.change(lives.sidOf("user-0"), { attributes: '{"pin":"1234","added":"canary"}' });
    const after = await refreshed(before);
    equal(JSON.stringify([after.state, after.inputs]).includes("canary"), false);
    const { requests } = await lives.up(members, after);
    deepEqual(
      writesIn(requests).map(({ form }) => form),
      [{ Attributes: '{"pin":"1234"}' }],
    );
  });

  describe("and is exclusive", () => {
    const exclusive = { exclusive: true };
    const strangers = (deed: Deed): JsonObject[] =>
      Object.entries(membersIn(deed)).flatMap(([label, member]) =>
        label.startsWith("undeclared:") ? [member] : [],
      );

    it("shows who else is there without what they carry, and removes them", async () => {
      const before = await lives.up(crowd(2), undefined, exclusive);
      const { role_sid: roleSid } = await join("mallory", { Attributes: '{"secret":"canary"}' });
      later();
      const after = await refreshed(before);
      deepEqual(strangers(after), [{ identity: "mallory", roleSid }]);
      equal(JSON.stringify(after).includes("canary"), false);
      const { requests, state } = await lives.up(crowd(2), after, exclusive);
      deepEqual(
        writesIn(requests).map(({ method }) => method),
        ["DELETE"],
      );
      equal(Object.keys(writtenIn(state)).length, 2);
    });

    it("removes nobody whom the last refresh has not shown", async () => {
      const before = await lives.up(crowd(2), undefined, exclusive);
      await join("mallory");
      const { requests } = await lives.up(crowd(3), before, exclusive);
      equal(writesIn(requests).length, 1);
      equal(lives.identities().includes("mallory"), true);
    });

    it("lets go of who was shown where it is exclusive no longer", async () => {
      const before = await lives.up(crowd(2), undefined, exclusive);
      await join("mallory");
      later();
      const after = await refreshed(before);
      const { requests, state } = await lives.up(crowd(2), after);
      deepEqual(writesIn(requests), []);
      equal(Object.keys(state["sids"] as object).length, 2);
    });

    it("takes over a stranger whom the program comes to declare, as adopt says", async () => {
      const before = await lives.up(crowd(2), undefined, exclusive);
      const { sid } = await join("mallory");
      life.simulator.clock.advance(2 * 3_600_000);
      const declared = { ...crowd(2), m2: { identity: "mallory" } };
      const refused = await lives.up(declared, await refreshed(before), exclusive);
      match(refused.error?.message ?? "", /m2: cannot create participant: participant MB\w+ exists already/);
      const { requests, error } = await lives.up(declared, refused, { ...exclusive, adopt: "always" });
      equal(error, undefined);
      deepEqual(writesIn(requests), []);
      equal(lives.sidOf("mallory"), sid);
    });

    it("neither shows nor removes whom a Participant of the stack holds", async () => {
      const before = await lives.up(crowd(2), undefined, exclusive);
      const run = life.run();
      const inputs = { conversationSid: lives.conversationSid, identity: "guest" };
      const guest = await run.lifecycle.create(inputs);
      later();
      const both = life.run();
      await both.lifecycle.read(guest.sid, guest.state);
      const found = await both.roster.read(before.sid, before.state);
      deepEqual(Object.keys((found?.inputs?.["members"] ?? {}) as object), ["m0", "m1"]);
      // The engine may read the guest later than the roster.
      const early = life.run();
      const reading = early.roster.read(before.sid, before.state);
      await life.clock.sleep(1_000);
      await early.lifecycle.read(guest.sid, guest.state);
      deepEqual(Object.keys(((await reading)?.inputs?.["members"] ?? {}) as object), ["m0", "m1"]);
      // By itself it cannot know; the program's declaration still keeps the member.
      const alone = await refreshed(before);
      equal(strangers(alone).length, 1);
      const later_ = life.run();
      later_.lifecycle.check({}, inputs);
      const { inputs: news } = later_.roster.check(alone.inputs, {
        conversationSid: lives.conversationSid,
        members: crowd(2),
        ...exclusive,
      });
      await later_.roster.update(alone.sid, alone.state, news);
      equal(lives.identities().includes("guest"), true);
    });
  });

  it("refuses a member that a Participant of the program holds", async () => {
    const run = life.run();
    const inputs = { conversationSid: lives.conversationSid, identity: "user-0" };
    await run.lifecycle.create(run.lifecycle.check({}, inputs).inputs);
    const { inputs: news } = run.roster.check(
      {},
      { conversationSid: lives.conversationSid, members: crowd(2) },
    );
    await rejects(run.roster.create(news), (error: Error & { cause?: Error }) => {
      match(error.message, /m0: declared twice/);
      return true;
    });
  });

  it("gives the members of a conversation that the program does not manage", async () => {
    await join("somebody", { Attributes: '{"a":1}' });
    const { conversationSid } = lives;
    const found = await life.run().roster.read(conversationSid, { conversationSid });
    const sid = lives.sidOf("somebody");
    const members = writtenIn(found?.state ?? {}) as Members;
    equal(members[sid]?.["identity"], "somebody");
    deepEqual(members[sid]?.["attributes"], { a: 1 });
    deepEqual(found?.state["sids"], { [sid]: sid });
    for (const other of [`CH${"1".repeat(32)}`, "desk"])
      await rejects(life.run().roster.read(other, { conversationSid: other }), /cannot get roster/);
  });
});
