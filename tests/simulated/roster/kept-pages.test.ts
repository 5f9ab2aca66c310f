import { deepEqual, equal, ok } from "node:assert/strict";
import type { JsonObject } from "../../../provider/core/json";
import type { RequestRecord } from "../../../simulator";
import { useLife } from "../../fault/life";
import { crowd, type Deed, type Members, RosterLives, readsIn, writesIn } from "./roster";

/** A refresh and the update after it are one process, whose pages can be minutes old by then. */
describe("A roster that is written after its pages were read", () => {
  const life = useLife();
  let lives: RosterLives;
  beforeEach(async () => {
    lives = new RosterLives(life, (await life.account.conversation("desk")).sid);
    life.simulator.clock.advance(60_000);
  });
  const join = (Identity: string) =>
    life.account.post(`/Conversations/${lives.conversationSid}/Participants`, {
      Identity,
      Attributes: '{"team":"support"}',
    });
  const programOf = (members: Members) => ({ conversationSid: lives.conversationSid, members });

  /** An update in the run of its refresh, `meanwhile` being done between the two. */
  async function afterRefresh(before: Deed, members: Members, meanwhile = () => {}) {
    life.simulator.clock.advance(60_000);
    const run = life.run();
    const { state } = (await run.roster.read(before.sid, before.state)) ?? {};
    ok(state);
    meanwhile();
    life.simulator.clearRequests();
    const { inputs } = run.roster.check(before.inputs, programOf(members));
    run.roster.diff(before.sid, state, inputs);
    const after = await run.roster.update(before.sid, state, inputs);
    return { after, requests: life.simulator.requests() };
  }
  const areRecorded = (state: JsonObject) =>
    deepEqual(
      Object.values(state["sids"] as object).sort(),
      life.simulator
        .participants()
        .map(({ sid }) => sid)
        .sort(),
    );
  const shown = (requests: RequestRecord[]) =>
    requests.map(({ method, path }) => `${method} ${path.split("/").at(-1)}`);

  it("records nobody who is there no more", async () => {
    const before = await lives.up(crowd(2));
    await join("user-2");
    const { after, requests } = await afterRefresh(before, crowd(3), () =>
      life.simulator.remove(lives.sidOf("user-2")),
    );
    areRecorded(after);
    equal(writesIn(requests).length, 1);
  });

  it("lists anew who is to be taken over, which costs a request for each hundred", async () => {
    const before = await lives.up(crowd(120));
    await join("user-120");
    const { after, requests } = await afterRefresh(before, crowd(121));
    areRecorded(after);
    equal(writesIn(requests).length, 0);
    // Two pages, whose key it is, and which role the service gives.
    equal(readsIn(requests).length, 4);
  });

  it("lists nobody anew who is to come or to change, and was not there", async () => {
    const before = await lives.up(crowd(3));
    const { after, requests } = await afterRefresh(before, {
      ...crowd(4),
      m0: { identity: "user-0", attributes: { team: "sales" } },
    });
    areRecorded(after);
    deepEqual(shown(requests).sort(), [
      "GET Configuration",
      `POST ${lives.sidOf("user-0")}`,
      "POST Participants",
    ]);
  });

  it("sends a change that others' pages show as done", async () => {
    const before = await lives.up(crowd(1));
    const { sid } = await join("alone");
    life.simulator.clock.advance(60_000);
    life.simulator.change(lives.sidOf("user-0"), { attributes: '{"team":"sales"}' });
    const run = life.run();
    const { written: _written, sids: _sids, ...place } = before.state;
    await run.lifecycle.read(sid, { ...place, identity: "alone" });
    life.simulator.change(lives.sidOf("user-0"), { attributes: '{"team":"support"}' });
    const changed = { m0: { identity: "user-0", attributes: { team: "sales" } } };
    const { inputs } = run.roster.check(before.inputs, programOf(changed));
    await run.roster.update(before.sid, before.state, inputs);
    equal(life.simulator.participants()[0]?.["attributes"], '{"team":"sales"}');
  });

  it("records nobody who has gone while it waited for what others declare", async () => {
    const before = await lives.up(crowd(3));
    const { m1: _one, ...rest } = crowd(4);
    await join("user-3");
    const run = life.run();
    const { inputs } = run.roster.check(before.inputs, programOf(rest));
    const updating = run.roster.update(before.sid, before.state, inputs);
    await life.clock.sleep(1_500);
    life.simulator.remove(lives.sidOf("user-3"));
    areRecorded(await updating);
  });

  it("is created with who is there by then, where a Participant's refresh has read the pages", async () => {
    const { sid } = await join("alone");
    await join("user-1");
    life.simulator.clock.advance(60_000);
    const run = life.run();
    await run.lifecycle.read(sid, {
      conversationSid: lives.conversationSid,
      accountSid: life.simulator.account.accountSid,
      chatServiceSid: life.simulator.account.defaultServiceSid,
      identity: "alone",
    });
    life.simulator.remove(lives.sidOf("user-1"));
    const { state } = await run.roster.create(run.roster.check({}, programOf(crowd(2))).inputs);
    equal(Object.values(state["sids"] as object).includes(lives.sidOf("user-1")), true);
  });
});
