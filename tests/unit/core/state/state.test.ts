import { deepEqual, equal } from "node:assert/strict";
import type { Definition } from "../../../../provider/core/definition/define";
import type { JsonObject } from "../../../../provider/core/json";
import { changesBetween, diff, updateValues } from "../../../../provider/core/state/diff";
import { AC, CH, RL, sidOf } from "../../../types/sids";
import { sortedText } from "../json-spelling";
import {
  conversation,
  conversationBody,
  created,
  participant,
  participantBody,
  place,
  refreshed,
  role,
  roleBody,
  updated,
} from "./samples";

const alice: JsonObject = { conversationSid: CH, identity: "alice" };
const ADMIN = sidOf("RL", 9);

describe("engine: state after a create", () => {
  it("holds what was declared, what Twilio chose, and where it lives", () => {
    const inputs = { ...alice, attributes: { a: 1 } };
    deepEqual(created(participant, inputs, participantBody({ attributes: '{"a":1}' })), {
      ...inputs,
      roleSid: RL,
      dateCreated: "2026-01-02T03:04:05Z",
      dateUpdated: "2026-01-02T03:04:05Z",
      accountSid: AC,
      ...place,
      assigned: { roleSid: RL },
    });
  });

  it("holds the members that Twilio adds to a declared value", () => {
    const messagingBinding = { address: "+1", proxyAddress: "+2" };
    const body = participantBody({
      identity: null,
      messaging_binding: { type: "sms", address: "+1", proxy_address: "+2" },
    });
    const state = created(participant, { conversationSid: CH, messagingBinding }, body);
    deepEqual(state["messagingBinding"], { type: "sms", ...messagingBinding });
    equal("answered" in state, false);
  });

  it("holds the conversation's SID beside the name that the program gives", () =>
    equal(
      created(participant, { ...alice, conversationSid: "support" }, participantBody())[
        "resolvedConversationSid"
      ],
      CH,
    ));

  it("holds declared timers, and when they run out", () => {
    const timers = { inactive: "PT30M" };
    const state = created(
      conversation,
      { timers },
      conversationBody({ timers: { date_inactive: "2026-01-02T03:34:05Z" } }),
    );
    deepEqual(state["timers"], timers);
    deepEqual(state["timerDates"], { dateInactive: "2026-01-02T03:34:05Z" });
  });

  it("holds nothing that is null", () => {
    const state = created(participant, alice, participantBody({ role_sid: null }));
    equal(Object.values(state).includes(null), false);
    equal("roleSid" in state, false);
  });
});

describe("engine: state after a refresh with drift", () => {
  const cases: [
    string,
    Definition,
    JsonObject,
    Record<string, unknown>,
    Record<string, unknown>,
    JsonObject,
    JsonObject,
  ][] = [
    [
      "attributes",
      participant,
      { ...alice, attributes: { team: "support" } },
      participantBody({ attributes: '{"team":"support"}' }),
      { attributes: '{"team":"sales"}' },
      { attributes: { team: "sales" } },
      { attributes: { team: "support" } },
    ],
    [
      "a declared role",
      participant,
      { ...alice, roleSid: RL },
      participantBody(),
      { role_sid: ADMIN },
      { roleSid: ADMIN },
      { roleSid: RL },
    ],
    [
      "a role that the program leaves open",
      participant,
      alice,
      participantBody(),
      { role_sid: ADMIN },
      { roleSid: ADMIN },
      { roleSid: RL },
    ],
    [
      "permissions",
      role,
      { friendlyName: "agent", type: "conversation", permissions: ["a"] },
      roleBody({ permissions: ["a"] }),
      { permissions: ["a", "b"] },
      { permissions: ["a", "b"] },
      { permissions: ["a"] },
    ],
    [
      "a friendly name",
      conversation,
      { friendlyName: "EU" },
      conversationBody({ friendly_name: "EU" }),
      { friendly_name: "US" },
      { friendlyName: "US" },
      { friendlyName: "EU" },
    ],
  ];
  for (const [what, definition, inputs, body, drift, shown, restored] of cases) {
    it(`shows drift of ${what} in the inputs, and an update puts it back`, () => {
      const found = refreshed(definition, created(definition, inputs, body), { ...body, ...drift });
      deepEqual(found.inputs, { ...inputs, ...shown });
      equal(diff(definition, found.state, inputs).changes, undefined);
      const sent = updateValues(changesBetween(definition, found.state, inputs));
      deepEqual(sent, restored);
      const state = updated(definition, found.state, inputs, Object.keys(sent), body);
      equal(sortedText(state), sortedText(created(definition, inputs, body)));
    });
  }

  it("shows a name that was taken away, and an update puts it back", () => {
    const inputs = { uniqueName: "eu" };
    const found = refreshed(
      conversation,
      created(conversation, inputs, conversationBody({ unique_name: "eu" })),
      conversationBody(),
    );
    deepEqual(found.inputs, {});
    deepEqual(updateValues(changesBetween(conversation, found.state, inputs)), inputs);
  });

  it("takes what moved along with drift as it is", () => {
    const inputs = { ...alice, roleSid: RL };
    const body = participantBody({
      role_sid: ADMIN,
      date_updated: "2027-01-01T00:00:00Z",
      last_read_message_index: 4,
    });
    const { state } = refreshed(participant, created(participant, inputs, participantBody()), body);
    deepEqual([state["dateUpdated"], state["lastReadMessageIndex"]], ["2027-01-01T00:00:00Z", 4]);
  });

  it("shows it again at the next refresh, and is gone when Twilio's choice is back", () => {
    const first = refreshed(
      participant,
      created(participant, alice, participantBody()),
      participantBody({ role_sid: ADMIN }),
    );
    const second = refreshed(participant, first.state, participantBody({ role_sid: ADMIN }));
    equal(sortedText(second.state), sortedText(first.state));
    deepEqual(second.inputs, { ...alice, roleSid: ADMIN });
    const third = refreshed(participant, second.state, participantBody());
    deepEqual(third.inputs, alice);
    deepEqual(diff(participant, third.state, alice).changes, false);
  });

  it("never brings fields into the inputs that the program leaves to Twilio", () => {
    const everything = participantBody({
      attributes: '{"secret":"s"}',
      last_read_message_index: 1,
      messaging_binding: { type: "sms", projected_address: "+1" },
    });
    deepEqual(
      refreshed(participant, created(participant, alice, participantBody()), everything).inputs,
      alice,
    );
    const conversationNow = conversationBody({
      friendly_name: "x",
      unique_name: "y",
      attributes: "[1]",
      messaging_service_sid: sidOf("MG", 2),
      bindings: { email: { name: "n" } },
    });
    deepEqual(
      refreshed(conversation, created(conversation, {}, conversationBody()), conversationNow).inputs,
      {},
    );
  });
});
