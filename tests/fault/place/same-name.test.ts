import { deepEqual, doesNotMatch, equal, match } from "node:assert/strict";
import type { Definition } from "../../../provider/core/definition/define";
import { referencesOf } from "../../../provider/core/definition/reference";
import type { JsonObject } from "../../../provider/core/json";
import type {
  CreateResult,
  ResourceProvider as Lifecycle,
} from "../../../provider/core/lifecycle/operations";
import { conversation, definitions, roster, user, userConversation } from "../../../provider/resources";
import { argsInConversations } from "../../types";
import { type Run, useLife } from "../life";

/** The program says the same name as before, which means another object by now: the run has seen it move. */
const ARGS = argsInConversations();

describe("the same spelling of another place", () => {
  const life = useLife();
  const kinds = [...definitions, roster].filter((definition) => referencesOf(definition).length > 0);
  const lifeOf = (run: Run, definition: Definition): Lifecycle =>
    definition === roster ? run.roster : run.of(definition);

  async function made(definition: Definition, program: JsonObject, run = life.run()) {
    const alive = lifeOf(run, definition);
    const { inputs } = alive.check({}, program);
    return { ...(await alive.create(inputs)), inputs };
  }
  const named = async (uniqueName: string) => {
    const own = await made(conversation, { uniqueName, adopt: "always" });
    await life.account.post(`/Conversations/${own.sid}/Participants`, { Identity: "alice" });
    return own;
  };
  /** The conversation is heard to get another name; what is returned does it. */
  function renaming(
    run: Run,
    { sid, state, inputs: olds }: CreateResult & { inputs: JsonObject },
    to: string,
  ) {
    const alive = run.of(conversation);
    const { inputs } = alive.check(olds, { ...olds, uniqueName: to });
    alive.diff(sid, state, inputs);
    return () => alive.update(sid, state, inputs);
  }
  function unchanged(
    run: Run,
    definition: Definition,
    { sid, state, inputs: program }: CreateResult & { inputs: JsonObject },
  ) {
    const alive = lifeOf(run, definition);
    const { inputs } = alive.check(program, program);
    return { ...alive.diff(sid, state, inputs), inputs };
  }

  it("is looked at for every kind", () =>
    deepEqual(kinds.map(({ type }) => type).sort(), Object.keys(ARGS).sort()));

  for (const definition of kinds) {
    const { type, noun } = definition;
    const program = { conversationSid: "a", ...ARGS[type] };

    it(`replaces a ${noun} where two conversations exchange their names`, async () => {
      const [a, b] = [await named("a"), await named("b")];
      const own = await made(definition, program);
      life.simulator.clock.advance(7_200_000);
      const run = life.run();
      const renames = [renaming(run, a, "b"), renaming(run, b, "a")];
      // The preview knows it already.
      const shown = unchanged(run, definition, own);
      deepEqual([shown.changes, shown.replaces], [true, ["conversationSid"]]);
      await Promise.all(renames.map((rename) => rename()));
      const { changes, replaces, inputs } = unchanged(run, definition, own);
      deepEqual([changes, replaces], [true, ["conversationSid"]]);
      await lifeOf(run, definition).delete(own.sid, own.state);
      const next = await lifeOf(run, definition).create(inputs);
      deepEqual([next.state["conversationSid"], next.state["resolvedConversationSid"]], ["a", b.sid]);
      const last = life.run();
      renaming(last, { ...b, state: { ...b.state, uniqueName: "a" } }, "a");
      const after = unchanged(last, definition, { ...next, inputs });
      deepEqual([after.changes, after.replaces], [false, []]);
    });

    it(`replaces a ${noun} where a new conversation has the name`, async () => {
      const a = await named("a");
      const own = await made(definition, program);
      // The preview has a provider of its own.
      const preview = life.run();
      renaming(preview, a, "z");
      const shown = unchanged(preview, definition, own);
      deepEqual([shown.changes, shown.replaces], [false, []]);
      match(
        preview.notes.join("\n"),
        new RegExp(`conversation ${a.sid}, to which the program gives another name`),
      );
      const run = life.run();
      await renaming(run, a, "z")();
      const c = await made(conversation, { uniqueName: "a" }, run);
      equal(c.sid === a.sid, false);
      deepEqual(unchanged(run, definition, own).replaces, ["conversationSid"]);
    });

    it(`replaces no ${noun} where the name means what it meant, or nobody knows`, async () => {
      const a = await named("a");
      const own = await made(definition, program);
      for (const isHeard of [true, false]) {
        const run = life.run();
        if (isHeard) renaming(run, a, "a");
        const { changes, replaces } = unchanged(run, definition, own);
        deepEqual([changes, replaces], [false, []]);
        doesNotMatch(run.notes.join("\n"), /name/);
      }
    });
  }

  it("replaces what names a user by its identity, where that is another user by now", async () => {
    const alice = await made(user, { identity: "alice" });
    const { sid } = await named("a");
    const own = await made(userConversation, { conversationSid: sid, ...ARGS["UserConversation"] });
    const run = life.run();
    await run.of(user).delete(alice.sid, alice.state);
    await made(user, { identity: "alice" }, run);
    deepEqual(unchanged(run, userConversation, own).replaces, ["userSid"]);
  });
});
