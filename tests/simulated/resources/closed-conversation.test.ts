import { deepEqual, equal, match, notEqual, ok, rejects } from "node:assert/strict";
import { fieldsOf } from "../../../provider/core/definition/define";
import type { JsonObject } from "../../../provider/core/json";
import { conversation } from "../../../provider/resources/conversation/conversation";
import { participant } from "../../../provider/resources/conversation/participant";
import { useLife } from "../../fault/life";

interface Standing {
  readonly sid: string;
  readonly state: JsonObject;
}

/** What every field that an update sends can become. */
const OTHER: Readonly<Record<string, JsonObject[string]>> = {
  friendlyName: "another",
  uniqueName: "another",
  attributes: { other: true },
  messagingServiceSid: `MG${"2".repeat(32)}`,
  timers: { closed: "P2D" },
  bindings: { email: { name: "another" } },
};
const desk: JsonObject = { uniqueName: "desk", friendlyName: "Desk" };

describe("A closed conversation", () => {
  const life = useLife();
  const of = () => life.run(conversation).lifecycle;
  const close = (sid: string) => life.simulator.change(sid, { state: "closed" });
  const posts = () => life.simulator.requests().filter(({ method }) => method === "POST").length;
  const said = (work: Promise<unknown>) =>
    work.then(
      () => "",
      (error: unknown) => String(error),
    );
  /** What the engine does with a resource in state: refresh, check, diff, then what that says. */
  async function up(
    { sid, state }: Standing,
    before: JsonObject,
    inputs: JsonObject,
    isRefreshed = true,
  ): Promise<Standing> {
    const lifecycle = of();
    const found = isRefreshed ? await lifecycle.read(sid, state) : { state };
    const stored = found?.state ?? {};
    const checked = lifecycle.check(before, inputs);
    deepEqual(checked.failures, []);
    const { changes, replaces } = lifecycle.diff(sid, stored, checked.inputs);
    if (changes === false) return { sid, state: stored };
    if (replaces.length === 0) return { sid, state: await lifecycle.update(sid, stored, checked.inputs) };
    await lifecycle.delete(sid, stored);
    return lifecycle.create(checked.inputs);
  }
  /** Every option that a text tells to declare, and what can be done without one. */
  const advised = (text: string) =>
    [...text.matchAll(/(\w+: "\w+")|(Delete it)|(another uniqueName)|(an alias)/g)].map(([found]) => found);

  describe("that holds the name of one to be created", () => {
    const wanted: [string, JsonObject][] = [
      ["as it is", desk],
      ["with a state", { ...desk, state: "active" }],
      ['with adopt: "always"', { ...desk, adopt: "always" }],
      ['with adopt: "never"', { ...desk, adopt: "never" }],
      ['with onClosed: "replace"', { ...desk, onClosed: "replace", adopt: "always" }],
    ];
    for (const [what, inputs] of wanted)
      it(`is told with hints that help where it is declared ${what}`, async () => {
        const { sid } = await life.account.conversation("desk");
        close(sid);
        const text = await said(of().create(inputs));
        match(
          text,
          new RegExp(`conversation ${sid} exists already.*It is closed, and .*keeps its uniqueName`),
        );
        // An alias is followed in tests/lifecycle/closed-conversation.
        deepEqual(advised(text), ["Delete it", "another uniqueName", "an alias"]);
        notEqual((await of().create({ ...inputs, uniqueName: "another" })).sid, sid);
        life.simulator.remove(sid);
        equal((await of().create(inputs)).state["state"], "active");
      });
  });

  describe("that is closed outside and not refreshed", () => {
    it('is no error to declare state: "closed" for', async () => {
      const before = { ...desk, state: "active" };
      const standing = await of().create(before);
      close(standing.sid);
      const closed = await up(standing, before, { ...desk, state: "closed" }, false);
      equal(closed.state["state"], "closed");
      deepEqual(of().diff(closed.sid, closed.state, { ...desk, state: "closed" }).changes, false);
    });

    it("is no error to leave without what it has no more", async () => {
      const standing = await of().create(desk);
      life.simulator.change(standing.sid, { unique_name: null, state: "closed" });
      const bare = { ...desk, uniqueName: null, state: "closed" };
      equal((await up(standing, desk, bare, false)).state["uniqueName"], undefined);
    });

    it("cannot be said to have other timers, which Twilio does not tell", async () => {
      const standing = await of().create({ ...desk, timers: { closed: "P1D" } });
      close(standing.sid);
      const text = await said(
        up(standing, desk, { ...desk, timers: { closed: "P2D" }, state: "closed" }, false),
      );
      match(text, /Declare timers as it was/);
    });

    it("is told with hints that help when something of it is changed", async () => {
      const standing = await of().create(desk);
      close(standing.sid);
      const text = await said(up(standing, desk, { ...desk, friendlyName: "another" }, false));
      deepEqual(advised(text), ['state: "closed"', 'onClosed: "replace"']);
      match(text, /run `pulumi up --refresh`/);
      const kept = await up(standing, desk, { ...desk, state: "closed" }, true);
      equal(kept.sid, standing.sid);
      const again = { ...desk, friendlyName: "another", onClosed: "replace" };
      notEqual((await up(kept, desk, again, true)).sid, standing.sid);
    });

    it("says how to have it replaced where that is declared already", async () => {
      const before = { ...desk, onClosed: "replace" };
      const standing = await of().create(before);
      close(standing.sid);
      const inputs = { ...before, friendlyName: "another" };
      const text = await said(up(standing, before, inputs, false));
      deepEqual(advised(text), ['state: "closed"', 'onClosed: "replace"']);
      notEqual((await up(standing, before, inputs, true)).sid, standing.sid);
    });
  });

  describe("that is declared so", () => {
    const closed = { ...desk, state: "closed" };
    const standing = async () => {
      const created = await of().create(desk);
      return { sid: created.sid, state: await of().update(created.sid, created.state, closed) };
    };

    it("has every field below edited", () => {
      const updated = fieldsOf(conversation).filter(({ policy }) => policy.change === "update");
      deepEqual([...Object.keys(OTHER), "state"].sort(), updated.map(({ name }) => name).sort());
    });

    for (const [name, value] of Object.entries(OTHER))
      for (const isRefreshed of [true, false])
        it(`tells with hints that help that ${name} cannot change (${isRefreshed ? "" : "not "}refreshed)`, async () => {
          const old = await standing();
          life.simulator.clearRequests();
          const text = await said(up(old, closed, { ...closed, [name]: value }, isRefreshed));
          match(text, new RegExp(`nothing in a closed conversation can change.*${name}`));
          equal(posts(), 0);
          deepEqual(advised(text), ['state: "closed"', 'onClosed: "replace"']);
          equal((await up(old, closed, closed)).sid, old.sid);
          const { state: _state, ...open } = closed;
          const made = await up(old, closed, { ...open, [name]: value, onClosed: "replace" });
          notEqual(made.sid, old.sid);
          equal(made.state["state"], "active");
        });

    it("takes what is never sent", async () => {
      const old = await standing();
      for (const rest of [{ onClosed: "fail" }, { adopt: "always" }, { webhookEnabled: true }])
        equal((await up(old, closed, { ...closed, ...rest })).sid, old.sid);
    });

    it("takes a field that comes to be declared as it is", async () => {
      const { friendlyName: _friendlyName, ...less } = desk;
      const created = await of().create(less);
      life.simulator.change(created.sid, { friendly_name: "Desk", state: "closed" });
      const { state } = await up(created, less, closed);
      equal(state["friendlyName"], "Desk");
      equal(state["state"], "closed");
    });

    it("is deleted", async () => {
      const { sid, state } = await standing();
      await of().delete(sid, state);
      deepEqual(life.simulator.conversations(), []);
    });
  });

  it("has members that cannot change, told with hints that help", async () => {
    const room = await of().create(desk);
    const alice = { conversationSid: room.sid, identity: "alice" };
    const members = () => life.run(participant).lifecycle;
    const { sid, state } = await members().create(alice);
    close(room.sid);
    const text = await said(members().update(sid, state, { ...alice, attributes: { team: "sales" } }));
    match(text, /nothing in a closed conversation can change/);
    deepEqual(advised(text), ['onClosed: "replace"', 'state: "closed"']);
    equal(members().diff(sid, state, alice).changes, false);
    const { sid: fresh } = await up(room, desk, { ...desk, onClosed: "replace" });
    ok((await members().create({ ...alice, conversationSid: fresh, attributes: { team: "sales" } })).sid);
  });

  it("is no cause for another error of an update", async () => {
    const standing = await of().create(desk);
    life.simulator.addFault({ method: "POST", kind: "status", status: 400, code: 50377, times: 1 });
    await rejects(up(standing, desk, { ...desk, friendlyName: "another" }, false), { name: "ApiError" });
  });
});
