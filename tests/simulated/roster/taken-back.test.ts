import { deepEqual, equal, ok } from "node:assert/strict";
import fc from "fast-check";
import type { JsonObject } from "../../../provider/core/json";
import { useLife } from "../../fault/life";
import { seed, sized } from "../../support/soak";
import { type Deed, RosterLives, writesIn } from "./roster";

const numRuns = sized({ short: 20, full: 1_000 });
const REFUSED = { method: "DELETE", kind: "status", status: 400, code: 20001 } as const;
const TOLD = ["attributes", "role_sid", "last_read_message_index", "last_read_timestamp"] as const;
/** A pair of addresses is in one conversation. */
const PROXIES = { desk: "+14155550100", twin: "+14155550101" } as const;

/** What is declared of a member besides who it is; roles by their place in a list. */
interface Said {
  readonly attributes?: JsonObject | undefined;
  readonly role?: number | undefined;
  readonly index?: number | undefined;
  readonly day?: number | undefined;
}

const said: fc.Arbitrary<Said> = fc.record(
  {
    attributes: fc.constantFrom<JsonObject>({ pin: "canary" }, { pin: "canary", team: "b" }, { team: "b" }),
    role: fc.constantFrom(0, 1),
    index: fc.constantFrom(1, 2),
    day: fc.constantFrom(1, 2),
  },
  { requiredKeys: [] },
);
const cases = fc.record({
  before: said,
  after: said,
  /** Somebody sets this outside before the roster comes to declare her. */
  found: fc.option(said, { nil: undefined }),
  isRefreshed: fc.boolean(),
  isSecret: fc.boolean(),
  isNamed: fc.boolean(),
  label: fc.constantFrom("alice", "another"),
  isByAddress: fc.boolean(),
});
type Case = typeof cases extends fc.Arbitrary<infer One> ? One : never;

describe("A member that the program takes back while it is still there", () => {
  const life = useLife();
  let roles: string[];
  let desk: string;
  let twin: string;
  beforeEach(async () => {
    roles = [(await life.account.role("lead")).sid, (await life.account.role("clerk")).sid];
    desk = (await life.account.conversation("desk")).sid;
    twin = (await life.account.conversation("twin")).sid;
    for (const sid of [desk, twin])
      for (let at = 0; at < 3; at++)
        await life.account.post(`/Conversations/${sid}/Messages`, { Body: "hi" });
  });
  afterEach(() => life.simulator.clearFaults());

  const memberOf = (
    { attributes, role, index, day }: Said,
    { isByAddress, isSecret }: Case,
    proxyAddress: string = PROXIES.desk,
  ): JsonObject => ({
    ...(isByAddress
      ? { messagingBinding: { address: "+14155550123", proxyAddress } }
      : { identity: "alice" }),
    ...(attributes && { attributes, ...(isSecret && { secretAttributes: true }) }),
    ...(role !== undefined && { roleSid: roles[role] ?? "" }),
    ...(index !== undefined && !isSecret && { lastReadMessageIndex: index }),
    ...(day !== undefined && !isSecret && { lastReadTimestamp: `2026-01-0${day}T00:00:00Z` }),
  });
  const rowIn = (conversation: string) =>
    life.simulator.participants(conversation).find(({ identity }) => identity !== "bob");
  const told = (conversation: string) => {
    const row = rowIn(conversation);
    return row && Object.fromEntries(TOLD.map((name) => [name, row[name]]));
  };
  const passed = () => life.simulator.clock.advance(60_000);

  /** Declared with `before`, and then with `after`, as a resource of its own; somebody sets `found` between. */
  async function asUsual(one: Case): Promise<void> {
    const declared = (what: Said) => ({ conversationSid: twin, ...memberOf(what, one, PROXIES.twin) });
    const { before, after, found, isRefreshed } = one;
    const first = life.run();
    const { inputs } = first.lifecycle.check({}, declared(before));
    const created = await first.lifecycle.create(inputs);
    passed();
    if (found !== undefined) setOutside(twin, found);
    passed();
    const { lifecycle } = life.run();
    const read = isRefreshed ? await lifecycle.read(created.sid, created.state) : undefined;
    const { sid, state } = { ...created, ...read };
    const news = lifecycle.check(read?.inputs ?? inputs, declared(after)).inputs;
    if (lifecycle.diff(sid, state, news).changes !== false) await lifecycle.update(sid, state, news);
  }

  function setOutside(conversation: string, { attributes, role }: Said): void {
    const { sid } = rowIn(conversation) ?? { sid: "" };
    life.simulator.change(sid, {
      ...(attributes && { attributes: JSON.stringify(attributes) }),
      ...(role !== undefined && { role_sid: roles[role] ?? "" }),
    });
  }

  async function refreshed(lives: RosterLives, deed: Deed): Promise<Deed> {
    passed();
    const after = await lives.refresh(deed);
    ok(after);
    return after;
  }

  const bob = { bob: { identity: "bob" } };

  it("is as it would be without having been removed, whatever is declared of it then and now", async function () {
    this.timeout(600_000);
    const property = fc.asyncProperty(cases, async (one: Case) => {
      for (const { sid } of life.simulator.participants()) life.simulator.remove(sid);
      await asUsual(one);
      const { before, after, found, isSecret, label } = one;
      const lives = new RosterLives(life, one.isNamed ? "desk" : desk);
      const more = isSecret ? { secretMembers: true } : {};
      const first = await lives.up({ ...bob, alice: memberOf(before, one) }, undefined, more);
      const sid = rowIn(desk)?.sid;
      passed();
      life.simulator.addFault(REFUSED);
      const removed = await lives.up(bob, first);
      life.simulator.clearFaults();
      ok(removed.error);
      if (isSecret) equal(JSON.stringify(removed.state).includes("canary"), false);
      if (found !== undefined) setOutside(desk, found);
      const last = one.isRefreshed ? await refreshed(lives, removed) : removed;
      const back = await lives.up({ ...bob, [label]: memberOf(after, one) }, last, more);
      equal(back.error, undefined);
      equal(rowIn(desk)?.sid, sid);
      // Where something is secret, all that is declared is sent, whether it differs or not.
      const isSeen = found === undefined || one.isRefreshed;
      if (isSeen || !isSecret) deepEqual(told(desk), told(twin));
      deepEqual(Object.keys(back.state["sids"] as object).sort(), [label, "bob"].sort());
      // The state holds all of it again, and nothing is left to do.
      const seen = await refreshed(lives, back);
      if (isSeen) deepEqual(seen.state, back.state);
      const again = await lives.up({ ...bob, [label]: memberOf(after, one) }, seen, more);
      if (isSeen) deepEqual(writesIn(again.requests), []);
    });
    await fc.assert(property, { numRuns, seed });
  });

  const rich = { identity: "alice", attributes: { pin: "canary" }, lastReadMessageIndex: 1 };
  const elsewhere = { conversationSid: "support", identity: "alice" };

  /** A roster drops her, and the program declares her beside it. */
  async function dropping(lives: RosterLives, last: Deed, beside: JsonObject): Promise<Deed> {
    const run = life.run();
    run.lifecycle.check({}, beside);
    const { inputs } = run.roster.check(last.inputs, {
      conversationSid: lives.conversationSid,
      members: bob,
    });
    return { ...last, inputs, state: await run.roster.update(last.sid, last.state, inputs) };
  }

  for (const [what, beside] of [
    ["was handed over and nobody has taken her", () => ({ ...elsewhere, conversationSid: desk })],
    ["may be another resource's", () => elsewhere],
  ] as const)
    for (const secretMembers of [false, true])
      it(`loses what is no longer declared of her${secretMembers ? ", a secret" : ""}, where she ${what}`, async () => {
        const lives = new RosterLives(life, desk);
        const alice = { ...rich, roleSid: roles[0] ?? "" };
        const first = await lives.up({ ...bob, alice }, undefined, { secretMembers });
        passed();
        life.simulator.addFault({ ...REFUSED, method: "GET", route: "/v1/Services/*/Conversations/support" });
        const kept = await dropping(lives, first, beside());
        equal(Object.keys(kept.state["sids"] as object).length, 2);
        equal(JSON.stringify(kept.state).includes("canary"), !secretMembers);
        const { requests } = await lives.up({ ...bob, alice: { identity: "alice" } }, kept);
        deepEqual(
          writesIn(requests).map(({ form }) => Object.keys(form).sort()),
          [["Attributes", "RoleSid"]],
        );
        deepEqual([rowIn(desk)?.attributes, rowIn(desk)?.role_sid === roles[0]], ["{}", false]);
      });

  it("keeps the binding that somebody gave her, and is the same person", async () => {
    const lives = new RosterLives(life, desk);
    const first = await lives.up({ ...bob, alice: { identity: "alice" } });
    const { sid } = rowIn(desk) ?? { sid: "" };
    life.simulator.change(sid, {
      messaging_binding: { type: "sms", projected_address: "+14155550101" },
    });
    const seen = await refreshed(lives, first);
    life.simulator.addFault(REFUSED);
    const removed = await lives.up(bob, seen);
    life.simulator.clearFaults();
    const { requests } = await lives.up({ ...bob, alice: { identity: "alice" } }, removed);
    deepEqual([writesIn(requests), rowIn(desk)?.sid], [[], sid]);
  });

  it("stays as she is where `ignoreChanges` brings back what a refresh has shown", async () => {
    const lives = new RosterLives(life, desk);
    const first = await lives.up({ ...bob, alice: rich });
    passed();
    life.simulator.addFault(REFUSED);
    const shown = await refreshed(lives, await lives.up(bob, first));
    const ignored = (shown.inputs["members"] ?? {}) as Record<string, JsonObject>;
    equal(Object.keys(ignored).length, 2);
    deepEqual((await lives.up(ignored, shown)).requests, []);
    const { requests } = await lives.up({ ...ignored, carl: { identity: "carl" } }, shown);
    deepEqual(
      writesIn(requests).map(({ form }) => form["Identity"]),
      ["carl"],
    );
  });

  it("is told her read marks again where they may be secret, and the state held none", async () => {
    const lives = new RosterLives(life, desk);
    const more = { secretMembers: true };
    const first = await lives.up({ ...bob, alice: rich }, undefined, more);
    passed();
    life.simulator.addFault(REFUSED);
    const shown = await refreshed(lives, await lives.up(bob, first));
    life.simulator.clearFaults();
    equal(/canary|lastReadMessageIndex":1/.test(JSON.stringify([shown.state, shown.inputs])), false);
    const { requests } = await lives.up({ ...bob, alice: rich }, shown, more);
    deepEqual(
      writesIn(requests).map(({ form }) => form),
      [{ Attributes: '{"pin":"canary"}', LastReadMessageIndex: "1" }],
    );
  });
});
