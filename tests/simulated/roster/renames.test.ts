import { deepEqual, equal, match, rejects } from "node:assert/strict";
import type { JsonObject } from "../../../provider/core/json";
import type { CreateResult } from "../../../provider/core/lifecycle/operations";
import { conversation } from "../../../provider/resources";
import { type Run, useLife } from "../../fault/life";

/** A rename that the program declares is no proof of what a name means before it is carried out. */
describe("Whom a roster drops while a conversation is to be renamed", () => {
  const life = useLife();
  const desk = { uniqueName: "desk" };
  const renamed = { uniqueName: "support" };
  const alice = { identity: "alice" };
  let home: CreateResult;
  const roster = (...names: string[]) => ({
    conversationSid: home.sid,
    members: Object.fromEntries(names.map((identity) => [identity, { identity }])),
  });
  const isThere = () => life.simulator.participants().some(({ identity }) => identity === "alice");

  beforeEach(async () => {
    const { lifecycle } = life.run(conversation);
    home = await lifecycle.create(lifecycle.check({}, desk).inputs);
  });
  /** The conversation is heard to get another name; what is returned does it. */
  function renaming(run: Run, to: JsonObject = renamed): () => Promise<JsonObject> {
    const alive = run.of(conversation);
    const { inputs } = alive.check(desk, to);
    alive.diff(home.sid, home.state, inputs);
    return () => alive.update(home.sid, home.state, inputs);
  }
  /** The roster comes to declare bob alone. */
  async function dropping(run: Run, before: CreateResult, inputs: JsonObject, more: JsonObject = {}) {
    const checked = run.roster.check(inputs, { ...roster("bob"), ...more }).inputs;
    const { changes } = run.roster.diff(before.sid, before.state, checked);
    const state = await run.roster.update(before.sid, before.state, checked);
    return { sid: before.sid, state, inputs: checked, changes };
  }
  async function declared(more: JsonObject = {}, ...names: string[]) {
    const run = life.run();
    const { inputs } = run.roster.check({}, { ...roster(...names), ...more });
    const created = await run.roster.create(inputs);
    life.simulator.clock.advance(7_200_000);
    return { ...created, inputs };
  }
  const labels = ({ state }: { state: JsonObject }) => Object.keys(state["sids"] as object);
  const isKept = (deed: { state: JsonObject }, { notes }: Run) => {
    match(labels(deed).join(), /:MB/);
    match(notes.join("\n"), /MB\w+\)? stays in conversation CH\w+, .*tries again/);
  };

  it("is kept and named, where the rename is refused before or after", async () => {
    for (const isBefore of [true, false]) {
      life.simulator.reset();
      const { lifecycle } = life.run(conversation);
      home = await lifecycle.create(lifecycle.check({}, desk).inputs);
      await life.account.conversation("support");
      const before = await declared({}, "alice", "bob");
      const run = life.run();
      const rename = renaming(run);
      run.lifecycle.check({}, { conversationSid: "support", ...alice });
      if (isBefore) await rejects(rename());
      const deed = await dropping(run, before, before.inputs);
      if (!isBefore) await rejects(rename());
      isKept(deed, run);
      // The program takes the rename back.
      const next = life.run();
      renaming(next, desk);
      next.lifecycle.check({}, { conversationSid: "support", ...alice });
      const last = await dropping(next, deed, deed.inputs);
      deepEqual([isThere(), labels(last)], [false, ["bob"]]);
    }
  });

  it("is the other resource's where the rename is carried out", async () => {
    const before = await declared({}, "alice", "bob");
    const run = life.run();
    await renaming(run)();
    const { inputs } = run.lifecycle.check({}, { conversationSid: "support", ...alice });
    life.simulator.clearRequests();
    const [deed, { sid }] = await Promise.all([
      dropping(run, before, before.inputs),
      run.lifecycle.create(inputs),
    ]);
    const told = run.notes.filter((note) => !note.includes(`${sid} (identity "alice") was taken over`));
    deepEqual([isThere(), labels(deed), told], [true, ["bob"], []]);
    equal(
      life.simulator.requests().some(({ path }) => path.endsWith("/Conversations/support")),
      false,
    );
  });

  it("is kept where the name is this conversation's as yet, and is to be another one's", async () => {
    const before = await declared({}, "alice", "bob");
    const other = await life.account.conversation("other");
    const run = life.run();
    renaming(run);
    const alive = run.of(conversation);
    const { accountSid, chatServiceSid } = home.state;
    const state = { accountSid: accountSid ?? "", chatServiceSid: chatServiceSid ?? "", uniqueName: "other" };
    alive.diff(other.sid, state, alive.check({ uniqueName: "other" }, desk).inputs);
    run.lifecycle.check({}, { conversationSid: "desk", ...alice });
    isKept(await dropping(run, before, before.inputs), run);
    equal(isThere(), true);
  });

  it("stays in state as a stranger of an exclusive roster, where the rename is not carried out", async () => {
    const exclusive = { exclusive: true };
    const before = await declared(exclusive, "bob");
    await life.account.conversation("support");
    await life.account.post(`/Conversations/${home.sid}/Participants`, { Identity: "alice" });
    const found = await life.run().roster.read(before.sid, before.state);
    const run = life.run();
    renaming(run);
    run.lifecycle.check({}, { conversationSid: "support", ...alice });
    const shown = { sid: before.sid, state: found?.state ?? {} };
    isKept(await dropping(run, shown, found?.inputs ?? {}, exclusive), run);
  });
});
