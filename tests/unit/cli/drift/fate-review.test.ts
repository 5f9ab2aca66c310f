import { deepEqual } from "node:assert/strict";
import { withFates } from "../../../../provider/cli/drift/fate";
import type { Observation } from "../../../../provider/cli/drift/observation";
import { rowsOf } from "../../../../provider/cli/drift/rows";
import type { JsonObject } from "../../../../provider/core/json";
import { CONVERSATION, conversation, participant, roster } from "./observed";

/** Class, field and the three values. */
function short(observations: readonly Observation[]) {
  return rowsOf("test", observations).map((row) => [row.class, row.field, row.was, row.is, row.willBe]);
}

const [A, B] = [{ attributes: { team: "a" } }, { attributes: { team: "b" } }];
const TEAM = "attributes.team";

describe("drift review of what becomes of objects", () => {
  it("warns of the role with which somebody comes back who was deleted outside", () => {
    const [agent, boss] = [{ roleSid: "RL1" }, { roleSid: "RL2" }];
    const back = (willBe: JsonObject, more = {}) =>
      short([participant("ann", { was: agent, willBe }, more)]).slice(1);
    deepEqual(back(boss), [["role-promotion", "roleSid", "RL1", undefined, "RL2"]]);
    deepEqual(back(agent), []);
    deepEqual(back({}, { defaultRole: "RL3" }), [["role-promotion", "roleSid", "RL1", undefined, "RL3"]]);
    const ann = { identity: "ann" };
    const times = { was: { a: { ...ann, ...agent } }, is: {}, willBe: { a: { ...ann, ...boss } } };
    deepEqual(short([roster(times)]), [
      ["deleted-outside", "", true, false, true],
      ["role-promotion", "roleSid", "RL1", undefined, "RL2"],
    ]);
  });

  it("says what is replaced, and what stays at Twilio without the stack", () => {
    const told = (more: Partial<Observation>, willBe?: JsonObject) =>
      rowsOf("test", [participant("ann", { was: A, is: A, ...(willBe && { willBe }) }, more)]).map((row) => [
        row.field,
        row.was,
        row.is,
        row.willBe,
        row.replaced,
        row.released,
      ]);
    deepEqual(told({ isReplaced: true }, B), [
      ["", true, true, true, true, undefined],
      [TEAM, "a", "a", "b", undefined, undefined],
    ]);
    deepEqual(told({ op: "delete", isReleased: true }), [["", true, true, true, undefined, true]]);
    deepEqual(told({ isSwept: true }, A), [["", true, true, false, undefined, undefined]]);
    deepEqual(told({ isHandedOver: true, op: "delete" }), []);
  });

  it("knows a message that is gone, and that the state keeps, in the one that takes its place", () => {
    const text = { conversationSid: CONVERSATION, author: "support", body: "Hello" };
    const at = (more: JsonObject = {}) => ({ id: "IM1", inputs: text, outputs: { ...text, ...more } });
    const message = (name: string, times: Partial<Observation>): Observation => ({
      urn: `urn:pulumi:test::project::pulumi-nodejs:dynamic/twilio:Message::${name}`,
      type: "Message",
      name,
      outside: [],
      program: [],
      ...times,
    });
    const gone = message("old", { recorded: at(), live: at({ missing: true }), op: "delete" });
    const told = (...all: readonly Observation[]) =>
      rowsOf("test", withFates(all)).map((row) => [row.class, row.resource, row.was, row.is, row.willBe]);
    deepEqual(told(gone), [["deleted-outside", "Message old", true, false, false]]);
    deepEqual(told(gone, message("new", { planned: at(), op: "create" })), [
      ["deleted-outside", "Message new", true, false, true],
    ]);
  });

  it("knows a setting that is replaced in its place for the same object", () => {
    const replaced = (serviceSid: string): Observation => {
      const at = (inputs: JsonObject) => ({ id: "IS1", inputs, outputs: { ...inputs, before: {} } });
      const stored = at({ serviceSid: "IS1", reachabilityEnabled: false });
      return {
        urn: "urn:pulumi:test::project::pulumi-nodejs:dynamic/twilio:ServiceConfiguration::reach",
        type: "ServiceConfiguration",
        name: "reach",
        ...{ recorded: stored, live: stored, planned: at({ serviceSid, reachabilityEnabled: true }) },
        ...{ outside: [], program: [["reachabilityEnabled"]], op: "replace", isReplaced: true },
      };
    };
    const told = (serviceSid: string) =>
      rowsOf("test", withFates([replaced(serviceSid)])).map((row) => [row.field, row.replaced, row.released]);
    deepEqual(told("IS1"), [["reachabilityEnabled", undefined, undefined]]);
    deepEqual(told("IS2")[0], ["", true, true]);
  });

  describe("says that what lies in an object goes with it", () => {
    const observed = (
      type: string,
      id: string,
      inputs: JsonObject,
      outputs: JsonObject = {},
    ): Observation => {
      const at = { id, inputs, outputs: { ...inputs, ...outputs } };
      const urn = `urn:pulumi:test::project::pulumi-nodejs:dynamic/twilio:${type}::${id}`;
      const times = { recorded: at, live: at, planned: at, op: "same" } as const;
      return { urn, type, name: id, ...times, outside: [], program: [] };
    };
    const [CH, IS, US, MB] = ["CH", "IS", "US", "MB"].map((prefix) => `${prefix}${"1".repeat(32)}`);
    const parents = { Conversation: CH, Service: IS, User: US, Participant: MB };
    const within: [type: string, parent: keyof typeof parents, inputs: JsonObject, outputs: JsonObject][] = [
      ["Participant", "Conversation", { conversationSid: CH }, {}],
      ["Participant", "Conversation", { conversationSid: "desk" }, { resolvedConversationSid: CH }],
      ["Message", "Conversation", { conversationSid: "desk" }, { resolvedConversationSid: CH }],
      ["Participant", "Service", { conversationSid: "desk", serviceSid: IS }, {}],
      ["Role", "Service", {}, { chatServiceSid: IS }],
      ["UserConversation", "User", { conversationSid: "desk", userSid: US }, {}],
      ["UserConversation", "User", { conversationSid: "desk", userSid: "ann" }, { resolvedUserSid: US }],
      [
        "UserConversation",
        "Participant",
        { conversationSid: "desk", userSid: "ann" },
        { participantSid: MB },
      ],
    ];
    for (const [type, parent, inputs, outputs] of within)
      it(`a ${type} with its ${parent}, named by ${Object.keys({ ...inputs, ...outputs }).join(", ")}`, () => {
        const sid = parents[parent] ?? "";
        const whole = observed(parent, sid, {});
        const part = observed(type, "within", inputs, outputs);
        const fateOf = (other: Observation) =>
          rowsOf("test", withFates([other, part]))
            .filter(({ resource }) => resource === `${type} within`)
            .map(({ field, is, willBe }) => [field, is, willBe]);
        deepEqual(fateOf({ ...whole, planned: undefined, op: "delete" }), [["", true, false]]);
        deepEqual(fateOf({ ...whole, op: "replace", isReplaced: true }), [["", true, false]]);
        deepEqual(fateOf(whole), []);
        deepEqual(fateOf({ ...observed(parent, `${sid}2`, {}), planned: undefined, op: "delete" }), []);
      });
  });

  it("knows an empty object from none in attributes", () => {
    const [empty, none] = [{ attributes: { x: {} } }, { attributes: {} }];
    deepEqual(short([participant("ann", { was: empty, is: none, willBe: empty })]), [
      ["drift-reverted", "attributes.x", {}, undefined, {}],
    ]);
    deepEqual(short([participant("ann", { was: none, is: none, willBe: empty })]), [
      ["program-change", "attributes.x", undefined, undefined, {}],
    ]);
    const full = { attributes: { x: { y: 1 } } };
    deepEqual(short([participant("ann", { was: full, is: empty, willBe: full })]), [
      ["drift-reverted", "attributes.x.y", 1, undefined, 1],
    ]);
  });

  it("says what Twilio holds of what the program comes to declare, and what becomes of what it lets go of", () => {
    const conversationWith = (was: JsonObject, willBe: JsonObject, outputs: JsonObject): Observation => {
      const at = (inputs: JsonObject) => ({ id: "CH1", inputs, outputs });
      return { ...conversation(), recorded: at(was), live: at(was), planned: at(willBe), op: "update" };
    };
    const name = { friendlyName: "Desk" };
    deepEqual(short([conversationWith({}, name, { friendlyName: "Old" })]), [
      ["program-change", "friendlyName", undefined, "Old", "Desk"],
    ]);
    // Twilio clears no friendlyName.
    deepEqual(short([conversationWith(name, {}, name)]), [
      ["program-change", "friendlyName", "Desk", "Desk", "Desk"],
    ]);
    deepEqual(short([conversationWith({ uniqueName: "desk" }, {}, { uniqueName: "desk" })]), [
      ["program-change", "uniqueName", "desk", "desk", undefined],
    ]);
    deepEqual(short([conversationWith(A, {}, A)]), [["program-change", TEAM, "a", "a", undefined]]);
  });
});
