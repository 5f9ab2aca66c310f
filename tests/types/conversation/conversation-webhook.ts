import { Conversation, ConversationWebhook } from "../../../provider";
import { conversationWebhook } from "../../../provider/resources/conversation/conversation-webhook";
import { threeConversations } from "../conversations";
import { CHANGED_HOOK, type Declaration, FLOW, filters, HOOK, otherFilters, sid } from "../drifted";
import { url, webhook } from "../in-estate";
import { CH, IS, sidOf } from "../sids";
import type { Specimen, Surroundings } from "../specimen";
import type { TypeTable } from "../type-table";

const FILTERS = ["onMessageAdded", "onMessageRemoved"];

/** A conversation takes five webhooks, one for a moment more where it is replaced, so they are spread. */
function home(label: string, { rows }: Surroundings): string | undefined {
  if (label.includes("-replace-")) return rows["leaving"]?.sid;
  return (/-(update|drift)-/.test(label) ? rows["changing"] : rows["home"])?.sid;
}

function hook(label: string): string {
  return `https://example.com/${label}`;
}

const specimen: Specimen = {
  definition: conversationWebhook,
  resource: ConversationWebhook,
  prepare: async (around) => ({
    ...(await threeConversations(around)),
    leaving: await around.account.conversation("leaving", around.servicePath),
    changing: await around.account.conversation("changing", around.servicePath),
  }),
  declare: (label, surroundings) => ({
    conversationSid: home(label, surroundings),
    target: "webhook",
    configuration: { url: hook(label), method: "post", filters: FILTERS, replayAfter: 1 },
  }),
  declareLeast: (label, surroundings) => ({
    conversationSid: home(label, surroundings),
    target: "trigger",
    configuration: { url: hook(label), triggers: ["help"] },
  }),
  updates: {
    configuration: (_surroundings, label) => ({
      value: { url: hook(label), method: "get", filters: ["onMessageAdded"], replayAfter: 1 },
      form: { "Configuration.Method": "get", "Configuration.Filters": "onMessageAdded" },
    }),
  },
  replacements: {
    serviceSid: (_label, { rows }) => ({
      with: { serviceSid: rows["otherService"]?.sid, conversationSid: rows["abroad"]?.sid },
    }),
    conversationSid: (_label, { rows }) => rows["away"]?.sid,
    target: () => ({ with: { target: "studio", configuration: { flowSid: FLOW } } }),
  },
  drifts: {
    configuration: () => ({
      fields: { configuration: { url: hook("changed"), method: "post", filters: ["onMessageAdded"] } },
      keys: ["configuration.filters[1]", "configuration.url"],
    }),
  },
  withUnknowns:
    ({ place }) =>
    (declare) => {
      const parent = declare(Conversation, "parent", place);
      declare(ConversationWebhook, "child", {
        ...place,
        conversationSid: parent.id,
        target: "webhook",
        configuration: { url: parent.id, filters: ["onMessageAdded"] },
      });
    },
  located: ({ rows }) => ({ conversationSid: rows["home"]?.sid }),
  rowsOf: (simulator) => simulator.rows("WH") as never,
  makeOutside: ({ conversationSid, target, configuration }, { account, servicePath }) => {
    const { url, method, filters } = configuration as { url: string; method: string; filters: string[] };
    return account.post(`${servicePath}/Conversations/${conversationSid}/Webhooks`, {
      Target: String(target),
      "Configuration.Url": url,
      "Configuration.Method": method,
      "Configuration.Filters": filters,
    });
  },
};

export const conversationWebhookTable: TypeTable = {
  lifecycle: { stack: "objects", specimen },
  everyField: {
    conversationSid: CH,
    target: "webhook",
    configuration: {
      url: HOOK,
      method: "post",
      filters: FILTERS,
      triggers: ["help", "agent"],
      flowSid: sidOf("FW"),
      replayAfter: 7,
    },
    serviceSid: IS,
    account: "eu",
    adopt: "always",
  },
  alternatives: [
    { configuration: { url: HOOK, method: "post", filters: FILTERS, replayAfter: 7 } },
    { target: "trigger", configuration: { url: HOOK, method: "post", triggers: ["help"], replayAfter: 7 } },
    { target: "studio", configuration: { flowSid: sidOf("FW"), replayAfter: 7 } },
  ],
  drifted: ({ desk }): Declaration[] => [
    {
      inputs: {
        conversationSid: desk,
        target: "webhook",
        configuration: { url: HOOK, method: "POST", filters },
      },
      drifts: {
        target: ["trigger"],
        "configuration.url": [CHANGED_HOOK],
        "configuration.method": ["get"],
        "configuration.filters": otherFilters,
      },
    },
    {
      inputs: {
        conversationSid: desk,
        target: "trigger",
        configuration: { url: HOOK, triggers: ["help", "agent"] },
      },
      drifts: { "configuration.triggers": [["help"], ["agent", "human"]] },
    },
    {
      inputs: { conversationSid: desk, target: "studio", configuration: { flowSid: FLOW, replayAfter: 2 } },
      drifts: { "configuration.flowSid": [sid("FW", 2)] },
    },
  ],
  reviewed: [
    {
      args: ({ label, sids }) => ({
        conversationSid: sids["desk"],
        target: "webhook",
        configuration: {
          url: `${HOOK}/${label}`,
          method: "POST",
          filters: ["onMessageAdded", "onMessageUpdated"],
        },
      }),
      updated: ({ label }) => ({
        configuration: {
          url: `${HOOK}/${label}`,
          method: "GET",
          filters: ["onMessageAdded", "onMessageUpdated"],
        },
      }),
      drift: ({ label }) => ({
        configuration: { url: `${HOOK}/${label}`, method: "post", filters: ["onMessageAdded"] },
      }),
      followed: ({ label }) => ({
        configuration: { url: `${HOOK}/${label}`, method: "POST", filters: ["onMessageAdded"] },
      }),
      replaced: ({ sids }) => ({ conversationSid: sids["room"] }),
      outside: ({ label, account, sids }) =>
        account.post(`/Conversations/${sids["desk"]}/Webhooks`, {
          Target: "webhook",
          "Configuration.Url": `${HOOK}/${label}`,
          "Configuration.Method": "POST",
          "Configuration.Filters": ["onMessageAdded", "onMessageUpdated"],
        }),
      located: ({ sids }) => ({ conversationSid: sids["desk"] }),
    },
  ],
  inConversation: {
    target: "webhook",
    configuration: { url: "https://example.com/hook", filters: ["onMessageAdded"] },
  },
  inEstate: {
    room: ({ name, inRoom }) => ({
      [`${name}-events`]: { ...inRoom, ...webhook(name) },
      [`${name}-help`]: {
        ...inRoom,
        target: "trigger",
        configuration: { url: url(name), triggers: ["help"] },
      },
    }),
  },
  label: ["conversation_sid", "target", "configuration.url"],
  writeLimit: "none",
  hasLookUp: true,
  path: `Services/${IS}/Conversations/${CH}/Webhooks/id`,
};
