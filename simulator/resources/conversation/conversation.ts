import { findConversation, refuseUneditable } from "../../rules/conversations";
import { CodedError } from "../../rules/errors";
import {
  choice,
  conversationAttributes,
  dateTime,
  duration,
  sidText,
  text,
  type Values,
} from "../../rules/fields";
import { newestFirst } from "../../rules/pages";
import { durationMs, minClosedMs, minInactiveMs, startTimers } from "../../rules/timers";
import type { Call, Plan, View } from "../../rules/world";
import { isSid } from "../../sid";
import { memberKey } from "../../state/account-state";
import { removeConversation } from "../../state/removal";
import type { ConversationRow, ConversationState, JsonObject, ServiceRow } from "../../state/rows";
import { conversationSubject } from "../../webhooks/subject";
import { collection, listing, write } from "../collection";

/** The fields of a conversation, which ConversationWithParticipants takes too. */
export const conversationFields = {
  FriendlyName: text((limits) => limits.friendlyNameChars, 50003),
  UniqueName: text((limits) => limits.uniqueNameChars, 50004),
  Attributes: conversationAttributes,
  MessagingServiceSid: sidText("MG", 50341),
  State: text(),
  "Timers.Inactive": duration(minInactiveMs, 50379, 50375),
  "Timers.Closed": duration(minClosedMs, 50380, 50376),
  "Bindings.Email.Address": text((limits) => limits.addressChars),
  "Bindings.Email.Name": text((limits) => limits.friendlyNameChars),
  DateCreated: dateTime(50308),
  DateUpdated: dateTime(50309),
};

export type ConversationValues = Values<typeof conversationFields>;

export function planConversation(
  call: Call,
  values: ConversationValues,
  service: ServiceRow,
): Plan<ConversationRow> {
  const { account } = call;
  const state = createdState(values);
  const uniqueName = values.UniqueName || null;
  refuseTakenName(call, service, uniqueName);
  const now = call.clock.nowText();
  const defaults = account.configuration;
  const row: ConversationRow = {
    sid: call.newSid("CH"),
    order: 0,
    account_sid: account.account.accountSid,
    chat_service_sid: service.sid,
    messaging_service_sid: values.MessagingServiceSid ?? defaults.default_messaging_service_sid,
    friendly_name: values.FriendlyName || null,
    unique_name: uniqueName,
    attributes: values.Attributes ?? "{}",
    state,
    timers: {},
    bindings: emailBinding(values, {}),
    created_by: "system",
    inactive_after_ms: values["Timers.Inactive"] ?? durationMs(defaults.default_inactive_timer ?? "") ?? 0,
    closed_after_ms: values["Timers.Closed"] ?? durationMs(defaults.default_closed_timer ?? "") ?? 0,
    next_message_index: 0,
    date_created: values.DateCreated ?? now,
    date_updated: values.DateUpdated ?? values.DateCreated ?? now,
  };
  return {
    row,
    commit: () => {
      account.conversations.insert(row);
      startTimers(account, row, call.clock.nowMs());
    },
  };
}

function createdState(values: ConversationValues): ConversationState {
  const state = values.State;
  const hasTimers = values["Timers.Inactive"] !== undefined || values["Timers.Closed"] !== undefined;
  if (state === undefined && hasTimers) throw new CodedError(50382);
  if (state === undefined) return "active";
  if (state === "") throw new CodedError(50374);
  if (state === "closed") throw new CodedError(50384);
  if (state !== "active" && state !== "inactive") throw new CodedError(50378);
  return state;
}

function changedState(text: string): ConversationState {
  if (text === "") throw new CodedError(50374);
  if (text !== "active" && text !== "inactive" && text !== "closed") throw new CodedError(50378);
  return text;
}

function refuseTakenName(
  call: Call,
  service: ServiceRow,
  uniqueName: string | null,
  own?: ConversationRow,
): void {
  if (uniqueName === null) return;
  if (isSid(uniqueName, "CH")) throw new CodedError(50390);
  const holders = call.account.conversations.having("uniqueName", memberKey(service.sid, uniqueName) ?? "");
  if (holders.some((holder) => holder !== own)) throw new CodedError(50353);
}

function emailBinding(values: ConversationValues, before: JsonObject): JsonObject {
  const [address, name] = [values["Bindings.Email.Address"], values["Bindings.Email.Name"]];
  if (address === undefined && name === undefined) return before;
  const email = (before["email"] ?? {}) as JsonObject;
  return {
    email: {
      projected_address: address ?? email["projected_address"] ?? null,
      name: name ?? email["name"] ?? null,
    },
  };
}

function planUpdate(call: Call, values: ConversationValues, row: ConversationRow): Plan {
  refuseUneditable(row);
  const { account } = call;
  const service = account.services.get(row.chat_service_sid) ?? call.service;
  const fields: Partial<ConversationRow> = { bindings: emailBinding(values, row.bindings) };
  if (values.UniqueName !== undefined) {
    fields.unique_name = values.UniqueName || null;
    refuseTakenName(call, service, fields.unique_name, row);
  }
  if (values.FriendlyName || (values.FriendlyName === "" && call.switches.friendlyNameClears)) {
    fields.friendly_name = values.FriendlyName || null;
  }
  if (values.Attributes !== undefined) fields.attributes = values.Attributes;
  if (values.MessagingServiceSid !== undefined) fields.messaging_service_sid = values.MessagingServiceSid;
  if (values.State !== undefined) fields.state = changedState(values.State);
  if (values["Timers.Inactive"] !== undefined) fields.inactive_after_ms = values["Timers.Inactive"];
  if (values["Timers.Closed"] !== undefined) fields.closed_after_ms = values["Timers.Closed"];
  if (values.DateCreated !== undefined) fields.date_created = values.DateCreated;
  fields.date_updated = values.DateUpdated ?? call.clock.nowText();
  const isTimed =
    fields.state !== undefined ||
    fields.inactive_after_ms !== undefined ||
    fields.closed_after_ms !== undefined;
  return {
    row,
    commit: () => {
      account.conversations.patch(row, fields);
      if (isTimed) startTimers(account, row, call.clock.nowMs());
    },
  };
}

export function renderConversation(row: ConversationRow, view: View): JsonObject {
  const url = `${view.base}/Conversations/${row.sid}`;
  return {
    sid: row.sid,
    account_sid: row.account_sid,
    chat_service_sid: row.chat_service_sid,
    messaging_service_sid: row.messaging_service_sid,
    friendly_name: row.friendly_name,
    unique_name: row.unique_name,
    attributes: row.attributes,
    state: row.state,
    date_created: row.date_created,
    date_updated: row.date_updated,
    timers: { ...row.timers },
    bindings: row.bindings,
    url,
    links: {
      participants: `${url}/Participants`,
      messages: `${url}/Messages`,
      webhooks: `${url}/Webhooks`,
      ...(view.scoped ? {} : { export: `${url}/Export` }),
    },
  };
}

const listFilters = {
  StartDate: dateTime(),
  EndDate: dateTime(),
  State: choice(["initializing", "active", "inactive", "closed"], 50378),
};

export const conversationCreate = write(conversationFields, planConversation);

export const conversationRoutes = collection<ServiceRow, ConversationRow>({
  name: "Conversation",
  scope: "both",
  path: "/Conversations",
  key: "conversations",
  pageSize: { default: 50, max: 100 },
  parent: (call) => call.service,
  find: (call, _service, id) => findConversation(call, id),
  list: listing(listFilters, (call, { StartDate, EndDate, State }, service: ServiceRow) => {
    if (StartDate !== undefined && EndDate !== undefined && EndDate < StartDate) throw new CodedError(50396);
    const rows = call.account.conversations.inGroup(service.sid);
    if (StartDate === undefined && EndDate === undefined && State === undefined) return { rows };
    const matching = rows.filter(
      (row) =>
        (State === undefined || row.state === State) &&
        (StartDate === undefined || row.date_created >= StartDate) &&
        (EndDate === undefined || row.date_created <= EndDate),
    );
    return { rows: newestFirst(matching), direction: "newest" };
  }),
  create: conversationCreate,
  update: write(conversationFields, planUpdate),
  remove: (call, row) => ({ row, commit: () => removeConversation(call.account, row) }),
  render: renderConversation,
  subject: conversationSubject,
});
