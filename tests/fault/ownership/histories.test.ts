import { deepEqual, equal, match, notEqual, rejects } from "node:assert/strict";
import { type Definition, fieldsOf } from "../../../provider/core/definition/define";
import type { JsonObject } from "../../../provider/core/json";
import { definitions } from "../../../provider/resources";
import { conversation } from "../../../provider/resources/conversation/conversation";
import { message } from "../../../provider/resources/conversation/message";
import { participant } from "../../../provider/resources/conversation/participant";
import type { RowPrefix } from "../../../simulator";
import { useLife } from "../life";

const LOST = { method: "POST", kind: "status", status: 503, when: "after", times: 1 } as const;
const THEN = "2019-12-31T23:30:00Z";
const SPELLINGS = [THEN, "2020-01-01T00:30:00+01:00", "2019-12-31T23:30:00.250Z"];
const LATER = "2019-12-31T23:31:00Z";

interface Kind {
  readonly definition: Definition;
  readonly prefix: RowPrefix;
  readonly inputs: JsonObject;
  /** The same with another value of what is no key. */
  readonly other: JsonObject;
}

/** Every kind that takes the date of its creation. */
const KINDS: Readonly<Record<string, Kind>> = {
  Conversation: {
    definition: conversation,
    prefix: "CH",
    inputs: { uniqueName: "eu", attributes: { a: 1 } },
    other: { attributes: { a: 2 } },
  },
  Message: {
    definition: message,
    prefix: "IM",
    inputs: { conversationSid: "desk", author: "ann", body: "hello" },
    other: {},
  },
  Participant: {
    definition: participant,
    prefix: "MB",
    inputs: { conversationSid: "desk", identity: "ann", attributes: { a: 1 } },
    other: { attributes: { a: 2 } },
  },
};

describe("What is created with a date of its own", () => {
  const life = useLife();
  let before: Set<string>;
  beforeEach(async () => {
    await life.account.conversation("desk");
    before = new Set(life.simulator.conversations().map(({ sid }) => String(sid)));
    life.simulator.clearRequests();
  });

  it("is of these kinds", () =>
    deepEqual(
      Object.keys(KINDS),
      definitions
        .filter((definition: Definition) =>
          fieldsOf(definition).some(
            ({ name, policy }) => name === "dateCreated" && policy.change === "creation",
          ),
        )
        .map(({ type }) => type),
    ));

  for (const [type, { definition, prefix, inputs, other }] of Object.entries(KINDS)) {
    const dated = (dateCreated: string, more: JsonObject = {}) => ({ ...inputs, dateCreated, ...more });
    const create = (declared: JsonObject, config: Record<string, string> = {}) =>
      life.run(definition, config).lifecycle.create(declared);
    const sids = () =>
      life.simulator
        .rows(prefix)
        .map(({ sid }) => sid)
        .filter((sid) => !before.has(sid));

    for (const spelling of SPELLINGS)
      it(`${type}: is its program's own after a lost answer, in this run and in each later one (${spelling})`, async () => {
        life.simulator.addFault(LOST);
        const { sid } = await create(dated(spelling));
        // As after a kill, which leaves nothing recorded.
        for (let run = 0; run < 2; run++) equal((await create(dated(spelling))).sid, sid);
        deepEqual(sids(), [sid]);
        equal(life.simulator.rows(prefix).find((row) => row.sid === sid)?.["date_created"], THEN);
      });

    it(`${type}: of another date is another's, however young`, async () => {
      const { sid } = await create(inputs);
      const dates = [new Date(life.simulator.clock.nowMs() - 5_000).toISOString(), LATER];
      for (const date of dates)
        if (type === "Message") notEqual((await create(dated(date))).sid, sid);
        else
          await rejects(create(dated(date)), (error: Error) => {
            match(
              error.message,
              new RegExp(`${sid} exists already, created \\d+ s ago, which is not the declared`),
            );
            match(error.message, /adopt: "always"/);
            return true;
          });
    });

    if (Object.keys(other).length > 0)
      it(`${type}: of its date is another's where it differs in what is declared`, async () => {
        await create(dated(THEN));
        await rejects(create(dated(THEN, other)), /created \d+ days ago, and differs in attributes/);
      });

    it(`${type}: is left alone where the program says so`, async () => {
      const { sid } = await create(dated(THEN));
      const never = create(dated(THEN, { adopt: "never" }));
      if (type === "Message") notEqual((await never).sid, sid);
      else await rejects(never, /adopt is "never"/);
    });

    it(`${type}: without a date, is this run's own after a lost answer whatever the window`, async () => {
      life.simulator.addFault({ ...LOST, times: 1 });
      await life.clock.sleep(3_000);
      const { sid } = await create(inputs, { adoptWindow: "0" });
      deepEqual(sids(), [sid]);
      await life.clock.sleep(5_000);
      if (type !== "Message") await rejects(create(inputs, { adoptWindow: "0" }), /longer than the 0 s/);
    });
  }

  it("is not mixed up with its like of the same words: each of a history is there once", async () => {
    const dates = Array.from({ length: 5 }, (_, minute) => `2020-01-01T00:0${minute}:00Z`);
    const ok = { conversationSid: "desk", author: "ann", body: "ok" };
    const run = async () => {
      const { lifecycle } = life.run(message);
      const made = await Promise.all(dates.map((dateCreated) => lifecycle.create({ ...ok, dateCreated })));
      return made.map(({ sid, state }) => [sid, state["dateCreated"]]);
    };
    life.simulator.addFault({ ...LOST, times: 3 });
    const first = await run();
    deepEqual(
      first.map(([, date]) => date),
      dates,
    );
    deepEqual(await run(), first);
    equal(life.simulator.rows("IM").length, dates.length);
    // Its like are no namesakes: "always" is clear.
    const later = { ...ok, dateCreated: LATER, adopt: "always" };
    const { sid } = await life.run(message).lifecycle.create(later);
    equal((await life.run(message).lifecycle.create(later)).sid, sid);
    equal(life.simulator.rows("IM").length, dates.length + 1);
  });

  it("is taken into a roster whatever its age", async () => {
    const members = Object.fromEntries(
      ["ann", "ben"].map((identity) => [identity, { identity, dateCreated: THEN }]),
    );
    const run = async () => {
      const { roster } = life.run();
      return roster.create(roster.check({}, { conversationSid: "desk", members }).inputs);
    };
    life.simulator.addFault(LOST);
    const { state } = await run();
    deepEqual((await run()).state["sids"], state["sids"]);
    equal(life.simulator.participants().length, 2);
  });
});
