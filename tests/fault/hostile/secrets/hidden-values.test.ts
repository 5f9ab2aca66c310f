import { deepEqual, equal, match, rejects } from "node:assert/strict";
import type { Definition } from "../../../../provider/core/definition/define";
import { MASK } from "../../../../provider/core/definition/hidden-value";
import { HiddenValueError } from "../../../../provider/core/errors";
import type { Json, JsonObject } from "../../../../provider/core/json";
import { conversation } from "../../../../provider/resources/conversation/conversation";
import { message } from "../../../../provider/resources/conversation/message";
import { participant } from "../../../../provider/resources/conversation/participant";
import { user } from "../../../../provider/resources/service/user";
import { writesIn } from "../../../simulated/roster/roster";
import { useLife } from "../../life";

/** What somebody else sets, of which each has ended an `up` once or is like one that has. */
const OUTSIDE = [
  "[1]",
  '"text"',
  "1e400",
  '{"number":12345678901234567890}',
  "not json",
  '{"pin":"cut \\ud83d"}',
  `{"a":"${"\ud83d".repeat(1_300)}"}`,
  "[".repeat(1_900) + "]".repeat(1_900),
];

describe("Attributes set outside, with ignoreChanges", () => {
  const life = useLife();
  beforeEach(() => life.account.conversation("desk"));

  const kinds: [Definition, JsonObject, JsonObject][] = [
    [participant, { conversationSid: "desk", identity: "alice" }, { lastReadMessageIndex: 0 }],
    [conversation, { uniqueName: "x" }, { friendlyName: "X" }],
    [user, { identity: "zoe" }, { friendlyName: "Zoe" }],
    [message, { conversationSid: "desk", body: "hi" }, { body: "ho" }],
  ];
  for (const [definition, rest, news] of kinds)
    for (const secretAttributes of [true, undefined])
      it(`end no up of a ${definition.noun}, ${secretAttributes ? "hidden" : "shown"}, and are not sent`, async () => {
        const program = {
          ...rest,
          attributes: { pin: "canary" },
          ...(secretAttributes && { secretAttributes }),
        };
        const { lifecycle } = life.run(definition);
        const { sid, state } = await lifecycle.create(lifecycle.check({}, program).inputs);
        for (const attributes of OUTSIDE) {
          life.simulator.change(sid, { attributes }, { uncheckedAttributes: true });
          const later = life.run(definition).lifecycle;
          const found = await later.read(sid, state);
          const olds = found?.inputs ?? {};
          const up = (more: JsonObject) =>
            later.check(olds, { ...program, ...more, attributes: olds["attributes"] });
          const same = up({});
          deepEqual(same.failures, [], attributes.slice(0, 40));
          equal(later.diff(sid, found?.state ?? {}, same.inputs).changes, false);
          const { inputs, failures } = up(news);
          deepEqual(failures, []);
          life.simulator.clearRequests();
          const updated = await later.update(sid, found?.state ?? {}, inputs);
          const sent = writesIn(life.simulator.requests());
          deepEqual([sent.length, JSON.stringify(sent).includes("Attributes")], [1, false]);
          await later.update(sid, updated, same.inputs);
        }
      });

  it("end no up of a Roster", async () => {
    const program = (attributes: Json) => ({
      conversationSid: "desk",
      secretAttributes: true,
      members: { alice: { identity: "alice", attributes } },
    });
    const first = life.run().roster;
    const { sid, state } = await first.create(first.check({}, program({ pin: "canary" })).inputs);
    for (const attributes of OUTSIDE) {
      const alice = String(life.simulator.participants()[0]?.sid);
      life.simulator.change(alice, { attributes }, { uncheckedAttributes: true });
      const { roster } = life.run();
      const found = await roster.read(sid, state);
      const olds = found?.inputs ?? {};
      const { inputs, failures } = roster.check(olds, { ...olds });
      deepEqual(failures, [], attributes.slice(0, 40));
      equal(roster.diff(sid, found?.state ?? {}, inputs).changes, false);
    }
  });

  for (const [definition, rest] of kinds)
    it(`are never given to a new ${definition.noun} as the mask`, async () => {
      for (const attributes of [MASK, { pin: "canary", more: [{ deep: MASK }] }]) {
        const inputs = { ...rest, attributes, secretAttributes: true };
        const { lifecycle } = life.run(definition);
        const { failures } = lifecycle.check({}, inputs);
        deepEqual(failures, [
          "attributes: holds a value that was set outside Pulumi and is hidden, so a new object cannot be given it. " +
            "Declare that value, or take ignoreChanges away.",
        ]);
        life.simulator.clearRequests();
        await rejects(lifecycle.create(inputs), (error: Error) => {
          match(error.message, /^cannot create the .* attributes: holds a value that was set outside Pulumi/);
          return error instanceof HiddenValueError;
        });
        deepEqual(life.simulator.requests(), []);
      }
    });

  it("are not given to another member under the same label", async () => {
    const inputs = (identity: string, pin: Json) => ({
      conversationSid: "desk",
      members: { a: { identity, attributes: { pin }, secretAttributes: true } },
    });
    const { failures } = life.run().roster.check(inputs("alice", MASK), inputs("bob", MASK));
    equal(failures.length, 1);
    match(failures[0] ?? "", /^members\.a\.attributes: holds a value that was set outside Pulumi/);
  });
});
