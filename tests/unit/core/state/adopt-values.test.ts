import { deepEqual } from "node:assert/strict";
import { fromResponse } from "../../../../provider/core/api/codec";
import type { Definition } from "../../../../provider/core/definition/define";
import type { JsonObject } from "../../../../provider/core/json";
import { valuesToAdopt } from "../../../../provider/core/state/adoption-rules";
import { credential } from "../../../../provider/resources/account/credential";
import { conversationWebhook } from "../../../../provider/resources/conversation/conversation-webhook";
import { message } from "../../../../provider/resources/conversation/message";
import { serviceNotifications } from "../../../../provider/resources/service/service-notifications";
import { CH, IS, RL, sidOf } from "../../../types/sids";
import { conversation, conversationBody, participant, participantBody } from "./samples";

const alice: JsonObject = { conversationSid: CH, identity: "alice" };
const notices = {
  log_enabled: false,
  new_message: { enabled: true, template: "old", sound: "ring", badge_count_enabled: true },
};

describe("engine: what makes a found object equal to the declaration", () => {
  type Case = [string, Definition, JsonObject, Record<string, unknown>, JsonObject];
  const cases: Case[] = [
    ["nothing that is as declared", participant, { ...alice, roleSid: RL }, participantBody(), {}],
    ["nothing that is not declared", participant, alice, participantBody({ attributes: '{"a":1}' }), {}],
    [
      "what differs",
      participant,
      { ...alice, roleSid: sidOf("RL", 2), attributes: { a: 1 } },
      participantBody({ attributes: '{"a":1}' }),
      { roleSid: sidOf("RL", 2) },
    ],
    [
      "nothing that says where it lives, how it is handled or when it was made",
      participant,
      {
        ...alice,
        serviceSid: IS,
        adopt: "always",
        webhookEnabled: true,
        dateCreated: "2020-01-01T00:00:00Z",
      },
      participantBody(),
      {},
    ],
    [
      "of a nested field the member that differs, at any depth, and nothing that is not declared",
      serviceNotifications,
      { serviceSid: IS, newMessage: { enabled: true, template: "new", withMedia: { enabled: true } } },
      notices,
      { newMessage: { template: "new", withMedia: { enabled: true } } },
    ],
    [
      "the address of an e-mail binding, under the name that a program gives it",
      conversation,
      { bindings: { email: { address: "us@example.com", name: "EU" } } },
      conversationBody({ bindings: { email: { projected_address: "eu@example.com", name: "EU" } } }),
      { bindings: { email: { address: "us@example.com" } } },
    ],
    [
      "no member that only a create takes",
      conversationWebhook,
      { conversationSid: CH, target: "studio", configuration: { flowSid: sidOf("FW"), replayAfter: 7 } },
      { conversation_sid: CH, target: "studio", configuration: { flow_sid: sidOf("FW") } },
      {},
    ],
  ];
  for (const extent of ["all", "created"] as const)
    for (const [what, definition, inputs, body, values] of cases)
      it(`holds ${what} (${extent})`, () =>
        deepEqual(valuesToAdopt(definition, inputs, fromResponse(definition, body), extent), values));

  it("holds what only an update takes where all is asked for, whatever stands in Twilio's answer", () => {
    const inputs = { ...alice, lastReadMessageIndex: 5 };
    const live = fromResponse(participant, participantBody({ last_read_message_index: 5 }));
    deepEqual(valuesToAdopt(participant, inputs, live, "all"), { lastReadMessageIndex: 5 });
    deepEqual(valuesToAdopt(participant, inputs, live, "created"), {});
  });

  const untold: [string, Definition, JsonObject, Record<string, unknown>, JsonObject][] = [
    [
      "a secret",
      credential,
      { type: "fcm", friendlyName: "phones", secret: "a key" },
      { type: "fcm", friendly_name: "phones", sandbox: "False" },
      { secret: "a key" },
    ],
    [
      "timers",
      conversation,
      { uniqueName: "a", timers: { closed: "P1D" } },
      conversationBody({ unique_name: "a", timers: { date_closed: "2026-01-02T03:04:05Z" } }),
      { timers: { closed: "P1D" } },
    ],
    [
      "a subject, and no variables, which an update does not take",
      message,
      { conversationSid: CH, contentSid: sidOf("HX"), contentVariables: "{}", subject: "Hours" },
      { conversation_sid: CH, content_sid: sidOf("HX") },
      { subject: "Hours" },
    ],
  ];
  for (const [what, definition, inputs, body, values] of untold)
    it(`holds always what Twilio does not tell, since it may be otherwise by now: ${what}`, () => {
      for (const extent of ["all", "created"] as const)
        deepEqual(valuesToAdopt(definition, inputs, fromResponse(definition, body), extent), values);
    });
});
