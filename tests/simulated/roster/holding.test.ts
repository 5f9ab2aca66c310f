import { deepEqual, equal, match, ok, rejects } from "node:assert/strict";
import type { JsonObject } from "../../../provider/core/json";
import { writtenIn } from "../../../provider/core/roster/state";
import { configuration } from "../../../provider/resources/account/configuration";
import { useLife } from "../../fault/life";
import { crowd, type Deed, type Members, RosterLives, writesIn } from "./roster";

const DELETES = { method: "DELETE", kind: "status" } as const;
const labelsIn = ({ state }: Deed) => Object.keys(state["sids"] as object);
const membersIn = (deed: Deed) => writtenIn(deed.state) as Members;

describe("What a roster holds", () => {
  const life = useLife();
  let lives: RosterLives;
  beforeEach(async () => {
    lives = new RosterLives(life, (await life.account.conversation("desk")).sid);
    life.simulator.clock.advance(60_000);
  });
  const refreshed = async (deed: Deed): Promise<Deed> => {
    life.simulator.clock.advance(60_000);
    const after = await lives.refresh(deed);
    ok(after);
    return after;
  };
  const join = (identity: string) =>
    life.account.post(`/Conversations/${lives.conversationSid}/Participants`, { Identity: identity });

  it("is every member that an outage has not let go", async () => {
    const before = await lives.up(crowd(60));
    for (const status of [401, 503]) {
      life.simulator.addFault({ ...DELETES, status });
      const failed = await lives.up(crowd(5), before);
      equal(labelsIn(failed).length, 60);
      life.simulator.clearFaults();
    }
    const failed = await lives.up(crowd(5), before).then((deed) => deed);
    equal(failed.error, undefined);
    equal(lives.identities().length, 5);
  });

  it("is nothing secret that the program has dropped, although it is still there", async () => {
    const secret = (identity: string, attributes: JsonObject) => ({
      ...{ identity, attributes, secretAttributes: true },
    });
    const before = await lives.up({
      b: secret("b", { pin: "canary-1" }),
      c: secret("c", { pin: "canary-2", team: "x" }),
    });
    life.simulator.addFault({ ...DELETES, status: 400, code: 20001 });
    life.simulator.addFault({ method: "POST", kind: "status", status: 400, code: 20001 });
    const failed = await lives.up({ c: { identity: "c", attributes: { team: "y" } } }, before);
    ok(failed.error);
    equal(labelsIn(failed).length, 2);
    equal(JSON.stringify(failed.state).includes("canary"), false);
    life.simulator.clearFaults();
    const { requests } = await lives.up({ c: { identity: "c", attributes: { team: "y" } } }, failed);
    deepEqual(
      writesIn(requests).map(({ method, form }) => [method, form]),
      [
        ["DELETE", {}],
        ["POST", { Attributes: '{"team":"y"}' }],
      ],
    );
  });

  it("is nobody whom a Participant declares, by whatever name of the conversation", async () => {
    const exclusive = { exclusive: true };
    const before = await lives.up(crowd(2), undefined, exclusive);
    await join("guest");
    const shown = await refreshed(before);
    for (const conversationSid of ["desk", lives.conversationSid]) {
      const run = life.run();
      run.lifecycle.check({}, { conversationSid, identity: "guest" });
      const program = { conversationSid: lives.conversationSid, members: crowd(2), ...exclusive };
      await run.roster.update(shown.sid, shown.state, run.roster.check(shown.inputs, program).inputs);
      equal(lives.identities().includes("guest"), true, conversationSid);
    }
    const other = life.run();
    other.lifecycle.check({}, { conversationSid: `CH${"1".repeat(32)}`, identity: "guest" });
    const program = { conversationSid: lives.conversationSid, members: crowd(2), ...exclusive };
    await other.roster.update(shown.sid, shown.state, other.roster.check(shown.inputs, program).inputs);
    equal(lives.identities().includes("guest"), false);
  });

  it("is nobody whom this run has deleted, although lists still show them", async () => {
    const before = await lives.up(crowd(4));
    life.simulator.clock.advance(60_000);
    life.simulator.addFault({ method: "GET", kind: "lag", delayMs: 5_000 });
    const { roster } = life.run();
    await roster.delete(before.sid, before.state);
    const { state } = await roster.create(roster.check({}, before.inputs).inputs);
    equal(lives.identities().length, 4);
    deepEqual(
      Object.values(state["sids"] as object).sort(),
      life.simulator
        .participants()
        .map(({ sid }) => sid)
        .sort(),
    );
  });

  it("is a member under any label", async () => {
    const members = {
      constructor: { identity: "a" },
      valueOf: { identity: "b" },
      "a.b c": { identity: "c" },
    };
    const before = await lives.up(members);
    const after = await refreshed(before);
    deepEqual(after.state, before.state);
    deepEqual((await lives.up(members, after)).requests, []);
    await lives.down(after);
    deepEqual(lives.identities(), []);
  });

  it("is sent as the preview has shown it, whatever has drifted besides", async () => {
    const before = await lives.up(crowd(3));
    const { sid: lead } = await life.account.role("lead");
    life.simulator.change(lives.sidOf("user-1"), { role_sid: lead });
    const changed = { ...crowd(3), m1: { identity: "user-1", attributes: { team: "sales" } } };
    const { requests } = await lives.up(changed, before);
    deepEqual(
      writesIn(requests).map(({ form }) => form),
      [{ Attributes: '{"team":"sales"}' }],
    );
  });

  it("may be a stranger whom the program ignores", async () => {
    const exclusive = { exclusive: true };
    const before = await lives.up(crowd(2), undefined, exclusive);
    await join("guest");
    const shown = await refreshed(before);
    const ignoring = { ...crowd(3), ...(shown.inputs["members"] as Members), m2: { identity: "user-2" } };
    const after = await lives.up(ignoring, shown, exclusive);
    equal(writesIn(after.requests).length, 1);
    equal(lives.identities().includes("guest"), true);
    deepEqual((await refreshed(after)).inputs, after.inputs);
  });

  it("is a stranger no longer where it is exclusive no longer, even if the removal failed", async () => {
    const exclusive = { exclusive: true };
    const before = await lives.up(crowd(2), undefined, exclusive);
    await join("guest");
    life.simulator.addFault({ ...DELETES, status: 400, code: 20001, times: 1 });
    const failed = await lives.up(crowd(2), await refreshed(before), exclusive);
    ok(failed.error);
    const { requests, state } = await lives.up(crowd(2), failed);
    deepEqual(writesIn(requests), []);
    await lives.down({ ...failed, state });
    deepEqual(lives.identities(), ["guest"]);
  });

  it("counts the creation date of the person, not of the label", async () => {
    const member = (identity: string, year: number) => ({ identity, dateCreated: `${year}-01-01T00:00:00Z` });
    const before = await lives.up({ m: member("a", 2020) });
    const { requests } = await lives.up({ m: member("b", 2024) }, before);
    equal(writesIn(requests).at(-1)?.form["DateCreated"], "2024-01-01T00:00:00Z");
  });

  it("is written in a closed conversation no further than the first answers", async () => {
    life.simulator.change(lives.conversationSid, { state: "closed" });
    await rejects(lives.up(crowd(200)), /50377/);
    ok(writesIn(life.simulator.requests()).length <= 20);
  });

  it("is let go of in a closed conversation, with one word for all that stay there", async () => {
    const before = await lives.up(crowd(30));
    life.simulator.change(lives.conversationSid, { state: "closed" });
    const { roster, notes } = life.run();
    await roster.delete(before.sid, before.state);
    equal(notes.length, 1);
    match(
      notes[0] ?? "",
      /^participant MB\w{32} was left as it is: [^.]+\. So were m\d+(, m\d+){9} and 19 more\.$/,
    );
    equal(lives.identities().length, 30);
  });

  it("is not taken for gone for a false 404 to a change", async () => {
    const before = await lives.up(crowd(2));
    const changed = { ...crowd(2), m1: { identity: "user-1", attributes: { team: "sales" } } };
    life.simulator.addFault({ method: "POST", kind: "status", status: 404, code: 20404, times: 1 });
    const failed = await lives.up(changed, before);
    match(failed.error?.message ?? "", /m1: update participant: .* answered 404/);
    equal(lives.identities().length, 2);
  });

  it("is deleted to the last where the engine makes a replacement of a change", async () => {
    const before = await lives.up(crowd(4));
    const { roster } = life.run();
    const changed = { ...crowd(4), m1: { identity: "user-1", attributes: { team: "sales" } } };
    const program = { conversationSid: lives.conversationSid, members: changed };
    // As with `replaceOnChanges`: the diff names a change, and what follows is a delete.
    roster.diff(before.sid, before.state, roster.check(before.inputs, program).inputs);
    await roster.delete(before.sid, before.state);
    deepEqual(lives.identities(), []);
  });

  it("is told of in the words of a deletion where that fails", async () => {
    const before = await lives.up(crowd(5));
    life.simulator.addFault({ ...DELETES, status: 400, code: 20001, times: 1 });
    await rejects(lives.down(before), /4 of 5 were deleted\. Run it again/);
  });

  it("hinders no change of the default service, once it names its service", async () => {
    const { defaultServiceSid } = life.simulator.account;
    const { sid: other } = await life.account.service("other");
    const before = await lives.up(crowd(1));
    const run = life.run();
    const named = { ...before.inputs, serviceSid: defaultServiceSid };
    const { inputs } = run.roster.check(before.inputs, named);
    run.roster.diff(before.sid, before.state, inputs);
    await run.roster.update(before.sid, before.state, inputs);
    await run.of(configuration).create({ defaultChatServiceSid: other });
    equal(membersIn(before)["m0"]?.["identity"], "user-0");
  });
});
