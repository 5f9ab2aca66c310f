import { Service, ServiceWebhooks } from "../../../provider";
import { serviceWebhooks } from "../../../provider/resources/service/service-webhooks";
import { HOOK } from "../drifted";
import { IS } from "../sids";
import type { SingletonSpecimen } from "../specimen";
import type { TypeTable } from "../type-table";
import { settingsInEstate, webhookDrifts, webhookSettings } from "../webhook-settings";

const specimen: SingletonSpecimen = {
  definition: serviceWebhooks,
  resource: ServiceWebhooks,
  scopes: "own",
  prepare: async ({ account, servicePath }) => {
    await account.post(`${servicePath}/Configuration/Webhooks`, {
      PostWebhookUrl: "https://example.com/before",
      Filters: ["onMessageUpdated", "onMessageAdded"],
      Method: "GET",
    });
    return { otherService: await account.service("another") };
  },
  declare: () => ({
    preWebhookUrl: "https://example.com/pre",
    postWebhookUrl: "https://example.com/post",
    filters: ["onMessageAdded", "onMessageUpdated"],
    method: "post",
  }),
  form: () => ({
    PreWebhookUrl: "https://example.com/pre",
    PostWebhookUrl: "https://example.com/post",
    Method: "POST",
  }),
  updates: {
    preWebhookUrl: () => ({ value: "https://e.com/a", form: { PreWebhookUrl: "https://e.com/a" } }),
    postWebhookUrl: () => ({ value: "https://e.com/b", form: { PostWebhookUrl: "https://e.com/b" } }),
    filters: () => ({
      value: ["onUserAdded", "onMessageAdd"],
      form: { Filters: ["onUserAdded", "onMessageAdd"] },
    }),
    method: () => ({ value: "GET", form: { Method: "GET" } }),
  },
  replacements: { serviceSid: (_label, { rows }) => rows["otherService"]?.sid },
  drifts: {
    preWebhookUrl: () => ({ fields: { pre_webhook_url: null }, keys: ["preWebhookUrl"] }),
    postWebhookUrl: () => ({
      fields: { post_webhook_url: "https://example.com/changed" },
      keys: ["postWebhookUrl"],
    }),
    filters: () => ({ fields: { filters: ["onUserAdded"] }, keys: ["filters[1]"] }),
    method: () => ({ fields: { method: "POST" }, keys: ["method"] }),
  },
  stays: { filters: ["onUserAdded", "onMessageAdd"], method: "GET" },
  withUnknowns: () => (declare) => {
    const parent = declare(Service, "parent", { friendlyName: "parent" });
    declare(ServiceWebhooks, "unknown", {
      serviceSid: parent.id,
      preWebhookUrl: parent.id,
      filters: [parent.id],
      method: parent.id,
    });
  },
};

export const serviceWebhooksTable: TypeTable = {
  lifecycle: { stack: "settings", specimen },
  everyField: {
    preWebhookUrl: "https://example.com/pre",
    postWebhookUrl: "https://example.com/post",
    filters: ["onMessageAdd", "onMessageAdded"],
    method: "POST",
    serviceSid: IS,
    account: "eu",
  },
  drifted: ({ service }) => [
    { inputs: { serviceSid: service, ...webhookSettings, method: "post" }, drifts: webhookDrifts },
  ],
  reviewed: [
    {
      needs: "service",
      args: ({ sids }) => ({
        serviceSid: sids["service"],
        ...webhookSettings,
        filters: ["onMessageAdded"],
        method: "POST",
      }),
      updated: () => ({ preWebhookUrl: `${HOOK}/second` }),
      dropped: () => ({ preWebhookUrl: undefined }),
      drift: () => ({ post_webhook_url: `${HOOK}/third`, filters: ["onMessageAdded", "onUserAdded"] }),
      followed: () => ({ postWebhookUrl: `${HOOK}/third`, filters: ["onMessageAdded", "onUserAdded"] }),
      driftOf: (_row, { sids }) => String(sids["service"]),
      replaced: ({ sids }) => ({ serviceSid: sids["elsewhere"] }),
    },
  ],
  inEstate: {
    district: ({ name, serviceSid }) => ({
      [`${name}-webhooks`]: { serviceSid, ...settingsInEstate(name) },
    }),
  },
  writeLimit: "none",
  hasLookUp: false,
  path: `Services/${IS}/Configuration/Webhooks`,
};
