import { deepEqual, equal, match, notEqual } from "node:assert/strict";
import {
  type Definition,
  deletesBeforeReplace,
  isSingleton,
} from "../../../../provider/core/definition/define";
import type { JsonObject } from "../../../../provider/core/json";
import { definitions } from "../../../../provider/resources";
import { role } from "../../../../provider/resources/service/role";
import { driftedDeclarations } from "../../../types";
import { makeWorld, type World } from "../../../types/drifted";
import { type Run, useLife } from "../../life";

// The calls are those that the engine was seen to make at 3.255.0; on it, tests/lifecycle/suite/suite.ts does the same.

interface Held {
  readonly sid: string;
  readonly state: JsonObject;
}

describe("A replacement that the engine asks no diff for", () => {
  const life = useLife({ switches: { groupMms: true } });
  let world: World;
  beforeEach(async () => {
    world = await makeWorld(life.account);
  });

  /** `replacementTrigger` and `replaceWith`: it checks with the old inputs, then as if there were none. */
  const forced = async ({ lifecycle }: Run, inputs: JsonObject, olds = inputs): Promise<Held> => {
    lifecycle.check(olds, inputs);
    return lifecycle.create(lifecycle.check({}, inputs).inputs);
  };
  const kept = ({ lifecycle }: Run, { sid, state }: Held, inputs: JsonObject) =>
    lifecycle.diff(sid, state, lifecycle.check(inputs, inputs).inputs);
  const created = (definition: Definition, inputs: JsonObject) =>
    life.run(definition).lifecycle.create(inputs);

  const standing = definitions.filter(
    (definition) => !isSingleton(definition) && !deletesBeforeReplace(definition),
  );
  for (const definition of standing)
    for (const adopt of [undefined, "always", "matching", "never"] as const) {
      const inputsOf = () => ({
        ...driftedDeclarations(definition.type, world)[0]?.inputs,
        ...(adopt && { adopt }),
      });

      it(`makes a new ${definition.noun}, and lets the old one go (adopt: ${adopt})`, async () => {
        const old = await created(definition, inputsOf());
        const run = life.run(definition);
        const other = await forced(run, inputsOf());
        notEqual(other.sid, old.sid);
        await run.lifecycle.delete(old.sid, old.state);
        equal(isThere(await life.run(definition).lifecycle.read(old.sid, old.state)), false);
        equal(isThere(await life.run(definition).lifecycle.read(other.sid, other.state)), true);
      });
    }
  const isThere = (found: { state: JsonObject } | undefined) =>
    found !== undefined && found.state["missing"] !== true;

  const agent = { friendlyName: "an agent", type: "conversation", permissions: ["sendMessage"] };
  const agents = () =>
    life.simulator
      .roles()
      .filter(({ friendly_name }) => friendly_name === agent.friendlyName)
      .map(({ sid }) => sid);

  it("goes on where it was killed: what it had made is taken over, and is not the old one", async () => {
    const old = await created(role, agent);
    life.simulator.clock.advance(60_000);
    const left = await forced(life.run(role), agent);
    const run = life.run(role);
    equal((await forced(run, agent)).sid, left.sid);
    await run.lifecycle.delete(old.sid, old.state);
    deepEqual(agents(), [left.sid]);
  });

  it("is none of two of one name that an interrupted run left: each is taken over once", async () => {
    for (const _ of [1, 2]) await created(role, { ...agent, adopt: "never" });
    const { lifecycle } = life.run(role);
    const taken = await Promise.all([1, 2].map(() => lifecycle.create(agent)));
    deepEqual(taken.map(({ sid }) => sid).sort(), [...agents()].sort());
  });

  it("lets two of one name go, each for one of its own", async () => {
    const olds = [await created(role, agent), await created(role, { ...agent, adopt: "never" })];
    const run = life.run(role);
    const news = await Promise.all(olds.map(() => forced(run, agent)));
    equal(new Set([...olds, ...news].map(({ sid }) => sid)).size, 4);
  });

  it("takes nothing that a twin keeps for the one that goes", async () => {
    const twin = await created(role, agent);
    life.simulator.clock.advance(60_000);
    const old = await created(role, { ...agent, adopt: "never" });
    const run = life.run(role);
    kept(run, twin, agent);
    const other = await forced(run, agent);
    deepEqual(agents().sort(), [twin.sid, old.sid, other.sid].sort());
  });

  it("takes nothing whose update is yet to begin", async () => {
    const { sid, state } = await created(role, agent);
    const run = life.run(role);
    const stored = { ...state, permissions: ["leaveConversation"] };
    // The inputs are not the same, and yet the object is.
    notEqual(kept(run, { sid, state: stored }, { ...agent, adopt: "matching" }).changes, false);
    notEqual((await run.lifecycle.create(run.lifecycle.check({}, agent).inputs)).sid, sid);
  });

  for (const [what, order] of Object.entries({
    "a twin that is older": ["twin", "old"],
    "a twin that is newer": ["old", "twin"],
    "a twin that is newer than what was left": ["old", "left", "twin"],
    "a twin that is older, and what was left": ["twin", "old", "left"],
  }))
    it(`takes nothing that a refresh has read: ${what}, with --parallel 1`, async () => {
      const objects = new Map<string, Held>();
      for (const name of order) objects.set(name, await created(role, { ...agent, adopt: "never" }));
      const run = life.run(role);
      const [twin, old] = [objects.get("twin"), objects.get("old")];
      for (const held of [twin, old]) await run.lifecycle.read(String(held?.sid), held?.state ?? {});
      const other = await forced(run, agent);
      if (order.includes("left")) equal(other.sid, objects.get("left")?.sid);
      await run.lifecycle.delete(String(old?.sid), old?.state ?? {});
      deepEqual(agents().sort(), [String(twin?.sid), other.sid].sort());
    });

  for (const [what, changed] of Object.entries<JsonObject>({
    replaceOnChanges: { permissions: ["leaveConversation"] },
    "what replaces": { friendlyName: "another" },
  }))
    it(`is not its own, where another of its name is deleted before it is replaced (${what})`, async () => {
      const [one, old] = [await created(role, agent), await created(role, { ...agent, adopt: "never" })];
      const run = life.run(role);
      const news = { ...agent, ...changed };
      run.lifecycle.diff(one.sid, one.state, run.lifecycle.check(agent, news).inputs);
      run.lifecycle.check({}, news);
      run.lifecycle.check(agent, agent);
      const { inputs } = run.lifecycle.check({}, agent);
      await run.lifecycle.delete(one.sid, one.state);
      notEqual((await run.lifecycle.create(inputs)).sid, old.sid);
    });

  it("takes what was left where the old one was deleted before, and that of no other", async () => {
    const inputs = { ...agent, adopt: "never" };
    const [old, twin] = [await created(role, inputs), await created(role, inputs)];
    life.simulator.clock.advance(60_000);
    const left = await created(role, inputs);
    const run = life.run(role);
    const news = [0, 1].map(() => {
      run.lifecycle.check(agent, agent);
      return run.lifecycle.check({}, agent).inputs;
    });
    await run.lifecycle.delete(old.sid, old.state);
    const others = await Promise.all(news.map((each) => run.lifecycle.create(each)));
    equal(others.filter(({ sid }) => sid === left.sid).length, 1);
    equal(
      others.some(({ sid }) => sid === twin.sid),
      false,
    );
  });

  it("is no other one's, of another name or in another service: what is left of that is taken over", async () => {
    const { sid: serviceSid } = await life.account.service("another");
    const there = { ...agent, serviceSid };
    const left = [await created(role, there), await created(role, { ...agent, friendlyName: "another" })];
    await created(role, agent);
    const run = life.run(role);
    await forced(run, agent);
    const taken = [await run.lifecycle.create(there)];
    taken.push(await run.lifecycle.create({ ...agent, friendlyName: "another" }));
    deepEqual(
      taken.map(({ sid }) => sid),
      left.map(({ sid }) => sid),
    );
  });

  it("that changes the name as well takes over what was left of the new one", async () => {
    await created(role, { ...agent, friendlyName: "an old name" });
    const left = await created(role, agent);
    const other = await forced(life.run(role), agent, { ...agent, friendlyName: "an old name" });
    equal(other.sid, left.sid);
  });

  it("is none where a diff follows the check", async () => {
    const one = await created(role, agent);
    const run = life.run(role);
    kept(run, one, agent);
    run.lifecycle.check({}, agent);
    deepEqual(agents(), [one.sid]);
    const left = await life.run(role).lifecycle.create({ ...agent, adopt: "never" });
    equal((await run.lifecycle.create(agent)).sid, left.sid);
  });

  it("is not seen with --replace and taint, so that is said, with the hint, which works", async () => {
    const old = await created(role, agent);
    const run = life.run(role);
    // As for what is new.
    equal((await run.lifecycle.create(run.lifecycle.check({}, agent).inputs)).sid, old.sid);
    await run.lifecycle.delete(old.sid, old.state);
    match(
      run.notes.join("\n"),
      new RegExp(`role ${old.sid} was kept: .* it was not replaced: set adopt: "never"`),
    );
    const next = life.run(role);
    const never = next.lifecycle.check({}, { ...agent, adopt: "never" }).inputs;
    notEqual((await next.lifecycle.create(never)).sid, old.sid);
  });
});
