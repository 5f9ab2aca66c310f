import { deepEqual, equal } from "node:assert/strict";
import { type Definition, fieldsOf } from "../../../../provider/core/definition/define";
import type { FieldEntry } from "../../../../provider/core/definition/field";
import { type JsonObject, pick } from "../../../../provider/core/json";
import { changesBetween, diff, updateValues } from "../../../../provider/core/state/diff";
import { patchFor } from "../../../../provider/core/state/nested";
import { definitions } from "../../../../provider/resources";
import { addressConfiguration } from "../../../../provider/resources/account/address-configuration";
import { conversationWebhook } from "../../../../provider/resources/conversation/conversation-webhook";
import { message } from "../../../../provider/resources/conversation/message";
import { serviceNotifications } from "../../../../provider/resources/service/service-notifications";
import { user } from "../../../../provider/resources/service/user";
import { everyField } from "../../../types";
import { CH, IS, RL, sidOf } from "../../../types/sids";
import { conversation, conversationBody, created, participant, participantBody, refreshed } from "./samples";

const alice: JsonObject = { conversationSid: CH, identity: "alice" };
const URL = "https://example.com/hook";

describe("engine: diff of what the program comes to declare", () => {
  const shortCode: JsonObject = { type: "sms", address: "12345" };
  const codeBody = { type: "sms", address: "12345", address_country: "GB" };
  const webhook: JsonObject = { conversationSid: CH, target: "webhook" };
  const webhookBody = {
    conversation_sid: CH,
    target: "webhook",
    configuration: { url: URL, method: "post" },
  };
  const email = { address: "eu@example.com", name: "EU" };
  const emailBody = conversationBody({
    bindings: { email: { projected_address: email.address, name: "EU" } },
  });

  const closed = conversationBody({ state: "closed" });
  const member = { conversationSid: CH, messagingBinding: { address: "+1", proxyAddress: "+2" } };
  const memberBody = participantBody({
    identity: "alice",
    messaging_binding: { type: "sms", address: "+1", proxy_address: "+2" },
  });
  const held: [string, Definition, JsonObject, Record<string, unknown>, JsonObject][] = [
    ["the service where it lives", participant, alice, participantBody(), { serviceSid: IS }],
    ["what only a new object can have", addressConfiguration, shortCode, codeBody, { addressCountry: "GB" }],
    [
      "a group that only a new object can have",
      participant,
      alice,
      memberBody,
      pick(member, ["messagingBinding"]),
    ],
    ["what is final", conversation, {}, closed, { state: "closed" }],
  ];
  for (const [what, definition, inputs, body, further] of held)
    it(`shows what is there already, and sends nothing: ${what}`, () => {
      const state = created(definition, inputs, body);
      deepEqual(diff(definition, state, { ...inputs, ...further }), {
        changes: undefined,
        replaces: [],
        warning: undefined,
      });
      deepEqual(updateValues(changesBetween(definition, state, { ...inputs, ...further })), {});
    });

  const sent: [string, Definition, JsonObject, Record<string, unknown>, JsonObject][] = [
    ["another name", conversation, {}, conversationBody({ friendly_name: "a" }), { friendlyName: "b" }],
    ["the same name", conversation, {}, conversationBody({ friendly_name: "a" }), { friendlyName: "a" }],
    ["the same attributes", participant, alice, participantBody(), { attributes: {} }],
    ["the same role", participant, alice, participantBody(), { roleSid: RL }],
    ["the same state", conversation, {}, conversationBody(), { state: "active" }],
    ["the same member", conversation, {}, emailBody, { bindings: { email: { address: email.address } } }],
    ["a member that differs", conversation, {}, emailBody, { bindings: { email: { ...email, name: "US" } } }],
    ["what Twilio never tells", message, { conversationSid: CH, body: "hi" }, {}, { subject: "hello" }],
  ];
  for (const [what, definition, inputs, body, further] of sent)
    it(`sends ${what}`, () => {
      const state = created(definition, inputs, body);
      deepEqual(updateValues(changesBetween(definition, state, { ...inputs, ...further })), further);
    });

  for (const definition of definitions)
    it(`sends each field of a ${definition.noun} that can change in place, though the state has the same`, () => {
      const inputs = everyField(definition.type);
      const whole = ({ name, ...entry }: FieldEntry) => [
        name,
        patchFor(entry, { from: undefined, to: inputs[name] }),
      ];
      const fields = fieldsOf(definition).filter(({ policy }) => policy.change === "update");
      for (const { name } of fields) {
        const state = { ...created(definition, inputs, {}), ...inputs, assigned: { [name]: null } };
        const changes = changesBetween(definition, state, inputs);
        const sent = fields.filter((entry) => [entry.name, entry.policy.sentWith].includes(name));
        deepEqual(updateValues(changes), Object.fromEntries(sent.map(whole)));
        equal(diff(definition, state, inputs).changes, undefined);
      }
    });

  const replacing: [string, Definition, JsonObject, Record<string, unknown>, JsonObject][] = [
    ["another service", participant, alice, participantBody(), { serviceSid: sidOf("IS", 2) }],
    ["another country", addressConfiguration, shortCode, codeBody, { addressCountry: "US" }],
    [
      "a member that only a create takes, beside what is there already",
      conversationWebhook,
      webhook,
      webhookBody,
      { configuration: { url: URL, method: "post", replayAfter: 7 } },
    ],
  ];
  for (const [what, definition, inputs, body, further] of replacing)
    it(`replaces for ${what}`, () => {
      const state = created(definition, inputs, body);
      deepEqual(diff(definition, state, { ...inputs, ...further }).replaces, Object.keys(further));
    });

  it("does not take a member less for what is there already", () => {
    const inputs = { serviceSid: IS, newMessage: { sound: "ring" } };
    const state = created(
      serviceNotifications,
      { ...inputs, newMessage: { sound: "ring", template: "hi" } },
      {},
    );
    deepEqual(updateValues(changesBetween(serviceNotifications, state, inputs)), {
      newMessage: { template: "" },
    });
  });
});

describe("engine: what a diff says of what the program takes back", () => {
  const MG = sidOf("MG");
  const warnings: [string, Definition, JsonObject, JsonObject, string | undefined][] = [
    [
      "one field that Twilio cannot clear",
      conversation,
      { friendlyName: "a" },
      {},
      "friendlyName stays as it is, since Twilio cannot clear it.",
    ],
    [
      "two of them",
      conversation,
      { friendlyName: "a", messagingServiceSid: MG },
      {},
      "friendlyName and messagingServiceSid stay as they are, since Twilio cannot clear them.",
    ],
    [
      "one of them and one that it never tells",
      message,
      { conversationSid: CH, body: "a", subject: "b" },
      { conversationSid: CH },
      "body stays as it is, since Twilio cannot clear it. subject stays as it is: nothing is sent.",
    ],
    ["a field that is cleared", conversation, { uniqueName: "a" }, {}, undefined],
    [
      "a role whose default comes back",
      user,
      { identity: "alice", roleSid: RL },
      { identity: "alice" },
      undefined,
    ],
  ];
  for (const [what, definition, before, after, warning] of warnings)
    it(`says ${warning === undefined ? "nothing" : "that it stays"}: ${what}`, () =>
      equal(diff(definition, created(definition, before, {}), after).warning, warning));

  const open: [string, Definition, JsonObject, Record<string, unknown>, JsonObject][] = [
    ["a role", participant, alice, { role_sid: sidOf("RL", 2) }, { roleSid: RL }],
    ["a state", conversation, {}, { state: "closed" }, { state: "active" }],
  ];
  for (const [what, definition, inputs, drift, restored] of open)
    it(`says nothing of ${what} that the program leaves open, and that drifted: it is put back`, () => {
      const body = definition === participant ? participantBody() : conversationBody();
      const { state } = refreshed(definition, created(definition, inputs, body), { ...body, ...drift });
      equal(diff(definition, state, inputs).warning, undefined);
      deepEqual(updateValues(changesBetween(definition, state, inputs)), restored);
    });

  it("announces no replacement where nothing changes", () => {
    const inputs = { conversationSid: CH, body: "hi", resend: true };
    const state = { ...created(message, inputs, {}), missing: true };
    deepEqual(diff(message, state, inputs), {
      changes: false,
      replaces: [],
      warning: "It does not exist on Twilio any more.",
    });
  });
});
