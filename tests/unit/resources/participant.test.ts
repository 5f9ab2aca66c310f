import { deepEqual, equal, match, notEqual } from "node:assert/strict";
import { validate } from "../../../provider/core/definition/validate";
import type { Json, JsonObject } from "../../../provider/core/json";
import { describeProblem } from "../../../provider/core/problem";
import { participant } from "../../../provider/resources/conversation/participant";
import { CH, MB, RL, sidOf } from "../../types/sids";

const CANARY = "CANARY";
const alice: JsonObject = { conversationSid: CH, identity: "alice" };
const byAddress = (address: Json, proxyAddress: Json = "+14155550100"): JsonObject => ({
  conversationSid: CH,
  messagingBinding: { address, proxyAddress },
});
/** Text of so many characters that begins with the canary. */
const long = (length: number) => CANARY.padEnd(length, "é");
/** Attributes of so many bytes as JSON. */
const heavy = (bytes: number) => ({ a: CANARY.padEnd((bytes - 8) / 2 + CANARY.length / 2, "é") });

describe("participant: what a preview refuses", () => {
  const wrongs: [string, JsonObject, string, number][] = [
    ["an empty identity", { ...alice, identity: "" }, "identity", 50204],
    ["an identity of 257 characters", { ...alice, identity: long(257) }, "identity", 50207],
    ["an empty address", byAddress(""), "messagingBinding.address", 50411],
    ["an empty proxy address", byAddress("+14155550123", ""), "messagingBinding.proxyAddress", 50412],
    ["an address of 257 characters", byAddress(long(257)), "messagingBinding.address", 50407],
    [
      "a proxy address of 257 characters",
      byAddress("+14155550123", long(257)),
      "messagingBinding.proxyAddress",
      50408,
    ],
    [
      "a projected address of 257 characters",
      { ...alice, messagingBinding: { projectedAddress: long(257) } },
      "messagingBinding.projectedAddress",
      50407,
    ],
    ["attributes of 4,097 bytes", { ...alice, attributes: { a: CANARY.padEnd(4089) } }, "attributes", 50303],
    ["attributes of 4,098 bytes", { ...alice, attributes: heavy(4098) }, "attributes", 50303],
    ["attributes of text that is no JSON", { ...alice, attributes: `{${CANARY}` }, "attributes", 50304],
    [
      "attributes with a number that no double holds",
      { ...alice, attributes: `{"${CANARY}":12345678901234567890}` },
      "attributes",
      50304,
    ],
    ["a role that is no SID", { ...alice, roleSid: CANARY }, "roleSid", 50109],
    ["a role with the SID of a member", { ...alice, roleSid: MB }, "roleSid", 50109],
    ["a role with a SID too short", { ...alice, roleSid: RL.slice(0, -1) }, "roleSid", 50109],
    ["a conversation with the SID of a member", { ...alice, conversationSid: MB }, "conversationSid", 50350],
    ["a conversation of 257 characters", { ...alice, conversationSid: long(257) }, "conversationSid", 50004],
    ["an empty conversation", { ...alice, conversationSid: "" }, "conversationSid", 50351],
    ["a service that is no SID", { ...alice, serviceSid: CANARY }, "serviceSid", 50050],
    ["a date of creation that is none", { ...alice, dateCreated: CANARY }, "dateCreated", 50308],
    ["a date of update that is none", { ...alice, dateUpdated: CANARY }, "dateUpdated", 50309],
    ["a time of reading that is none", { ...alice, lastReadTimestamp: CANARY }, "lastReadTimestamp", 50405],
    ["a negative message index", { ...alice, lastReadMessageIndex: -1 }, "lastReadMessageIndex", 50406],
    ["a fractional message index", { ...alice, lastReadMessageIndex: 1.5 }, "lastReadMessageIndex", 50406],
    ["nobody", { conversationSid: CH }, "", 50204],
    [
      "an identity beside an address",
      { ...byAddress("+14155550123"), identity: CANARY },
      "messagingBinding",
      50211,
    ],
    [
      "an address without its proxy",
      { conversationSid: CH, messagingBinding: { address: "+15550009999" } },
      "messagingBinding.proxyAddress",
      50412,
    ],
    [
      "a proxy without an address",
      { conversationSid: CH, messagingBinding: { proxyAddress: "+15550009999" } },
      "messagingBinding.address",
      50411,
    ],
  ];
  for (const [what, inputs, path, code] of wrongs) {
    it(`refuses ${what} with Twilio's code ${code}, the path and a hint, and without the value`, () => {
      const { problems } = validate(participant, {}, inputs);
      deepEqual(
        problems.map((problem) => [problem.path, problem.twilioCode]),
        [[path, code]],
      );
      const text = problems.map(describeProblem).join("\n");
      notEqual(problems[0]?.hint ?? "", "");
      match(text, new RegExp(`^${path.replace(".", "\\.")}.*\\(Twilio error ${code}\\)\\. \\S`));
      equal(text.includes(CANARY), false);
    });
  }

  it("names all that is wrong at once", () => {
    const { problems } = validate(
      participant,
      {},
      {
        conversationSid: MB,
        messagingBinding: { address: "+14155550123", proxyAddress: "+14155550123" },
        identity: long(257),
        attributes: "{",
        roleSid: "x",
      },
    );
    deepEqual(
      problems.map(({ twilioCode }) => twilioCode).sort(),
      [50109, 50207, 50211, 50304, 50350, 50409],
    );
  });
});

describe("participant: what a preview accepts", () => {
  const rights: [string, JsonObject][] = [
    ["a chat user", alice],
    ["an identity of 256 characters", { ...alice, identity: long(256) }],
    ["an identity of one character", { ...alice, identity: "a" }],
    ["a person by address and proxy", byAddress("+14155550123")],
    [
      "addresses of 256 characters",
      byAddress(`messenger:${"1".repeat(246)}`, `messenger:${"2".repeat(246)}`),
    ],
    ["a chat user in a group MMS", { ...alice, messagingBinding: { projectedAddress: "+14155550111" } }],
    [
      "an address alone in a group MMS",
      { conversationSid: CH, groupMms: true, messagingBinding: { address: "+14155550123" } },
    ],
    ["attributes of 4,096 bytes", { ...alice, attributes: heavy(4096) }],
    ["attributes that are a list", { ...alice, attributes: [1, "a", null] }],
    ["attributes as JSON text", { ...alice, attributes: '{"a":1}' }],
    ["a conversation by its unique name", { ...alice, conversationSid: "eu-support" }],
    ["a role by its SID", { ...alice, roleSid: RL }],
    ["the first message as the last one read", { ...alice, lastReadMessageIndex: 0 }],
    ["a service by its SID", { ...alice, serviceSid: sidOf("IS") }],
  ];
  for (const [what, inputs] of rights) {
    it(`accepts ${what}`, () => deepEqual(validate(participant, {}, inputs), { inputs, problems: [] }));
  }

  it("measures its samples in bytes: 4,096 and 4,098", () =>
    deepEqual(
      [heavy(4096), heavy(4098)].map((value) => Buffer.byteLength(JSON.stringify(value))),
      [4096, 4098],
    ));
});

describe("participant: definition", () => {
  it("is addressed below its conversation", () =>
    deepEqual(participant.path(alice), ["Conversations", CH, "Participants"]));

  const aliases: [string | undefined, string | undefined][] = [
    ["alice", "alice"],
    ["a/b c", "a/b c"],
    [MB, undefined],
    [".", undefined],
    ["..", undefined],
    [undefined, undefined],
  ];
  for (const [identity, alias] of aliases) {
    it(`is ${alias === undefined ? "not " : ""}found by identity ${identity} in the path`, () =>
      equal(participant.naturalKey.alias?.({ ...alice, identity }), alias));
  }

  it("remembers the conversation's SID where the program gives its name", () => {
    deepEqual(participant.derive?.({ conversationSid: CH }, { conversationSid: "support" }), {
      resolvedConversationSid: CH,
    });
    deepEqual(participant.derive?.({ conversationSid: CH }, { conversationSid: CH }), {});
  });
});
