import { deepEqual, equal, match } from "node:assert/strict";
import type { JsonObject } from "../../../provider/core/json";
import { useLife } from "../../fault/life";
import { RosterLives, writesIn } from "./roster";

const HOURS_MS = 7_200_000;
const DECLARING_S = 50;
const alice = { identity: "alice" };
const both = { alice, bob: { identity: "bob" } };
const bobAlone = { bob: { identity: "bob" } };

describe("A member handed over from a roster", () => {
  const life = useLife();
  let conversationSid: string;
  let aliceSid: string;
  let before: { sid: string; state: JsonObject; inputs: JsonObject };
  beforeEach(async () => {
    conversationSid = (await life.account.conversation("desk")).sid;
    const lives = new RosterLives(life, conversationSid);
    before = await lives.up(both);
    aliceSid = lives.sidOf("alice");
    life.simulator.clock.advance(HOURS_MS);
  });
  afterEach(() => life.simulator.clearFaults());
  const there = () => life.simulator.participants().map(({ identity, sid }) => [identity, sid]);
  const words = (notes: readonly string[]) => notes.filter((note) => !note.includes("taken over:"));
  const isThere = () => there().some(([, sid]) => sid === aliceSid);
  const labels = (state: JsonObject) => Object.keys(state["sids"] as object).sort();
  const refuse = (route: string, method = "POST") =>
    life.simulator.addFault({ method, route, kind: "status", status: 403 });

  /** An `up` of bob's roster beside a Participant for alice, or without one; `create` says when she comes. */
  async function up(
    last: typeof before,
    { participant = {}, isBegun = true }: { participant?: JsonObject | undefined; isBegun?: boolean } = {},
    isDeclared = true,
  ) {
    const run = life.run();
    const { inputs } = run.roster.check(last.inputs, { conversationSid, members: bobAlone });
    const { changes } = run.roster.diff(last.sid, last.state, inputs);
    const declared = run.lifecycle.check({}, { conversationSid, ...alice, ...participant });
    const wanted = isDeclared ? declared.inputs : undefined;
    life.simulator.clearRequests();
    const [state, taker] = await Promise.all([
      changes === false ? last.state : run.roster.update(last.sid, last.state, inputs),
      wanted === undefined || !isBegun
        ? undefined
        : run.lifecycle.create(wanted).catch((error: Error) => String(error)),
    ]);
    return { sid: last.sid, inputs, state, changes, taker, notes: run.notes };
  }
  const sidOf = (taker: unknown) => (taker as { sid?: string } | undefined)?.sid;

  it("leaves nothing over, and Twilio deletes nobody, where both succeed", async () => {
    const after = await up(before);
    equal(sidOf(after.taker), aliceSid);
    deepEqual(labels(after.state), ["bob"]);
    deepEqual(words(after.notes), []);
    deepEqual(
      life.simulator.requests().filter(({ method }) => method === "DELETE"),
      [],
    );
  });

  // The engine takes up in any order what a program declares at once, and of hundreds the last comes late.
  it("is removed by nobody while a large program still declares", async () => {
    const run = life.run();
    const { inputs } = run.roster.check(before.inputs, { conversationSid, members: bobAlone });
    run.roster.diff(before.sid, before.state, inputs);
    const update = run.roster.update(before.sid, before.state, inputs);
    for (let second = 0; second < DECLARING_S; second++) {
      run.lifecycle.check({}, { conversationSid, identity: `other-${second}` });
      await life.clock.sleep(1_000);
    }
    const taker = await run.lifecycle.create(run.lifecycle.check({}, { conversationSid, ...alice }).inputs);
    equal(taker.sid, aliceSid);
    deepEqual(labels(await update), ["bob"]);
  });

  for (const [what, fault, more] of [
    ["is refused", () => refuse("/v1/Conversations/*/Participants"), {}],
    [
      "is refused as it is made equal",
      () => refuse("/v1/Conversations/*/Participants/*"),
      { attributes: { a: 1 }, adopt: "always" },
    ],
    ["never begins", () => undefined, undefined],
  ] as const)
    it(`stays in the roster's state where the other one's create ${what}, until that has it`, async () => {
      fault();
      const cut = await up(before, more === undefined ? { isBegun: false } : { participant: more });
      equal(sidOf(cut.taker), undefined);
      life.simulator.clearFaults();
      deepEqual(labels(cut.state), ["bob", `removed:${aliceSid}`]);
      equal(words(cut.notes).length, 1);
      match(
        words(cut.notes)[0] ?? "",
        new RegExp(`^alice \\(${aliceSid}\\) stays in the state of the roster .* tries again`),
      );
      const next = await up(cut);
      equal(next.changes, true);
      equal(sidOf(next.taker), aliceSid);
      deepEqual(labels(next.state), ["bob"]);
      equal(isThere(), true);
    });

  it("is let go of without a request where the other one has it since", async () => {
    const cut = await up(before, { isBegun: false });
    const run = life.run();
    const program = { conversationSid, ...alice };
    const taken = await run.lifecycle.create(run.lifecycle.check({}, { ...program, adopt: "always" }).inputs);
    equal(taken.sid, aliceSid);
    const next = life.run();
    const { inputs } = next.roster.check(cut.inputs, { conversationSid, members: bobAlone });
    next.roster.diff(cut.sid, cut.state, inputs);
    next.lifecycle.diff(
      taken.sid,
      taken.state,
      next.lifecycle.check(program, { ...program, adopt: "always" }).inputs,
    );
    life.simulator.clearRequests();
    deepEqual(labels(await next.roster.update(cut.sid, cut.state, inputs)), ["bob"]);
    deepEqual(life.simulator.requests(), []);
    equal(isThere(), true);
  });

  it("is let go of where somebody has removed it, so that the other one makes another", async () => {
    life.simulator.remove(aliceSid);
    const after = await up(before);
    deepEqual(labels(after.state), ["bob"]);
    equal(typeof sidOf(after.taker), "string");
    deepEqual(words(after.notes), []);
  });

  const alone = (last: typeof before) =>
    new RosterLives(life, conversationSid).up(bobAlone, { ...last, requests: [], notes: [] });

  it("is named by the first up that hears of no other one, as with `--target`, and leaves with the second", async () => {
    const cut = await up(before, { isBegun: false });
    const spared = await alone(cut);
    deepEqual([labels(spared.state), isThere()], [["bob", `removed:${aliceSid}`], true]);
    deepEqual(writesIn(spared.requests), []);
    equal(words(spared.notes).filter((note) => note.includes("was told of none")).length, 1);
    const last = await alone(spared);
    deepEqual([labels(last.state), isThere()], [["bob"], false]);
  });

  it("is handed over by the up after that, where the other one is declared still", async () => {
    const spared = await alone(await up(before, { isBegun: false }));
    const next = await up(spared);
    deepEqual([sidOf(next.taker), labels(next.state)], [aliceSid, ["bob"]]);
    // Whoever begins again is waited for again.
    const cut = await up(spared, { isBegun: false });
    deepEqual(labels((await alone(cut)).state), ["bob", `removed:${aliceSid}`]);
  });

  it("is as safe where a refresh has shown it, or where nobody could tell whose it is", async () => {
    life.simulator.addFault({ method: "GET", route: "/v1/Services/**", kind: "status", status: 403 });
    const unclear = await up(before, { participant: { conversationSid: "none" }, isBegun: false });
    life.simulator.clearFaults();
    life.simulator.clock.advance(60_000);
    const lives = new RosterLives(life, conversationSid);
    const seen = await lives.refresh({ ...unclear, requests: [] });
    deepEqual(labels((await alone(seen ?? unclear)).state), ["bob", `removed:${aliceSid}`]);
    equal(isThere(), true);
  });

  it("leaves at once where the other one is heard to have gone to another conversation", async () => {
    const cut = await up(before, { isBegun: false });
    await life.account.conversation("other");
    const next = await up(cut, { participant: { conversationSid: "other" }, isBegun: false });
    deepEqual([labels(next.state), isThere()], [["bob"], false]);
  });

  it("leaves at once where the roster has had it back since", async () => {
    const cut = await up(before, { isBegun: false });
    const lives = new RosterLives(life, conversationSid);
    const back = await lives.up(both, { ...cut, requests: [] });
    equal(JSON.stringify(back.state).includes("claimed"), false);
    deepEqual(labels((await alone(back)).state), ["bob"]);
    equal(isThere(), false);
  });

  it("is the roster's again where the program takes it back", async () => {
    const cut = await up(before, { isBegun: false });
    const lives = new RosterLives(life, conversationSid);
    const { state } = await lives.up(both, { ...cut, requests: [] });
    deepEqual(labels(state), ["alice", "bob"]);
    equal(isThere(), true);
  });

  it("goes to another roster, while that gives one back", async () => {
    const other = await life.account.conversation("other");
    equal(other.sid === conversationSid, false);
    const first = life.run();
    const carl = first.roster.check(
      {},
      { conversationSid: "desk", members: { carl: { identity: "carl" } } },
    ).inputs;
    const second = await first.roster.create(carl);
    const old = there();
    life.simulator.clock.advance(HOURS_MS);
    const run = life.run();
    const one = run.roster.check(before.inputs, {
      conversationSid,
      members: { ...bobAlone, c: { identity: "carl" } },
    }).inputs;
    run.roster.diff(before.sid, before.state, one);
    const two = run.roster.check(carl, { conversationSid: "desk", members: { a: alice } }).inputs;
    run.roster.diff(second.sid, second.state, two);
    const states = await Promise.all([
      run.roster.update(before.sid, before.state, one),
      run.roster.update(second.sid, second.state, two),
    ]);
    deepEqual(states.map(labels), [["bob", "c"], ["a"]]);
    deepEqual(there(), old);
    deepEqual(words(run.notes), []);
  });
});
