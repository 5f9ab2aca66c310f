import { Service, Webhooks } from "../../../provider";
import { webhooks } from "../../../provider/resources/account/webhooks";
import { HOOK } from "../drifted";
import type { SingletonSpecimen } from "../specimen";
import type { TypeTable } from "../type-table";
import { settingsInEstate, webhookDrifts, webhookSettings } from "../webhook-settings";

const specimen: SingletonSpecimen = {
  definition: webhooks,
  resource: Webhooks,
  scopes: "account",
  prepare: async ({ account }) => {
    await account.post("/Configuration/Webhooks", {
      PreWebhookUrl: "https://example.com/before",
      Filters: ["onMessageUpdated", "onMessageAdded"],
    });
    return {};
  },
  declare: () => ({
    preWebhookUrl: "https://example.com/pre",
    postWebhookUrl: "https://example.com/post",
    filters: ["onUserAdded", "onUserUpdated"],
    method: "POST",
    target: "flex",
  }),
  form: () => ({
    PreWebhookUrl: "https://example.com/pre",
    PostWebhookUrl: "https://example.com/post",
    Filters: ["onUserAdded", "onUserUpdated"],
    Target: "flex",
  }),
  updates: {
    preWebhookUrl: () => ({ value: "https://e.com/a", form: { PreWebhookUrl: "https://e.com/a" } }),
    postWebhookUrl: () => ({ value: "https://e.com/b", form: { PostWebhookUrl: "https://e.com/b" } }),
    filters: () => ({ value: ["onDeliveryUpdated"], form: { Filters: "onDeliveryUpdated" } }),
    method: () => ({ value: "get", form: { Method: "GET" } }),
    target: () => ({ value: "webhook", form: { Target: "webhook" } }),
  },
  replacements: {},
  drifts: {
    preWebhookUrl: () => ({
      fields: { pre_webhook_url: "https://example.com/changed" },
      keys: ["preWebhookUrl"],
    }),
    postWebhookUrl: () => ({ fields: { post_webhook_url: null }, keys: ["postWebhookUrl"] }),
    filters: () => ({ fields: { filters: ["onUserAdded"] }, keys: ["filters[0]"] }),
    method: () => ({ fields: { method: "POST" }, keys: ["method"] }),
    target: () => ({ fields: { target: "flex" }, keys: ["target"] }),
  },
  withUnknowns: () => (declare) => {
    const parent = declare(Service, "parent", { friendlyName: "parent" });
    declare(Webhooks, "unknown", { preWebhookUrl: parent.id, filters: [parent.id] });
  },
};

export const webhooksTable: TypeTable = {
  lifecycle: { stack: "settings", specimen },
  everyField: {
    preWebhookUrl: "https://example.com/pre",
    postWebhookUrl: "https://example.com/post",
    filters: ["onMessageAdd", "onMessageAdded"],
    method: "POST",
    target: "flex",
    account: "eu",
  },
  drifted: () => [
    {
      inputs: { ...webhookSettings, method: "POST", target: "flex" },
      drifts: { ...webhookDrifts, target: ["webhook"] },
    },
  ],
  reviewed: [
    {
      needs: "account",
      args: ({ accounts }) => ({
        account: accounts[0],
        ...webhookSettings,
        filters: ["onMessageAdded"],
        method: "POST",
        target: "webhook",
      }),
      updated: () => ({ preWebhookUrl: `${HOOK}/second` }),
      dropped: () => ({ postWebhookUrl: undefined }),
      drift: () => ({ post_webhook_url: `${HOOK}/third` }),
      followed: () => ({ postWebhookUrl: `${HOOK}/third` }),
      driftOf: (_row, { account }) => account.account.accountSid,
      replaced: ({ accounts }) => ({ account: accounts[1] }),
    },
  ],
  inEstate: { account: ({ name }) => ({ [`${name}-webhooks`]: settingsInEstate(name) }) },
  writeLimit: "none",
  hasLookUp: false,
  path: "Configuration/Webhooks",
};
