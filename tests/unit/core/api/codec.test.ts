import { deepEqual, equal, notDeepEqual } from "node:assert/strict";
import fc from "fast-check";
import { type Form, fromResponse, toForm } from "../../../../provider/core/api/codec";
import { type Definition, fieldsOf } from "../../../../provider/core/definition/define";
import { restrict } from "../../../../provider/core/definition/field";
import type { Json, JsonObject } from "../../../../provider/core/json";
import { isPathSegment, pathOf } from "../../../../provider/http/path";
import { addressConfiguration } from "../../../../provider/resources/account/address-configuration";
import { webhooks } from "../../../../provider/resources/account/webhooks";
import { conversationWebhook } from "../../../../provider/resources/conversation/conversation-webhook";
import { message } from "../../../../provider/resources/conversation/message";
import { serviceWebhooks } from "../../../../provider/resources/service/service-webhooks";
import { CH, RL, sidOf } from "../../../types/sids";
import {
  conversation,
  conversationBody,
  participant,
  participantBody,
  role,
  roleBody,
} from "../state/samples";

const METHOD: Form = [["Configuration.Method", "get"]];

describe("engine: form of a request", () => {
  const forms: [string, Definition, JsonObject, Form][] = [
    ["nothing for no values", participant, {}, []],
    [
      "names in PascalCase",
      participant,
      { identity: "alice", roleSid: RL },
      [
        ["Identity", "alice"],
        ["RoleSid", RL],
      ],
    ],
    [
      "nested names with dots",
      participant,
      { messagingBinding: { address: "+1", proxyAddress: "+2" } },
      [
        ["MessagingBinding.Address", "+1"],
        ["MessagingBinding.ProxyAddress", "+2"],
      ],
    ],
    [
      "deeply nested names with dots",
      conversation,
      { bindings: { email: { address: "eu@example.com", name: "EU" } } },
      [
        ["Bindings.Email.Address", "eu@example.com"],
        ["Bindings.Email.Name", "EU"],
      ],
    ],
    [
      "a list by repeating the key, under the name that Twilio has for it",
      role,
      { permissions: ["a", "b"] },
      [
        ["Permission", "a"],
        ["Permission", "b"],
      ],
    ],
    [
      "attributes as one JSON text",
      participant,
      { attributes: { a: [1, null] } },
      [["Attributes", '{"a":[1,null]}']],
    ],
    ["attributes that are null as JSON text", participant, { attributes: null }, [["Attributes", "null"]]],
    ["attributes that are text as they are", participant, { attributes: '"hi"' }, [["Attributes", '"hi"']]],
    ["numbers in decimal", participant, { lastReadMessageIndex: 0 }, [["LastReadMessageIndex", "0"]]],
    ["booleans as words", participant, { groupMms: false }, [["GroupMms", "false"]]],
    ...["get", "GET"].flatMap((method): [string, Definition, JsonObject, Form][] => [
      [`${method} as a webhook takes it`, conversationWebhook, { configuration: { method } }, METHOD],
      [
        `${method} as an address takes it`,
        addressConfiguration,
        { autoCreation: { webhookMethod: method } },
        [["AutoCreation.WebhookMethod", "get"]],
      ],
      [`${method} as a service takes it`, serviceWebhooks, { method }, [["Method", "GET"]]],
      [`${method} as an account takes it`, webhooks, { method }, [["Method", "GET"]]],
    ]),
    ["null as empty", conversation, { uniqueName: null }, [["UniqueName", ""]]],
    ["empty text as empty", conversation, { uniqueName: "" }, [["UniqueName", ""]]],
    [
      "nothing that is undefined",
      conversation,
      { uniqueName: undefined, timers: { inactive: undefined } },
      [],
    ],
    ["nothing that is no field", role, { url: "x", sid: RL }, []],
    [
      "characters as they are, for the client to encode",
      participant,
      { identity: "a&b=c +é" },
      [["Identity", "a&b=c +é"]],
    ],
  ];
  for (const [what, definition, values, form] of forms) {
    it(`holds ${what}`, () => deepEqual(toForm(definition, values), form));
  }
});

describe("engine: Twilio's answer", () => {
  it("comes under camelCase names at every depth, with attributes as a JSON value", () => {
    const live = fromResponse(
      participant,
      participantBody({
        attributes: '{"snake_case": 1}',
        messaging_binding: { type: "sms", address: "+1", proxy_address: "+2", projected_address: null },
      }),
    );
    deepEqual(live["attributes"], { snake_case: 1 });
    deepEqual(live["messagingBinding"], {
      type: "sms",
      address: "+1",
      proxyAddress: "+2",
      projectedAddress: null,
    });
    equal(live["conversationSid"], CH);
    equal(live["lastReadMessageIndex"], null);
  });

  it("keeps lists as they are", () =>
    deepEqual(fromResponse(role, roleBody())["permissions"], ["sendMessage", "leaveConversation"]));

  it("comes under camelCase names within lists, too", () =>
    deepEqual(fromResponse(message, { media: [{ sid: "ME1", content_type: "text/plain" }, null] })["media"], [
      { sid: "ME1", contentType: "text/plain" },
      null,
    ]));

  it("keeps timers under camelCase names", () =>
    deepEqual(
      fromResponse(conversation, conversationBody({ timers: { date_inactive: "2026-01-02T03:04:05Z" } }))[
        "timers"
      ],
      { dateInactive: "2026-01-02T03:04:05Z" },
    ));

  it("keeps attributes that are no JSON as text", () =>
    equal(fromResponse(participant, participantBody({ attributes: "{oops" }))["attributes"], "{oops"));
});

describe("engine: the part of an answer that a field knows", () => {
  const part = (definition: Definition, name: string, value: Json | undefined) => {
    const entry = fieldsOf(definition).find((field) => field.name === name);
    if (entry === undefined) throw new Error(`no field ${name}`);
    return restrict(entry, value);
  };
  const cases: [string, Definition, string, Json | undefined, Json | undefined][] = [
    [
      "drops members that nobody declares",
      participant,
      "messagingBinding",
      { type: "sms", address: "+1" },
      { address: "+1" },
    ],
    [
      "drops null members",
      participant,
      "messagingBinding",
      { address: "+1", proxyAddress: null },
      { address: "+1" },
    ],
    [
      "takes an object without known members for absent",
      participant,
      "messagingBinding",
      { type: "chat" },
      undefined,
    ],
    ["takes null for absent", participant, "identity", null, undefined],
    [
      "takes empty nested objects for absent",
      conversation,
      "bindings",
      { email: { projectedAddress: "x" } },
      undefined,
    ],
    ["keeps attributes whole", participant, "attributes", { type: null }, { type: null }],
    ["keeps zero", participant, "lastReadMessageIndex", 0, 0],
    ["keeps lists", role, "permissions", [], []],
  ];
  for (const [what, definition, name, value, kept] of cases) {
    it(what, () => deepEqual(part(definition, name, value), kept));
  }
});

describe("engine: paths", () => {
  const anyName = fc.string({ unit: "binary", minLength: 1 }).filter(isPathSegment);

  it("keep every name in its own segment, in whatever a URL does to them", () =>
    fc.assert(
      fc.property(fc.array(anyName, { minLength: 1, maxLength: 4 }), (names) => {
        const url = new URL(pathOf(names), "https://conversations.twilio.com");
        deepEqual(url.pathname.split("/").slice(2).map(decodeURIComponent), names);
        deepEqual([url.origin, url.search, url.hash], ["https://conversations.twilio.com", "", ""]);
        equal(url.pathname.startsWith("/v1/"), true);
      }),
    ));

  for (const name of [
    "a/b",
    "a?b",
    "a#b",
    "%2e%2e",
    "../x",
    "\\",
    "a b",
    "whatsapp:+1",
    "é",
    "@evil.com",
    "//evil.com",
  ]) {
    it(`keep ${name} below the collection`, () => {
      const { pathname } = new URL(pathOf(["Conversations", name, "Participants"]), "https://x.test");
      deepEqual(pathname.split("/").map(decodeURIComponent), [
        "",
        "v1",
        "Conversations",
        name,
        "Participants",
      ]);
    });
  }

  for (const name of ["", ".", ".."]) {
    it(`cannot hold ${JSON.stringify(name)}`, () => {
      equal(isPathSegment(name), false);
      const { pathname } = new URL(pathOf(["Conversations", name, "Participants"]), "https://x.test");
      notDeepEqual(pathname.split("/").filter(Boolean).length, 4);
    });
  }

  for (const name of ["...", "a", " ", ".a", sidOf("CH")]) {
    it(`can hold ${JSON.stringify(name)}`, () => equal(isPathSegment(name), true));
  }
});
