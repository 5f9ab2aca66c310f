import { deepEqual, equal } from "node:assert/strict";
import type { Definition } from "../../../../provider/core/definition/define";
import { validate } from "../../../../provider/core/definition/validate";
import type { JsonObject } from "../../../../provider/core/json";
import { diff } from "../../../../provider/core/state/diff";
import { CH, RL } from "../../../types/sids";
import { sortedText } from "../json-spelling";
import {
  conversation,
  conversationBody,
  created,
  participant,
  participantBody,
  refreshed,
  role,
  roleBody,
} from "./samples";

const alice: JsonObject = { conversationSid: CH, identity: "alice" };

describe("engine: state after a refresh without drift", () => {
  const programs: [string, Definition, JsonObject, Record<string, unknown>][] = [
    ["a chat user", participant, alice, participantBody()],
    [
      "a chat user with everything",
      participant,
      { ...alice, roleSid: RL, attributes: { a: 1 }, lastReadMessageIndex: 1, webhookEnabled: true },
      participantBody({ attributes: '{"a":1}' }),
    ],
    [
      "a person by address",
      participant,
      { conversationSid: "support", messagingBinding: { address: "+1", proxyAddress: "+2" } },
      participantBody({
        identity: null,
        messaging_binding: { type: "sms", address: "+1", proxy_address: "+2" },
      }),
    ],
    [
      "a member without a role",
      participant,
      { ...alice, attributes: {} },
      participantBody({ role_sid: null }),
    ],
    [
      "a conversation",
      conversation,
      { uniqueName: "eu", autoName: "eu" },
      conversationBody({ unique_name: "eu" }),
    ],
    [
      "a conversation with timers",
      conversation,
      { timers: { inactive: "PT30M" } },
      conversationBody({ timers: { date_inactive: "2026-01-02T03:34:05Z" } }),
    ],
    [
      "a role",
      role,
      { friendlyName: "agent", type: "conversation", permissions: ["sendMessage", "leaveConversation"] },
      roleBody(),
    ],
  ];
  const moved: Record<string, Record<string, unknown>> = {
    participant: {
      date_updated: "2027-01-01T00:00:00Z",
      last_read_message_index: 7,
      last_read_timestamp: "2027-01-01T00:00:00Z",
    },
    conversation: { date_updated: "2027-01-01T00:00:00Z", timers: { date_inactive: "2027-01-01T00:00:00Z" } },
    role: { date_updated: "2027-01-01T00:00:00Z" },
  };
  for (const [what, definition, inputs, body] of programs) {
    it(`stays the same to the byte for ${what}, and keeps its inputs`, () => {
      const state = created(definition, inputs, body);
      for (const later of [body, { ...body, ...moved[definition.noun] }]) {
        const found = refreshed(definition, state, later);
        equal(sortedText(found.state), sortedText(state));
        deepEqual(found.inputs, inputs);
      }
    });

    it(`stays the same for ${what} when what moved comes to rest again`, () => {
      const state = created(definition, inputs, { ...body, ...moved[definition.noun] });
      equal(sortedText(refreshed(definition, state, body).state), sortedText(state));
    });
  }

  it("keeps the inputs of a program that gives a group no member", () => {
    for (const news of [{ timers: { closed: undefined } }, { bindings: { email: {} } }]) {
      const { inputs } = validate(conversation, {}, news);
      const state = created(conversation, inputs, conversationBody());
      deepEqual(refreshed(conversation, state, conversationBody()).inputs, inputs);
    }
  });

  it("takes equal JSON in another spelling for no drift", () => {
    const inputs = { ...alice, attributes: { a: 1, b: [true] } };
    const state = created(participant, inputs, participantBody({ attributes: '{"a":1,"b":[true]}' }));
    const found = refreshed(
      participant,
      state,
      participantBody({ attributes: ' {"b":[ true ], "a":1.0e0}' }),
    );
    equal(sortedText(found.state), sortedText(state));
  });

  it("takes a set in another order for no drift", () => {
    const inputs = { friendlyName: "agent", type: "conversation", permissions: ["a", "b"] };
    const state = created(role, inputs, roleBody({ permissions: ["b", "a"] }));
    equal("answered" in state, false);
    deepEqual(refreshed(role, state, roleBody({ permissions: ["b", "a"] })).inputs, inputs);
  });

  it("takes active and inactive for the same, and closed for another", () => {
    for (const inputs of [{}, { state: "active" }]) {
      const state = created(conversation, inputs, conversationBody());
      const inactive = refreshed(conversation, state, conversationBody({ state: "inactive" }));
      equal(sortedText(inactive.state), sortedText(state));
      deepEqual(inactive.inputs, inputs);
      deepEqual(refreshed(conversation, state, conversationBody({ state: "closed" })).inputs, {
        state: "closed",
      });
    }
  });

  it("keeps Twilio's other spelling of a binding for no drift until it changes", () => {
    const inputs = {
      conversationSid: CH,
      messagingBinding: { address: "rcs:+1", proxyAddress: "rcs:brand" },
    };
    const answer = (address: string) =>
      participantBody({ identity: null, messaging_binding: { type: "sms", address, proxy_address: "+2" } });
    const state = created(participant, inputs, answer("+1"));
    deepEqual(diff(participant, state, inputs).changes, false);
    const still = refreshed(participant, state, answer("+1"));
    equal(sortedText(still.state), sortedText(state));
    deepEqual(still.inputs, inputs);
    const drifted = refreshed(participant, still.state, answer("+7"));
    deepEqual(drifted.inputs["messagingBinding"], { address: "+7", proxyAddress: "+2" });
    deepEqual(diff(participant, drifted.state, inputs).replaces, ["messagingBinding"]);
  });
});
