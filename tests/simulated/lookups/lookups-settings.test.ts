import { deepEqual, equal, match } from "node:assert/strict";
import {
  addressConfigurationLookup,
  addressConfigurationsLookup,
} from "../../../provider/functions/address-configuration";
import { configurationLookup } from "../../../provider/functions/configuration";
import {
  conversationWebhookLookup,
  conversationWebhooksLookup,
} from "../../../provider/functions/conversation-webhook";
import { useLookups } from "./lookups";

const NUMBER = "+15005550001";
const URL = "https://example.com/archive";
const FLOW = `FW${"1".repeat(32)}`;

describe("A look-up of an account's settings", () => {
  const lookups = useLookups();
  const address = (type: string, name: string) =>
    lookups.account.post("/Configuration/Addresses", { Type: type, Address: name });

  it("reads the configuration of the account", async () => {
    const { accountSid, defaultServiceSid } = lookups.simulator.account;
    const found = await lookups.one(configurationLookup);
    deepEqual(
      [found["accountSid"], found["defaultChatServiceSid"], found["url"]],
      [accountSid, defaultServiceSid, `${lookups.simulator.url}/v1/Configuration`],
    );
    equal("sid" in found, false);
  });

  it("finds an address configuration by its address, and its type in either case", async () => {
    const { sid } = await address("sms", NUMBER);
    lookups.rerun({});
    equal((await lookups.one(addressConfigurationLookup, { address: NUMBER }))["sid"], sid);
    equal(lookups.requests().length, 1);
    equal((await lookups.one(addressConfigurationLookup, { address: NUMBER, type: "SMS" }))["sid"], sid);
    const { message } = await lookups.failing(addressConfigurationLookup, { type: "email", address: NUMBER });
    match(
      message,
      /there is no address configuration with address "\+15…01" and type "email" in account AC\w+\. Near it: IG\w+ \(address "\+15…01" and type "sms"\)/,
    );
  });

  it("lists address configurations of a type, whether Twilio chooses by it or not", async () => {
    await address("sms", NUMBER);
    await address("email", "help@example.com");
    lookups.rerun({});
    const addresses = async (args: object) =>
      (await lookups.all(addressConfigurationsLookup, args)).map((row) => row["address"]).sort();
    deepEqual(await addresses({}), [NUMBER, "help@example.com"]);
    deepEqual(await addresses({ type: "sms" }), [NUMBER]);
    deepEqual(await addresses({ type: "email" }), ["help@example.com"]);
    const path = "/v1/Configuration/Addresses";
    deepEqual(lookups.requests(), [`${path} 200`, `${path} Type=sms 200`, `${path} 200`]);
  });
});

describe("A look-up of a conversation's webhooks", () => {
  const lookups = useLookups();
  const webhook = (form: Record<string, string>) => lookups.account.post("/Conversations/eu/Webhooks", form);
  const conversationSid = "eu";

  it("goes by what they call, and gives what they call", async () => {
    const { sid: conversation } = await lookups.account.conversation("eu");
    const archive = { "Configuration.Url": URL };
    const filtered = await webhook({
      Target: "webhook",
      ...archive,
      "Configuration.Filters": "onMessageAdded",
    });
    const triggered = await webhook({ Target: "trigger", ...archive, "Configuration.Triggers": "help" });
    const studio = await webhook({ Target: "studio", "Configuration.FlowSid": FLOW });
    lookups.rerun({});
    const find = (args: object) => lookups.one(conversationWebhookLookup, { conversationSid, ...args });
    equal((await find({ flowSid: FLOW }))["sid"], studio.sid);
    equal((await find({ url: URL, target: "trigger" }))["sid"], triggered.sid);
    const found = await find({ sid: filtered.sid });
    deepEqual(
      [found["conversationSid"], found["url"], found["target"]],
      [
        conversation,
        `${lookups.simulator.url}/v1/Conversations/${conversation}/Webhooks/${filtered.sid}`,
        "webhook",
      ],
    );
    const { message, reason } = await lookups.failing(conversationWebhookLookup, {
      conversationSid,
      url: URL,
    });
    equal(reason, "several");
    match(message, /2 webhooks have url "https:\/\/example\.com\/archive" in conversation eu, account/);
    equal((await lookups.all(conversationWebhooksLookup, { conversationSid })).length, 3);
  });
});
