import { deepEqual } from "node:assert/strict";
import { valuesToAdopt } from "../../../provider/engine/adopt";
import type { Definition } from "../../../provider/engine/define";
import type { JsonObject } from "../../../provider/engine/json";
import { fromAnswer } from "../../../provider/engine/wire";
import { conversationWebhook } from "../../../provider/resources/conversation-webhook";
import { credential } from "../../../provider/resources/credential";
import { serviceNotifications } from "../../../provider/resources/service-notifications";
import { CH, conversation, conversationBody, IS, participant, participantBody, RL, sidOf } from "./samples";

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
  for (const unseen of ["overwritten", "left"] as const)
    for (const [what, definition, inputs, body, values] of cases)
      it(`holds ${what} (what Twilio never tells is ${unseen})`, () =>
        deepEqual(valuesToAdopt(definition, inputs, fromAnswer(definition, body), unseen), values));

  it("holds what Twilio never tells where it is overwritten alone, whatever stands in its answer", () => {
    const inputs = { ...alice, lastReadMessageIndex: 5 };
    const live = fromAnswer(participant, participantBody({ last_read_message_index: 5 }));
    deepEqual(valuesToAdopt(participant, inputs, live, "overwritten"), { lastReadMessageIndex: 5 });
    deepEqual(valuesToAdopt(participant, inputs, live, "left"), {});
  });

  it("holds a secret always, since it may have been exchanged", () => {
    const inputs = { type: "fcm", friendlyName: "phones", secret: "a key" };
    const live = fromAnswer(credential, { type: "fcm", friendly_name: "phones", sandbox: "False" });
    for (const unseen of ["overwritten", "left"] as const)
      deepEqual(valuesToAdopt(credential, inputs, live, unseen), { secret: "a key" });
  });
});
