import { Conversation, ConversationWebhook } from "../../../provider";
import { conversationWebhook } from "../../../provider/resources/conversation/conversation-webhook";
import type { Specimen, Surroundings } from "../specimen";

const FLOW = `FW${"1".repeat(32)}`;
const FILTERS = ["onMessageAdded", "onMessageRemoved"];

/** A conversation takes five webhooks, one for a moment more where it is replaced, so they are spread. */
function home(label: string, { rows }: Surroundings): string | undefined {
  if (label.includes("-replace-")) return rows["leaving"]?.sid;
  return (/-(update|drift)-/.test(label) ? rows["changing"] : rows["home"])?.sid;
}

function hook(label: string): string {
  return `https://example.com/${label}`;
}

export const conversationWebhookSpecimen: Specimen = {
  definition: conversationWebhook,
  resource: ConversationWebhook,
  prepare: async ({ account, servicePath }) => {
    const otherService = await account.service("another");
    return {
      otherService,
      home: await account.conversation("home", servicePath),
      leaving: await account.conversation("leaving", servicePath),
      changing: await account.conversation("changing", servicePath),
      away: await account.conversation("away", servicePath),
      abroad: await account.conversation("abroad", `/Services/${otherService.sid}`),
    };
  },
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
