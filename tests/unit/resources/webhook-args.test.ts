import { equal } from "node:assert/strict";
import * as pulumi from "@pulumi/pulumi";
import type { AddressConfigurationArgs, StandingWebhookArgs } from "../../../provider";

/** What the compiler takes and refuses; the tests are in the comments, so that nothing runs but the count. */
const webhook = (args: StandingWebhookArgs) => args;
const address = (autoCreation: AddressConfigurationArgs["autoCreation"]) => autoCreation;
const flowSid = pulumi.output("FW0123456789abcdef0123456789abcdef");
const url = pulumi.output("https://example.com/hook");
const filters = ["onMessageAdded" as const];

const declarations = {
  "a webhook of each target": [
    webhook({ target: "webhook", configuration: { url, filters, method: "GET", replayAfter: 0 } }),
    webhook({ target: "trigger", configuration: { url, triggers: ["help"] } }),
    webhook({ target: "studio", configuration: { flowSid } }),
    webhook({ target: pulumi.output("studio" as const), configuration: pulumi.output({ flowSid }) }),
  ],
  "a webhook without what its target needs": [
    // @ts-expect-error: no events
    webhook({ target: "webhook", configuration: { url } }),
    // @ts-expect-error: no words
    webhook({ target: "trigger", configuration: { url } }),
    // @ts-expect-error: no flow
    webhook({ target: "studio", configuration: {} }),
    // @ts-expect-error: nothing at all
    webhook({ target: "studio" }),
  ],
  "a webhook with what is another target's": [
    // @ts-expect-error: events are nothing for a flow
    webhook({ target: "studio", configuration: { flowSid, filters } }),
    // @ts-expect-error: words are nothing for events
    webhook({ target: "webhook", configuration: { url, filters, triggers: ["help"] } }),
    // @ts-expect-error: a URL is nothing for a flow
    webhook({ target: "studio", configuration: { flowSid, url } }),
  ],
  "an auto-creation of each type": [
    address({ enabled: true, type: "default" }),
    address({ enabled: true, type: "webhook", webhookUrl: url, webhookFilters: filters }),
    address({ enabled: true, type: "studio", studioFlowSid: flowSid, studioRetryCount: 2 }),
  ],
  "an auto-creation of another type's members": [
    // @ts-expect-error: no URL
    address({ enabled: true, type: "webhook" }),
    // @ts-expect-error: no flow
    address({ enabled: true, type: "studio" }),
    // @ts-expect-error: a flow is nothing for a webhook
    address({ enabled: true, type: "webhook", webhookUrl: url, studioFlowSid: flowSid }),
    // @ts-expect-error: neither on nor off
    address({ type: "default" }),
  ],
};

describe("webhooks and addresses: what the compiler knows of them", () => {
  for (const [what, cases] of Object.entries(declarations))
    it(`holds for ${what}`, () => equal(cases.length > 2, true));
});
