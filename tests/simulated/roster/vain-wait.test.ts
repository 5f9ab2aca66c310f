import { deepEqual, ok } from "node:assert/strict";
import type { JsonObject } from "../../../provider/core/json";
import { useLife } from "../../fault/life";
import { type Deed, RosterLives } from "./roster";

const HOURS_MS = 7_200_000;
/** What is heard last, and a request that is refused at once. */
const MAX_WAIT_MS = 8_000;
const alice = { identity: "alice" };
const bob = { identity: "bob" };
const carl = { identity: "carl" };
/** Whoever is to take a member over has something to send. */
const busy = (member: JsonObject) => ({ ...member, attributes: { a: 1 } });
const always = { adopt: "always" };
const refusal = { kind: "status", status: 403 } as const;

/** A roster hands a member over to a resource that fails: it waits for no longer than it takes to fail. */
describe("A roster that hands a member over in vain", () => {
  const life = useLife();
  let conversationSid: string;
  let before: Deed;
  beforeEach(async () => {
    conversationSid = (await life.account.conversation("desk")).sid;
    before = await new RosterLives(life, conversationSid).up({ alice, bob });
    life.simulator.clock.advance(HOURS_MS);
  });
  afterEach(() => life.simulator.clearFaults());

  const refuse = (route: string, method = "POST") => life.simulator.addFault({ ...refusal, method, route });
  const isKept = (state: JsonObject) =>
    Object.keys(state["sids"] as object).some((label) => label.startsWith("removed:"));

  /** An update of a roster that fails comes with the state that it left. */
  const stateOf = (work: Promise<JsonObject>) =>
    work.catch((error: { state?: JsonObject }) => {
      if (error.state === undefined) throw error;
      return error.state;
    });

  async function waitedMs(work: () => Promise<unknown>): Promise<number> {
    const sinceMs = life.clock.nowMs();
    await work();
    return life.clock.nowMs() - sinceMs;
  }

  for (const spelling of ["its SID", "its unique name"])
    for (const [what, route, adopt] of [
      ["is refused", "/v1/Conversations/*/Participants", undefined],
      ["is refused as she is made equal", "/v1/Conversations/*/Participants/*", "always"],
    ] as const)
      it(`waits no longer where the create of a Participant, by ${spelling}, ${what}`, async () => {
        const run = life.run();
        const { inputs } = run.roster.check(before.inputs, { conversationSid, members: { bob } });
        run.roster.diff(before.sid, before.state, inputs);
        const home = spelling === "its SID" ? conversationSid : "desk";
        const program = { conversationSid: home, ...busy(alice), ...(adopt && { adopt }) };
        const declared = run.lifecycle.check({}, program).inputs;
        refuse(route);
        let state: JsonObject = {};
        const elapsedMs = await waitedMs(async () => {
          const update = run.roster.update(before.sid, before.state, inputs);
          const error = await run.lifecycle.create(declared).catch((cause: unknown) => cause);
          ok(error instanceof Error);
          state = await update;
        });
        ok(elapsedMs < MAX_WAIT_MS, `${elapsedMs} ms`);
        ok(isKept(state));
      });

  for (const [what, faults] of [
    ["one member of another roster", () => refuse("/v1/Conversations/*/Participants/*")],
    ["all of another roster", () => refuse("/v1/Conversations/*/Participants", "GET")],
  ] as const)
    it(`waits no longer where ${what} is refused`, async () => {
      const run = life.run();
      const { inputs } = run.roster.check(before.inputs, { conversationSid, members: { bob } });
      run.roster.diff(before.sid, before.state, inputs);
      const other = { conversationSid: "desk", ...always, members: { alice: busy(alice), carl } };
      const declared = run.roster.check({}, other).inputs;
      faults();
      let state: JsonObject = {};
      const elapsedMs = await waitedMs(async () => {
        const update = run.roster.update(before.sid, before.state, inputs);
        const error = await run.roster.create(declared).catch((cause: unknown) => cause);
        ok(error instanceof Error);
        state = await update;
      });
      ok(elapsedMs < MAX_WAIT_MS, `${elapsedMs} ms`);
      ok(isKept(state));
    });

  it("waits no longer where two rosters exchange members by unique names, and both are refused", async () => {
    const { defaultServiceSid: serviceSid } = life.simulator.account;
    const places = [{ conversationSid: "desk" }, { conversationSid: "desk", serviceSid }];
    const members: Record<string, JsonObject>[] = [{ alice }, { carl }];
    await new RosterLives(life, conversationSid).down(before);
    const first = life.run();
    const olds = places.map((place, at) => first.roster.check({}, { ...place, members: members[at] ?? {} }));
    const created = await Promise.all(olds.map(({ inputs }) => first.roster.create(inputs)));
    life.simulator.clock.advance(HOURS_MS);
    const run = life.run();
    const news = places.map((place, at) => {
      const { sid, state } = created[at] ?? before;
      const [one = alice] = Object.values(members[1 - at] ?? {});
      const program = { ...place, ...always, members: { one: busy(one) } };
      const { inputs } = run.roster.check(olds[at]?.inputs ?? {}, program);
      run.roster.diff(sid, state, inputs);
      return { sid, state, inputs };
    });
    refuse("/v1/Conversations/*/Participants/*");
    refuse("/v1/Services/*/Conversations/*/Participants/*");
    const states: JsonObject[] = [];
    const elapsedMs = await waitedMs(async () => {
      const updates = news.map(({ sid, state, inputs }) => stateOf(run.roster.update(sid, state, inputs)));
      states.push(...(await Promise.all(updates)));
    });
    deepEqual(states.map(isKept), [true, true]);
    ok(elapsedMs < MAX_WAIT_MS, `${elapsedMs} ms`);
  });
});
