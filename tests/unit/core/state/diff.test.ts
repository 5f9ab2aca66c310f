import { deepEqual, equal } from "node:assert/strict";
import type { Definition } from "../../../../provider/core/definition/define";
import type { JsonObject } from "../../../../provider/core/json";
import { changesBetween, diff, updateValues } from "../../../../provider/core/state/diff";
import { definitions } from "../../../../provider/resources";
import { everyField } from "../../../types";
import { CH, sidOf } from "../../../types/sids";
import {
  conversation,
  conversationBody,
  created,
  participant,
  participantBody,
  role,
  roleBody,
} from "./samples";

const alice: JsonObject = { conversationSid: CH, identity: "alice" };
const agent: JsonObject = {
  friendlyName: "agent",
  type: "conversation",
  permissions: ["sendMessage", "leaveConversation"],
};
const BODIES = { Participant: participantBody, Conversation: conversationBody, Role: roleBody };

/** What a change from one program to the next comes to, and what an update would send. */
function change(
  definition: Definition,
  before: JsonObject,
  after: JsonObject,
  body: Record<string, unknown> = {},
) {
  const state = created(definition, before, BODIES[definition.type as keyof typeof BODIES](body));
  const { changes, replaces } = diff(definition, state, after);
  return { changes, replaces, sent: updateValues(changesBetween(definition, state, after)) };
}

const NOTHING = { changes: false, replaces: [], sent: {} };
const visible = (sent: JsonObject) => ({ changes: undefined, replaces: [], sent });
const hidden = (sent: JsonObject) => ({ changes: true, replaces: [], sent });

describe("engine: diff of a program with itself", () => {
  for (const definition of definitions) {
    const inputs = everyField(definition.type);
    it(`finds nothing in a ${definition.noun} that Twilio answered as declared`, () => {
      deepEqual(diff(definition, { ...created(definition, inputs, {}), ...inputs }, inputs), {
        changes: false,
        replaces: [],
      });
    });
  }

  it("finds nothing where only what Twilio adds differs", () => {
    deepEqual(change(participant, alice, alice), NOTHING);
    deepEqual(change(conversation, {}, {}), NOTHING);
    deepEqual(change(role, agent, agent), NOTHING);
  });

  it("finds nothing where only the order of a set differs", () =>
    deepEqual(change(role, agent, { ...agent, permissions: ["leaveConversation", "sendMessage"] }), NOTHING));

  it("finds nothing where the conversation is named by its SID instead of its name", () => {
    const byName = { ...alice, conversationSid: "support" };
    deepEqual(change(participant, byName, alice), NOTHING);
    deepEqual(change(participant, byName, { ...alice, conversationSid: sidOf("CH", 2) }).replaces, [
      "conversationSid",
    ]);
  });

  it("finds nothing where what counts at creation only changes", () => {
    const later = { ...alice, dateCreated: "2020-01-01T00:00:00Z", dateUpdated: "2020-01-01T00:00:00Z" };
    deepEqual(change(participant, alice, later), NOTHING);
    deepEqual(change(participant, later, alice), NOTHING);
  });
});

describe("engine: diff of attributes", () => {
  const from = (attributes: JsonObject) => ({ ...alice, attributes });
  const text = (attributes: JsonObject) => ({ attributes: JSON.stringify(attributes) });
  const cases: [string, JsonObject, JsonObject, "same" | "visible" | "hidden"][] = [
    ["the order of keys", { a: 1, b: 2 }, { b: 2, a: 1 }, "same"],
    ["a value", { a: 1 }, { a: 2 }, "visible"],
    ["a value deep within", { a: { b: [1, { c: 2 }] } }, { a: { b: [1, { c: 3 }] } }, "visible"],
    ["the type of a value", { a: 1 }, { a: "1" }, "visible"],
    ["a new key", { a: 1 }, { a: 1, b: 2 }, "visible"],
    ["a key less", { a: 1, b: 2 }, { a: 1 }, "visible"],
    ["null in place of a value", { a: 1 }, { a: null }, "visible"],
    ["a null less", { a: 1, b: null }, { a: 1 }, "hidden"],
    ["a null more", { a: 1 }, { a: 1, b: null }, "hidden"],
    ["a null deep within", { c: {} }, { c: { d: null } }, "hidden"],
    ["a null within a list of objects", { c: [{ d: null }] }, { c: [{}] }, "hidden"],
  ];
  for (const [what, before, after, seen] of cases) {
    const expected = {
      same: NOTHING,
      visible: visible({ attributes: after }),
      hidden: hidden({ attributes: after }),
    };
    it(`shows ${what} (${seen})`, () =>
      deepEqual(change(participant, from(before), from(after), text(before)), expected[seen]));
  }

  it("shows a null beside a visible change as visible", () =>
    deepEqual(
      change(
        participant,
        from({ a: 1 }),
        { ...from({ a: 1, b: null }), roleSid: sidOf("RL", 2) },
        text({ a: 1 }),
      ).changes,
      undefined,
    ));

  it("sends an empty object when the program ceases to declare them", () =>
    deepEqual(change(participant, from({ a: 1 }), alice, text({ a: 1 })), visible({ attributes: {} })));
});

describe("engine: diff of what updates in place", () => {
  const RL2 = sidOf("RL", 2);
  const timed: JsonObject = { timers: { inactive: "PT30M", closed: "P1D" } };
  const cases: [string, Definition, JsonObject, JsonObject, JsonObject, Record<string, unknown>?][] = [
    ["a role", participant, alice, { ...alice, roleSid: RL2 }, { roleSid: RL2 }],
    [
      "a message index alone",
      participant,
      alice,
      { ...alice, lastReadMessageIndex: 0 },
      { lastReadMessageIndex: 0 },
    ],
    [
      "a friendly name",
      conversation,
      { friendlyName: "a" },
      { friendlyName: "b" },
      { friendlyName: "b" },
      { friendly_name: "a" },
    ],
    ["no unique name", conversation, { uniqueName: "a" }, {}, { uniqueName: "" }, { unique_name: "a" }],
    ["a state", conversation, {}, { state: "closed" }, { state: "closed" }],
    [
      "the timer that changed alone",
      conversation,
      timed,
      { timers: { inactive: "PT30M", closed: "P2D" } },
      { timers: { closed: "P2D" } },
    ],
    [
      "off for a timer that is gone",
      conversation,
      timed,
      { timers: { inactive: "PT30M" } },
      { timers: { closed: "PT0S" } },
    ],
    [
      "off for all timers that are gone",
      conversation,
      timed,
      {},
      { timers: { inactive: "PT0S", closed: "PT0S" } },
    ],
    [
      "the whole set of permissions",
      role,
      agent,
      { ...agent, permissions: ["sendMessage"] },
      { permissions: ["sendMessage"] },
    ],
  ];
  for (const [what, definition, before, after, sent, body] of cases) {
    it(`sends ${what}`, () => deepEqual(change(definition, before, after, body), visible(sent)));
  }

  it("sends nothing where nothing can be taken back, shows it, and says that it stays", () => {
    const before = { ...alice, lastReadMessageIndex: 3 };
    deepEqual(change(participant, before, alice), visible({}));
    const state = created(participant, before, participantBody());
    equal(diff(participant, state, alice).warning, "lastReadMessageIndex stays as it is: nothing is sent.");
  });

  it("says of several that they stay, and of each why", () => {
    const before = { ...alice, lastReadMessageIndex: 3, lastReadTimestamp: "2026-01-02T03:04:05Z" };
    equal(
      diff(participant, created(participant, before, participantBody()), alice).warning,
      "lastReadMessageIndex and lastReadTimestamp stay as they are: nothing is sent.",
    );
  });
});

describe("engine: diff of what is never sent", () => {
  const local: [Definition, JsonObject, JsonObject][] = [
    [participant, alice, { webhookEnabled: true }],
    [participant, alice, { groupMms: true }],
    [participant, alice, { adopt: "always" }],
    [conversation, {}, { webhookEnabled: true }],
    [conversation, {}, { onClosed: "replace" }],
    [conversation, {}, { adopt: "never" }],
    [role, agent, { adopt: "never" }],
  ];
  for (const [definition, before, added] of local) {
    it(`shows ${Object.keys(added)} of a ${definition.noun} as an update that sends nothing`, () => {
      deepEqual(change(definition, before, { ...before, ...added }), visible({}));
      deepEqual(change(definition, { ...before, ...added }, before), visible({}));
    });
  }

  it("shows nothing where a secret key is marked that an earlier version has not marked", () => {
    const marked = { ...alice, secretKey: true };
    deepEqual(change(participant, alice, marked), NOTHING);
    deepEqual(change(participant, marked, alice), NOTHING);
  });
});
