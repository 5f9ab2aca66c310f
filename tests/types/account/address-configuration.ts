import { AddressConfiguration, Service } from "../../../provider";
import { addressConfiguration } from "../../../provider/resources/account/address-configuration";
import { CHANGED_HOOK, type Declaration, FLOW, filters, HOOK, otherFilters, sid } from "../drifted";
import { url } from "../in-estate";
import { IS, sidOf } from "../sids";
import type { Specimen } from "../specimen";
import type { TypeTable } from "../type-table";

const FILTERS = ["onMessageAdded", "onMessageRemoved"];

const specimen: Specimen = {
  definition: addressConfiguration,
  resource: AddressConfiguration,
  scopes: "account",
  prepare: async ({ account }) => ({ inbox: await account.service("inbox") }),
  declare: (label, { rows }) => ({
    type: "email",
    address: `${label}@example.com`,
    addressCountry: "GB",
    friendlyName: "an address",
    autoCreation: {
      enabled: true,
      type: "webhook",
      conversationServiceSid: rows["inbox"]?.sid,
      webhookUrl: HOOK,
      webhookMethod: "post",
      webhookFilters: FILTERS,
    },
  }),
  declareLeast: (label) => ({ type: "chat", address: label }),
  updates: {
    friendlyName: () => ({ value: "another name", form: { FriendlyName: "another name" } }),
    autoCreation: ({ rows }) => ({
      value: {
        enabled: true,
        type: "studio",
        conversationServiceSid: rows["inbox"]?.sid,
        studioFlowSid: FLOW,
        studioRetryCount: 2,
      },
      form: {
        "AutoCreation.Type": "studio",
        "AutoCreation.StudioFlowSid": FLOW,
        "AutoCreation.StudioRetryCount": "2",
      },
    }),
  },
  replacements: {
    type: () => "messenger",
    address: (label) => `${label}-again@example.com`,
    addressCountry: () => "US",
  },
  drifts: {
    friendlyName: () => ({ fields: { friendly_name: "changed" }, keys: ["friendlyName"] }),
    autoCreation: ({ rows }) => ({
      fields: {
        auto_creation: {
          enabled: false,
          type: "webhook",
          conversation_service_sid: rows["inbox"]?.sid,
          webhook_url: HOOK,
          webhook_method: "POST",
          webhook_filters: ["onMessageAdded"],
        },
      },
      keys: ["autoCreation.enabled", "autoCreation.webhookFilters[1]"],
    }),
  },
  withUnknowns: () => (declare) => {
    const inbox = declare(Service, "inbox", { friendlyName: "inbox" });
    declare(AddressConfiguration, "unknown", {
      type: "email",
      address: inbox.id,
      autoCreation: { enabled: true, type: "default", conversationServiceSid: inbox.id },
    });
  },
  located: () => ({}),
  rowsOf: (simulator) => simulator.rows("IG") as never,
  makeOutside: ({ type, address, addressCountry, friendlyName, autoCreation }, { account }) => {
    const { conversationServiceSid } = autoCreation as { conversationServiceSid: string };
    return account.post("/Configuration/Addresses", {
      Type: String(type),
      Address: String(address),
      AddressCountry: String(addressCountry),
      FriendlyName: String(friendlyName),
      "AutoCreation.Enabled": "true",
      "AutoCreation.Type": "webhook",
      "AutoCreation.ConversationServiceSid": conversationServiceSid,
      "AutoCreation.WebhookUrl": HOOK,
      "AutoCreation.WebhookMethod": "post",
      "AutoCreation.WebhookFilters": FILTERS,
    });
  },
};

export const addressConfigurationTable: TypeTable = {
  lifecycle: { stack: "objects", specimen },
  everyField: {
    type: "sms",
    address: "+14155550100",
    addressCountry: "GB",
    friendlyName: "support",
    autoCreation: {
      enabled: true,
      type: "webhook",
      conversationServiceSid: IS,
      webhookUrl: HOOK,
      webhookMethod: "post",
      webhookFilters: FILTERS,
      studioFlowSid: sidOf("FW"),
      studioRetryCount: 2,
    },
    account: "eu",
    adopt: "always",
  },
  alternatives: [
    {
      autoCreation: {
        enabled: true,
        type: "webhook",
        conversationServiceSid: IS,
        webhookUrl: HOOK,
        webhookMethod: "post",
        webhookFilters: FILTERS,
      },
    },
    { autoCreation: { enabled: true, type: "studio", studioFlowSid: sidOf("FW"), studioRetryCount: 2 } },
  ],
  drifted: ({ service, laterService }): Declaration[] => [
    {
      inputs: {
        type: "EMAIL",
        address: "support@example.com",
        addressCountry: "GB",
        friendlyName: "Support",
        autoCreation: {
          enabled: true,
          conversationServiceSid: service,
          type: "webhook",
          webhookUrl: HOOK,
          webhookMethod: "post",
          webhookFilters: filters,
        },
      },
      drifts: {
        type: ["chat"],
        address: ["changed@example.com"],
        addressCountry: ["US", null],
        friendlyName: ["changed", null],
        "autoCreation.enabled": [false],
        "autoCreation.type": ["default"],
        "autoCreation.conversationServiceSid": [laterService],
        "autoCreation.webhookUrl": [CHANGED_HOOK],
        "autoCreation.webhookMethod": ["GET"],
        "autoCreation.webhookFilters": otherFilters,
      },
    },
    {
      inputs: {
        type: "chat",
        address: "desk",
        autoCreation: {
          enabled: true,
          conversationServiceSid: service,
          type: "studio",
          studioFlowSid: FLOW,
          studioRetryCount: 2,
        },
      },
      drifts: {
        "autoCreation.studioFlowSid": [sid("FW", 2)],
        "autoCreation.studioRetryCount": [3, 0],
      },
    },
  ],
  reviewed: [
    {
      args: ({ label }) => ({
        type: "chat",
        address: label,
        friendlyName: "First",
        autoCreation: { enabled: true, type: "webhook", webhookUrl: HOOK, webhookMethod: "POST" },
      }),
      updated: () => ({ friendlyName: "Second" }),
      dropped: () => ({ friendlyName: undefined, autoCreation: undefined }),
      drift: () => ({ friendly_name: "Third" }),
      followed: () => ({ friendlyName: "Third" }),
      replaced: ({ label }) => ({ address: `${label}-again` }),
      outside: ({ label, account }) =>
        account.post("/Configuration/Addresses", {
          Type: "chat",
          Address: label,
          FriendlyName: "First",
          "AutoCreation.Enabled": "true",
          "AutoCreation.Type": "webhook",
          "AutoCreation.WebhookUrl": HOOK,
          "AutoCreation.WebhookMethod": "POST",
        }),
      located: () => ({}),
    },
  ],
  inEstate: {
    district: ({ name, phone, serviceSid }) => ({
      [`${name}-line`]: {
        ...{ type: "sms", address: phone(99), friendlyName: name },
        autoCreation: {
          ...{ enabled: true, type: "webhook", conversationServiceSid: serviceSid },
          ...{ webhookUrl: url(name), webhookMethod: "post", webhookFilters: ["onMessageAdded"] },
        },
      },
    }),
  },
  label: ["type", "address"],
  writeLimit: "none",
  hasLookUp: true,
  path: "Configuration/Addresses/id",
};
