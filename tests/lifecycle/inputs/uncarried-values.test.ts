import assert from "node:assert/strict";
import * as pulumi from "@pulumi/pulumi";
import { getConversationOutput, Participant, Roster, StandingConversation } from "../../../provider";
import { useTestBed } from "../../support/stack/test-bed";
import type { Row } from "../../support/twilio-account";

const HALF =
  "holds half of a character (a lone surrogate), which UTF-8 cannot say. Cut the text between characters.";

describe("What the engine cannot carry, in a program", () => {
  let desk: Row;
  let declare: () => void = () => {};
  const bed = useTestBed(async () => declare());
  before(async () => {
    desk = await bed.account.conversation("desk");
    // An inline program runs in this process; the stack's environment is that of the plugin alone.
    const { accountSid, authToken } = bed.simulator.account;
    await bed.stack.setConfig("twilio:baseUrl", bed.simulator.url);
    await bed.stack.setConfig("twilio:accountSid", accountSid);
    await bed.stack.setConfig("twilio:authToken", authToken, true);
  });
  const member = (attributes: unknown) => () => {
    new Participant("alice", { conversationSid: desk.sid, identity: "alice", attributes } as never);
  };

  it("is refused by its path, in a value, an output and a roster, without a stack", async () => {
    const cut = "cut \ud83d";
    const ownName = "has a name that Pulumi keeps for itself or cannot show. Use another name.";
    const cases: [() => void, string][] = [
      [
        member({ since: new Date(0) }),
        "Participant alice: attributes.since: is a Date, which JSON does not have. Give text: toISOString() makes it.",
      ],
      [
        member(pulumi.output(1).apply(() => ({ n: [Number.NaN] }))),
        "Participant alice: attributes.n[0]: is NaN or infinite, which JSON does not have.",
      ],
      [member('{"b":2,"__proto__":{"admin":true}}'), `Participant alice: attributes.__proto__: ${ownName}`],
      [
        member(pulumi.secret('{"b":[{"__proto__":{"admin":true}}]}')),
        `Participant alice: attributes.b[0].__proto__: ${ownName}`,
      ],
      [member({ a: cut }), `Participant alice: attributes.a: ${HALF}`],
      [member(pulumi.output(1).apply(() => ({ a: [cut] }))), `Participant alice: attributes.a[0]: ${HALF}`],
      [
        () => new Roster("crew", { conversationSid: desk.sid, members: { bob: { identity: cut } } }),
        `Roster crew: members.bob.identity: ${HALF}`,
      ],
      [
        () => new StandingConversation("hall", { members: { bob: { identity: "bob", attributes: [cut] } } }),
        `Participant hall-bob: attributes[0]: ${HALF}`,
      ],
    ];
    for (const [program, message] of cases) {
      declare = program;
      const text = await bed.stack.failing(() => bed.stack.preview());
      assert.ok(text.includes(message), text);
      const ours = text
        .split("    at ")
        .slice(1)
        .filter((frame) => /provider|dist/.test(frame.split("\n")[0] ?? ""));
      assert.deepEqual(ours, [], text);
    }
  });

  it("is declared as JSON text, and then stays as it is", async () => {
    declare = member('{"b":[1],"a":"cut \\ud83d"}');
    await bed.stack.up();
    const [row] = bed.simulator.participants();
    assert.deepEqual(JSON.parse(String(row?.["attributes"])), { b: [1], a: "cut \ud83d" });
    bed.simulator.change(String(row?.sid), { attributes: '{ "a": "cut \\uD83D", "b": [1.0] }' });
    assert.deepEqual((await bed.stack.preview({ refresh: true })).steps, {});
  });

  it("is drift where it is added outside, and is put right", async () => {
    const added = '{"a":1,"__proto__":{"admin":true}}';
    declare = member({ a: 1 });
    await bed.stack.up();
    const sid = String(bed.simulator.participants()[0]?.sid);
    bed.simulator.change(sid, { attributes: added });
    assert.deepEqual(Object.keys((await bed.stack.preview({ refresh: true })).steps), ["alice"]);
    await bed.stack.up({ refresh: true });
    assert.equal(bed.simulator.participants()[0]?.["attributes"], '{"a":1}');
  });

  it("is no name that objects have by themselves, nor one that Pulumi hides elsewhere", async () => {
    const names = (version: number) => ({
      toString: { a: 1 },
      list: [{ toString: 1, __version: version }],
      constructor: null,
      toJSON: version,
      __version: version,
      __defaults: [version],
    });
    declare = member(names(1));
    await bed.stack.up();
    assert.deepEqual((await bed.stack.preview({ refresh: true })).steps, {});
    declare = member(names(2));
    assert.deepEqual((await bed.stack.preview()).steps["alice"]?.keys?.toSorted(), [
      "attributes.__defaults[0]",
      "attributes.__version",
      "attributes.list[0].__version",
      "attributes.toJSON",
    ]);
  });

  it("is found by a look-up as the resources show it", async () => {
    bed.simulator.change(desk.sid, { friendly_name: "cut \ud83d", attributes: '{"a":"\\ud83d"}' });
    declare = () => {
      const found = getConversationOutput({ sid: desk.sid });
      new Participant("bob", {
        conversationSid: found.sid,
        identity: found.friendlyName.apply((name) => String(name)),
        attributes: found.attributes as never,
      });
    };
    await bed.stack.up();
    const bob = bed.simulator.participants().find(({ identity }) => identity !== "alice");
    assert.deepEqual([bob?.["identity"], bob?.["attributes"]], ["cut \ufffd", '{"a":"\\ud83d"}']);
  });
});
