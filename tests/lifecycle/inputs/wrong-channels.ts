import * as pulumi from "@pulumi/pulumi";
import { AddressConfiguration, ConversationWebhook } from "../../../provider";
import { CANARY, everywhere, everywhereProblems, long, sidOf, type Wrong } from "./wrong-values";

/** Wrong declarations of what calls and is called. */
export const WRONG_CHANNELS: readonly Wrong[] = [
  {
    what: "a webhook of values too long, of wrong forms and of other targets",
    type: ConversationWebhook,
    args: {
      conversationSid: sidOf("MB"),
      target: "webhook",
      configuration: {
        url: pulumi.secret(`https://example.com/${CANARY.padEnd(512, "x")}`),
        method: CANARY,
        filters: ["onMessageAdded", CANARY],
        triggers: [long(249)],
        flowSid: sidOf("FW"),
        replayAfter: -1,
        flow_sid: sidOf("FW"),
      },
      configurations: CANARY,
      ...everywhere,
    },
    problems: [
      ["conversationSid", 50350],
      ["configuration.url", 50372],
      ["configuration.method", 50055],
      ["configuration.filters.1", 50365],
      ["configuration.triggers.0", 50366],
      ["configuration.triggers"],
      ["configuration.flowSid"],
      ["configuration.replayAfter", 20001],
      ["configuration.flow_sid"],
      ["configurations"],
      ...everywhereProblems.slice(2),
    ],
  },
  {
    what: "a webhook without all that its target needs",
    type: ConversationWebhook,
    args: { conversationSid: "support", target: "trigger", configuration: { method: pulumi.secret("get") } },
    problems: [
      ["configuration.url", 50369],
      ["configuration.triggers", 50371],
    ],
  },
  {
    what: "an address of values too long, of wrong forms and of other types",
    type: AddressConfiguration,
    args: {
      type: CANARY,
      address: long(257),
      addressCountry: CANARY,
      friendlyName: long(257),
      autoCreation: {
        type: "studio",
        conversationServiceSid: sidOf("MB"),
        webhookUrl: pulumi.secret(`https://example.com/${CANARY}`),
        studioFlowSid: sidOf("FW").slice(0, -1),
        studioRetryCount: CANARY,
      },
      friendly_name: CANARY,
      account: everywhere["account"],
      adopt: everywhere["adopt"],
    },
    problems: [
      ["type", 20001],
      ["address", 20001],
      ["addressCountry", 20001],
      ["friendlyName", 50003],
      ["autoCreation.enabled"],
      ["autoCreation.conversationServiceSid", 50050],
      ["autoCreation.webhookUrl"],
      ["autoCreation.studioFlowSid", 50367],
      ["autoCreation.studioRetryCount"],
      ["friendly_name"],
      ...everywhereProblems.slice(3),
    ],
  },
];
