import { deepEqual, equal, match, notEqual, rejects } from "node:assert/strict";
import {
  type Definition,
  deletesBeforeReplace,
  fieldsOf,
  isSingleton,
} from "../../../../provider/core/definition/define";
import type { JsonObject } from "../../../../provider/core/json";
import { definitions } from "../../../../provider/resources";
import { conversation } from "../../../../provider/resources/conversation/conversation";
import { message } from "../../../../provider/resources/conversation/message";
import { participant } from "../../../../provider/resources/conversation/participant";
import { role } from "../../../../provider/resources/service/role";
import type { RowPrefix } from "../../../../simulator";
import { type Run, useLife } from "../../life";

// The calls are those that the engine was seen to make at 3.255.0, as in replacements.test.ts.

interface Held {
  readonly sid: string;
  readonly state: JsonObject;
}

/** How the engine comes to create in place of what it has: by what it asks before. */
type Way = (run: Run, old: Held, inputs: JsonObject) => JsonObject;

const WAYS: Readonly<Record<string, Way>> = {
  "replacementTrigger, replaceWith": ({ lifecycle }, _, inputs) => {
    lifecycle.check(inputs, inputs);
    return lifecycle.check({}, inputs).inputs;
  },
  "--replace, taint": ({ lifecycle }, _, inputs) => lifecycle.check({}, inputs).inputs,
  replaceOnChanges: ({ lifecycle }, { sid, state }, inputs) => {
    const news = { ...inputs, webhookEnabled: true };
    lifecycle.check(inputs, news);
    notEqual(lifecycle.diff(sid, state, news).changes, false);
    return lifecycle.check({}, news).inputs;
  },
};

interface Kind {
  readonly definition: Definition;
  readonly prefix: RowPrefix;
  readonly inputs: JsonObject;
}

/** Every kind that takes the date of its creation, so that the date tells nothing of its age. */
const KINDS: Readonly<Record<string, Kind>> = {
  Conversation: { definition: conversation, prefix: "CH", inputs: { uniqueName: "eu" } },
  Message: {
    definition: message,
    prefix: "IM",
    inputs: { conversationSid: "desk", author: "ann", body: "hello" },
  },
  Participant: {
    definition: participant,
    prefix: "MB",
    inputs: { conversationSid: "desk", identity: "ann" },
  },
};

const AGENT = { friendlyName: "an agent", type: "conversation", permissions: ["sendMessage"] };

const DATES: Readonly<Record<string, JsonObject>> = {
  "of its own date": { dateCreated: "2019-12-31T23:30:00Z" },
  "of the same second": {},
};

describe("A replacement that was killed", () => {
  const life = useLife();
  let before: Set<string>;
  beforeEach(async () => {
    await life.account.conversation("desk");
    before = new Set(life.simulator.conversations().map(({ sid }) => String(sid)));
  });

  it("is tried with every kind that takes the date of its creation", () =>
    deepEqual(
      Object.keys(KINDS),
      definitions
        .filter((definition: Definition) => fieldsOf(definition).some(({ name }) => name === "dateCreated"))
        .map(({ type }) => type),
    ));

  it("is told by more than the date, wherever there can be two at a time", () => {
    for (const { definition } of Object.values(KINDS))
      if (!isSingleton(definition) && !deletesBeforeReplace(definition))
        notEqual(definition.orderOf, undefined, definition.type);
  });

  for (const { definition, prefix, inputs: of } of Object.values(KINDS))
    for (const [way, ask] of Object.entries(WAYS))
      for (const [when, date] of Object.entries(DATES)) {
        const inputs = { ...of, ...date };
        const sids = () =>
          life.simulator
            .rows(prefix)
            .map(({ sid }) => String(sid))
            .filter((sid) => !before.has(sid));

        /** What one run does, which is killed before it is recorded, or not. */
        const replaced = async (run: Run, old: Held, isKilled: boolean): Promise<Held> => {
          const news = ask(run, old, inputs);
          if (deletesBeforeReplace(definition)) await run.lifecycle.delete(old.sid, old.state);
          const made = await run.lifecycle.create(news);
          if (!deletesBeforeReplace(definition) && !isKilled) await run.lifecycle.delete(old.sid, old.state);
          return made;
        };

        it(`leaves a ${definition.noun} ${when} to the next one, which lets the old one go (${way})`, async () => {
          const old = await life.run(definition).lifecycle.create({ ...inputs, adopt: "never" });
          const left = await replaced(life.run(definition), old, true);
          // As for what is new: the old one is taken over, which its delete says.
          const isTold = way !== "--replace, taint" || deletesBeforeReplace(definition);
          equal(left.sid !== old.sid, isTold);
          const other = await replaced(life.run(definition), old, false);
          equal(other.sid, left.sid);
          deepEqual(sids(), [other.sid]);
        });
      }

  describe("and of which the engine tells nothing, as with --replace and taint,", () => {
    const dated = { conversationSid: "desk", author: "ann", dateCreated: "2019-12-31T23:30:00Z" };
    const rows: [string, Definition, RowPrefix, JsonObject][] = [
      ["a message of its own date", message, "IM", { ...dated, body: "hello" }],
      ["a message that is young", message, "IM", { conversationSid: "desk", author: "ann", body: "hello" }],
      ["a role that is young", role, "RL", AGENT],
    ];
    for (const [what, definition, prefix, inputs] of rows)
      it(`leaves what the next one takes over instead of the old one: ${what}`, async () => {
        const others = new Set(life.simulator.rows(prefix).map(({ sid }) => sid));
        const old = await life.run(definition).lifecycle.create(inputs);
        await life.clock.sleep(60_000);
        const left = await life.run(definition).lifecycle.create({ ...inputs, adopt: "never" });
        const run = life.run(definition);
        equal((await run.lifecycle.create(run.lifecycle.check({}, inputs).inputs)).sid, left.sid);
        await run.lifecycle.delete(old.sid, old.state);
        const rest = life.simulator.rows(prefix).filter(({ sid }) => !others.has(sid));
        deepEqual(
          rest.map(({ sid }) => sid),
          [left.sid],
        );
      });
  });

  it("is refused where nothing tells which one came first", async () => {
    const inputs = { ...AGENT };
    const old = await life.run(role).lifecycle.create(inputs);
    const left = await life.run(role).lifecycle.create({ ...inputs, adopt: "never" });
    const now = new Date(life.simulator.clock.nowMs()).toISOString();
    for (const { sid } of [old, left]) life.simulator.change(sid, { date_created: now });
    const replace = (adopt: JsonObject = {}) => {
      const run = life.run(role);
      return run.lifecycle.create(
        WAYS["replacementTrigger, replaceWith"]?.(run, old, { ...inputs, ...adopt }) ?? {},
      );
    };
    await rejects(replace(), (error: Error) => {
      match(
        error.message,
        /^cannot create role: RL\w+ or RL\w+ is the one to be replaced, and nothing tells which\. Another resource of the program may hold the other\. Set adopt: "never" for this `pulumi up`: it creates another beside them\.$/,
      );
      return true;
    });
    const other = await replace({ adopt: "never" });
    equal([old.sid, left.sid].includes(other.sid), false);
    life.simulator.remove(other.sid);
    life.simulator.remove(left.sid);
    equal([old.sid, left.sid].includes((await replace()).sid), false);
  });

  it("leaves of a history what it had made, each of its own date", async () => {
    const history = Array.from({ length: 4 }, (_, minute) => ({
      conversationSid: "desk",
      author: "ann",
      body: "ok",
      dateCreated: `2020-01-01T00:0${minute}:00Z`,
    }));
    const way = WAYS["replacementTrigger, replaceWith"] as Way;
    const olds = await Promise.all(history.map((inputs) => life.run(message).lifecycle.create(inputs)));
    const replace = (run: Run, count: number) => {
      const asked = olds.slice(0, count).map((old, index) => way(run, old, history[index] ?? {}));
      return Promise.all(asked.map((inputs) => run.lifecycle.create(inputs)));
    };
    const left = await replace(life.run(message), 2);
    const run = life.run(message);
    const made = await replace(run, olds.length);
    deepEqual(
      made.slice(0, 2).map(({ sid }) => sid),
      left.map(({ sid }) => sid),
    );
    for (const { sid, state } of olds) await run.lifecycle.delete(sid, state);
    deepEqual(
      life.simulator
        .rows("IM")
        .map(({ sid }) => sid)
        .sort(),
      made.map(({ sid }) => sid).sort(),
    );
  });
});
