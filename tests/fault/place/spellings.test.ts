import { deepEqual, doesNotMatch, equal, match } from "node:assert/strict";
import type { Definition } from "../../../provider/core/definition/define";
import { referencesOf } from "../../../provider/core/definition/reference";
import type { JsonObject } from "../../../provider/core/json";
import type {
  CreateResult,
  ResourceProvider as Lifecycle,
} from "../../../provider/core/lifecycle/operations";
import { conversation, definitions, roster, user } from "../../../provider/resources";
import { argsInConversations } from "../../types";
import { type Run, useLife } from "../life";

/** One conversation has several names: its SID, its unique name, and the one that the program is about to give it. */
const ARGS = argsInConversations();

describe("another spelling of the same place", () => {
  const life = useLife();
  let sid = "";
  beforeEach(async () => {
    sid = (await life.account.conversation("support")).sid;
    await life.account.post(`/Conversations/${sid}/Participants`, { Identity: "alice" });
  });
  const lifeOf = (run: Run, definition: Definition): Lifecycle =>
    definition === roster ? run.roster : run.of(definition);

  /** What the diff says of `after`, and what comes of it; `declared` is a program's conversation, by its unique name. */
  async function respelled(definition: Definition, before: JsonObject, after: JsonObject, declared?: string) {
    const first = lifeOf(life.run(), definition);
    const own = await first.create(first.check({}, before).inputs);
    const run = life.run(undefined, {}, twin());
    if (declared !== undefined) heard(run, conversation, sid, { uniqueName: declared });
    return { own, run, ...again(run, definition, own, after) };
  }
  const twin = () => {
    const { accountSid, authToken } = life.simulator.account;
    return { TWILIO_TWIN_ACCOUNT_SID: accountSid, TWILIO_TWIN_AUTH_TOKEN: authToken };
  };
  function heard(run: Run, definition: Definition, of: string, inputs: JsonObject): void {
    const { accountSid, defaultServiceSid } = life.simulator.account;
    const state = {
      ...inputs,
      uniqueName: "support",
      accountSid,
      chatServiceSid: defaultServiceSid,
      sid: of,
    };
    run.of(definition).diff(of, state, run.of(definition).check(inputs, inputs).inputs);
  }
  function again(run: Run, definition: Definition, own: CreateResult, after: JsonObject) {
    const alive = lifeOf(run, definition);
    const { inputs, failures } = alive.check({}, after);
    deepEqual(failures, []);
    const { changes, replaces } = alive.diff(own.sid, own.state, inputs);
    return { inputs, changes, replaces };
  }
  /** An update of it, which sends nothing; the next run knows the place without being told. */
  async function isRecorded(
    definition: Definition,
    { run, own, inputs }: Awaited<ReturnType<typeof respelled>>,
  ) {
    life.simulator.clearRequests();
    const state = await lifeOf(run, definition).update(own.sid, own.state, inputs);
    deepEqual(life.simulator.requests(), []);
    const next = again(life.run(undefined, {}, twin()), definition, { sid: own.sid, state }, inputs);
    deepEqual([next.changes, next.replaces], [false, []]);
    return state;
  }

  const kinds = [...definitions, roster].filter((definition) => referencesOf(definition).length > 0);
  it("is looked at for every kind", () =>
    deepEqual(kinds.map(({ type }) => type).sort(), Object.keys(ARGS).sort()));

  for (const definition of kinds) {
    const { type, noun } = definition;
    const named = (conversationSid: string, more: JsonObject = {}) => ({
      conversationSid,
      ...ARGS[type],
      ...more,
    });

    it(`replaces no ${noun} where the program gives the conversation another name`, async () => {
      const deed = await respelled(definition, named("support"), named("help"), "help");
      deepEqual([deed.changes, deed.replaces, deed.run.notes], [undefined, [], []]);
      const state = await isRecorded(definition, deed);
      deepEqual([state["conversationSid"], state["resolvedConversationSid"]], ["help", sid]);
    });

    it(`replaces no ${noun} that comes to name the conversation, or its SID`, async () => {
      const deed = await respelled(definition, named(sid), named("support"), "support");
      deepEqual([deed.changes, deed.replaces, deed.run.notes], [undefined, [], []]);
      const state = await isRecorded(definition, deed);
      equal(state["resolvedConversationSid"], sid);
      const back = again(life.run(), definition, { sid: deed.own.sid, state }, named(sid));
      deepEqual(back.replaces, []);
    });

    it(`says what to do where nobody knows whether a ${noun} is in the same one`, async () => {
      for (const [at, before] of ["support", sid].entries()) {
        const about = type === "Message" ? { body: `hello ${at}` } : { adopt: "always" };
        const more = type === "UserConversation" ? {} : about;
        const deed = await respelled(definition, named(before, more), named("help", more));
        deepEqual(deed.replaces, ["conversationSid"]);
        match(deed.run.notes.join("\n"), new RegExp(`same conversation, give the SID ${sid} instead`));
      }
    });

    it(`replaces a ${noun} without advice where it comes to be in another one`, async () => {
      const other = await life.account.conversation("other");
      const deed = await respelled(definition, named("support"), named(other.sid));
      deepEqual(deed.replaces, ["conversationSid"]);
      const run = life.run();
      heard(run, conversation, other.sid, { uniqueName: "other" });
      deepEqual(again(run, definition, deed.own, named("other")).replaces, ["conversationSid"]);
      // The one that it is in is known to have another name.
      const away = life.run();
      heard(away, conversation, sid, { uniqueName: "away" });
      deepEqual(again(away, definition, deed.own, named("nowhere")).replaces, ["conversationSid"]);
      for (const notes of [deed.run.notes, run.notes, away.notes]) doesNotMatch(notes.join("\n"), /instead/);
    });

    it(`replaces no ${noun} for another name of the same account`, async () => {
      const deed = await respelled(definition, named(sid), named(sid, { account: "twin" }));
      deepEqual([deed.changes, deed.replaces, deed.run.notes], [undefined, [], []]);
      equal((await isRecorded(definition, deed))["account"], "twin");
    });
  }

  it("replaces nothing for a user by its SID or its identity", async () => {
    const kind = kinds.find(({ type }) => type === "UserConversation");
    if (kind === undefined) throw new Error("there is no user conversation");
    const [alice] = life.simulator.users();
    const userSid = String(alice?.["sid"]);
    const bySid = { conversationSid: sid, userSid, notificationLevel: "muted" };
    const deed = await respelled(kind, bySid, { ...bySid, userSid: "alice" });
    deepEqual(deed.replaces, ["userSid"]);
    match(deed.run.notes.join("\n"), new RegExp(`same user, give the SID ${userSid} instead`));
    const run = life.run();
    const { accountSid, defaultServiceSid } = life.simulator.account;
    const state = { identity: "alice", accountSid, chatServiceSid: defaultServiceSid };
    run.of(user).diff(userSid, state, run.of(user).check({}, { identity: "alice" }).inputs);
    deepEqual(again(run, kind, deed.own, { ...bySid, userSid: "alice" }).replaces, []);
  });
});
