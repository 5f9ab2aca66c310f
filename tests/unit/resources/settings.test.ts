import { deepEqual, equal, notEqual } from "node:assert/strict";
import type { SingletonDefinition } from "../../../provider/core/definition/define";
import { validate } from "../../../provider/core/definition/validate";
import type { JsonObject } from "../../../provider/core/json";
import { describeProblem } from "../../../provider/core/problem";
import { configuration } from "../../../provider/resources/account/configuration";
import { webhooks } from "../../../provider/resources/account/webhooks";
import { serviceConfiguration } from "../../../provider/resources/service/service-configuration";
import { serviceNotifications } from "../../../provider/resources/service/service-notifications";
import { serviceWebhooks } from "../../../provider/resources/service/service-webhooks";
import { everyField } from "../../types";
import { IS } from "../../types/sids";

const CANARY = "CANARY";

const wrongs: [SingletonDefinition, JsonObject, [path: string, code?: number][]][] = [
  [
    configuration,
    {
      defaultChatServiceSid: CANARY,
      defaultMessagingServiceSid: IS,
      defaultInactiveTimer: "PT59S",
      defaultClosedTimer: CANARY,
      serviceSid: CANARY,
    },
    [
      ["defaultChatServiceSid", 50050],
      ["defaultMessagingServiceSid", 50341],
      ["defaultInactiveTimer", 50375],
      ["defaultClosedTimer", 50380],
      ["serviceSid"],
    ],
  ],
  [
    serviceConfiguration,
    {
      defaultConversationCreatorRoleSid: IS,
      defaultConversationRoleSid: CANARY,
      defaultChatServiceRoleSid: CANARY,
      reachabilityEnabled: CANARY,
    },
    [
      ["defaultConversationCreatorRoleSid", 50100],
      ["defaultConversationRoleSid", 50100],
      ["defaultChatServiceRoleSid", 50100],
      ["reachabilityEnabled"],
      ["serviceSid"],
    ],
  ],
  [
    serviceNotifications,
    { serviceSid: IS, newMessage: { enabled: CANARY, withMedia: { sound: CANARY } }, adopt: CANARY },
    [["newMessage.enabled"], ["newMessage.withMedia.sound"], ["adopt"]],
  ],
  [
    serviceWebhooks,
    {
      serviceSid: IS,
      preWebhookUrl: CANARY,
      postWebhookUrl: "",
      filters: ["onMessageAdded", CANARY],
      method: CANARY,
      target: CANARY,
    },
    [
      ["preWebhookUrl", 50077],
      ["postWebhookUrl", 50078],
      ["filters.1", 50054],
      ["method", 50055],
      ["target"],
    ],
  ],
  [
    webhooks,
    { filters: [], target: CANARY, method: "PUT" },
    [
      ["filters", 50054],
      ["target", 20001],
      ["method", 50055],
    ],
  ],
];

describe("settings of services and accounts: what a preview refuses", () => {
  for (const [definition, inputs, expected] of wrongs)
    it(`refuses of ${definition.type} everything at once, without a value`, () => {
      const { problems } = validate(definition, {}, inputs);
      const found = problems.map(({ path, twilioCode }) => `${path} ${twilioCode ?? ""}`);
      const paths = expected.map(([path, code]) => `${path} ${code ?? ""}`);
      deepEqual(found.sort(), paths.sort());
      equal(problems.map(describeProblem).join().includes(CANARY), false);
      for (const { path, hint } of problems) notEqual(hint ?? "", "", path);
    });
});

describe("settings of services and accounts: what a preview accepts", () => {
  for (const [definition] of wrongs)
    it(`accepts every field of ${definition.type}`, () => {
      const { account: _account, ...inputs } = everyField(definition.type);
      deepEqual(validate(definition, {}, inputs).problems, []);
    });
});
