import { parentConversation, refuseUneditable, refuseUneditableParent } from "../../rules/conversations";
import { CodedError } from "../../rules/errors";
import {
  characters,
  choice,
  choiceOfAnyCase,
  integer,
  sidText,
  textList,
  type Values,
} from "../../rules/fields";
import { filterList, postEventWords, webhookUrl } from "../../rules/webhook-fields";
import type { Call, Plan, View } from "../../rules/world";
import type { ConversationRow, JsonObject, ScopedWebhookRow, ScopedWebhookTarget } from "../../state/rows";
import { collection, listing, write } from "../collection";

const updateFields = {
  "Configuration.Url": webhookUrl(50372),
  "Configuration.Method": choiceOfAnyCase(["get", "post"], 50055),
  "Configuration.Filters": filterList(postEventWords, 50365),
  "Configuration.Triggers": textList(),
  "Configuration.FlowSid": sidText("FW", 50367),
};
const createFields = {
  Target: choice<ScopedWebhookTarget>(["webhook", "trigger", "studio"], 50364),
  "Configuration.ReplayAfter": integer(),
  ...updateFields,
};

/** The resulting configuration, with only the parts that its target needs. */
function configurationOf(
  call: Call,
  target: ScopedWebhookTarget,
  values: Values<typeof updateFields>,
  before: JsonObject,
): JsonObject {
  const flowSid = values["Configuration.FlowSid"] ?? before["flow_sid"];
  if (target === "studio") {
    if (!flowSid) throw new CodedError(50367);
    return { flow_sid: flowSid };
  }
  const url = values["Configuration.Url"] ?? before["url"];
  if (!url) throw new CodedError(50369);
  const shared = { url, method: values["Configuration.Method"] ?? before["method"] ?? "post" };
  if (target === "webhook") {
    const filters = values["Configuration.Filters"] ?? (before["filters"] as string[] | undefined);
    if (!filters || filters.length === 0) throw new CodedError(50370);
    return { ...shared, filters };
  }
  const triggers = values["Configuration.Triggers"] ?? (before["triggers"] as string[] | undefined);
  if (!triggers || triggers.length === 0) throw new CodedError(50371);
  if (triggers.length > call.limits.triggersPerWebhook) throw new CodedError(50362);
  if (triggers.some((trigger) => trigger === "" || characters(trigger) > 248)) throw new CodedError(50366);
  return { ...shared, triggers };
}

function planCreate(call: Call, values: Values<typeof createFields>, conversation: ConversationRow): Plan {
  refuseUneditable(conversation);
  const { account, limits } = call;
  if (values.Target === undefined) throw new CodedError(50368);
  const configuration = configurationOf(call, values.Target, values, {});
  if (account.scopedWebhooks.inGroup(conversation.sid).length >= limits.scopedWebhooks)
    throw new CodedError(50361);
  const now = call.clock.nowText();
  const row: ScopedWebhookRow = {
    sid: call.newSid("WH"),
    order: 0,
    account_sid: conversation.account_sid,
    chat_service_sid: conversation.chat_service_sid,
    conversation_sid: conversation.sid,
    target: values.Target,
    configuration,
    date_created: now,
    date_updated: now,
  };
  return { row, commit: () => account.scopedWebhooks.insert(row) };
}

function planUpdate(call: Call, values: Values<typeof updateFields>, row: ScopedWebhookRow): Plan {
  refuseUneditableParent(call, row);
  const configuration = configurationOf(call, row.target, values, row.configuration);
  const date_updated = call.clock.nowText();
  return { row, commit: () => call.account.scopedWebhooks.patch(row, { configuration, date_updated }) };
}

export function renderScopedWebhook(row: ScopedWebhookRow, view: View): JsonObject {
  return {
    sid: row.sid,
    account_sid: row.account_sid,
    ...(view.scoped ? { chat_service_sid: row.chat_service_sid } : {}),
    conversation_sid: row.conversation_sid,
    target: row.target,
    configuration: { ...row.configuration },
    date_created: row.date_created,
    date_updated: row.date_updated,
    url: `${view.base}/Conversations/${row.conversation_sid}/Webhooks/${row.sid}`,
  };
}

export const scopedWebhookRoutes = collection<ConversationRow, ScopedWebhookRow>({
  name: "ConversationWebhook",
  scope: "both",
  path: "/Conversations/{ConversationSid}/Webhooks",
  key: "webhooks",
  pageSize: { default: 5, max: 5 },
  parent: parentConversation,
  find: (call, conversation, id) => {
    const row = call.account.scopedWebhooks.get(id);
    return row?.conversation_sid === conversation.sid ? row : undefined;
  },
  list: listing({}, (call, _none, conversation: ConversationRow) => ({
    rows: call.account.scopedWebhooks.inGroup(conversation.sid),
  })),
  create: write(createFields, planCreate),
  update: write(updateFields, planUpdate),
  remove: (call, row) => {
    refuseUneditableParent(call, row);
    return { row, commit: () => call.account.scopedWebhooks.remove(row) };
  },
  render: renderScopedWebhook,
});
