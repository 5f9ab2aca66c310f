import { AddressConfiguration, Service } from "../../../provider";
import { addressConfiguration } from "../../../provider/resources/account/address-configuration";
import type { Specimen } from "../specimen";

const FLOW = `FW${"1".repeat(32)}`;
const HOOK = "https://example.com/hook";
const FILTERS = ["onMessageAdded", "onMessageRemoved"];

export const addressConfigurationSpecimen: Specimen = {
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
