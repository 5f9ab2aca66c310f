import type { ErrorCode } from "../rules/error-codes";
import { CodedError } from "../rules/errors";
import { type Field, flag, sidText } from "../rules/fields";
import { checkRole } from "../rules/roles";
import { durationMs, minClosedMs, minInactiveMs } from "../rules/timers";
import type { AccountConfigurationRow, RoleType, ServiceConfigurationRow } from "../state/rows";
import { write } from "./collection";
import { singleton } from "./singleton";

/** A duration that answers echo as sent. */
function durationText(minMs: number, formatCode: ErrorCode, tooShortCode: ErrorCode): Field<string> {
  return {
    many: false,
    read: ([text = ""], name) => {
      const ms = durationMs(text);
      if (ms === undefined) throw new CodedError(formatCode, name);
      if (ms !== 0 && ms < minMs) throw new CodedError(tooShortCode, name);
      return text;
    },
  };
}

const accountFields = {
  DefaultChatServiceSid: sidText("IS"),
  DefaultMessagingServiceSid: sidText("MG", 50341),
  DefaultInactiveTimer: durationText(minInactiveMs, 50379, 50375),
  DefaultClosedTimer: durationText(minClosedMs, 50380, 50376),
};

export const configurationRoutes = singleton<AccountConfigurationRow>({
  name: "Configuration",
  scope: "account",
  path: "/Configuration",
  find: (call) => call.account.configuration,
  update: write(accountFields, (call, values, row: AccountConfigurationRow) => {
    const service = values.DefaultChatServiceSid;
    if (service !== undefined && !call.account.services.get(service)) throw new CodedError(50050);
    const fields: Partial<AccountConfigurationRow> = {};
    if (service !== undefined) fields.default_chat_service_sid = service;
    const { DefaultMessagingServiceSid, DefaultInactiveTimer, DefaultClosedTimer } = values;
    if (DefaultMessagingServiceSid !== undefined)
      fields.default_messaging_service_sid = DefaultMessagingServiceSid;
    if (DefaultInactiveTimer !== undefined) fields.default_inactive_timer = DefaultInactiveTimer;
    if (DefaultClosedTimer !== undefined) fields.default_closed_timer = DefaultClosedTimer;
    return { row, commit: () => Object.assign(row, fields) };
  }),
  render: (row, view) => ({
    ...row,
    url: `${view.base}/Configuration`,
    links: {
      service: `${view.base}/Services/${row.default_chat_service_sid}/Configuration`,
      webhooks: `${view.base}/Configuration/Webhooks`,
    },
  }),
});

const serviceFields = {
  DefaultConversationCreatorRoleSid: sidText("RL", 50100),
  DefaultConversationRoleSid: sidText("RL", 50100),
  DefaultChatServiceRoleSid: sidText("RL", 50100),
  ReachabilityEnabled: flag(),
};

export const serviceConfigurationRoutes = singleton<ServiceConfigurationRow>({
  name: "ServiceConfiguration",
  scope: "service",
  path: "/Configuration",
  find: (call) => found(call.account.serviceConfigurations.get(call.service.sid)),
  update: write(serviceFields, (call, values, row: ServiceConfigurationRow) => {
    const role = (sid: string, type: RoleType): string =>
      checkRole(call, row.chat_service_sid, sid, type, {
        missing: 50100,
        wrongType: type === "conversation" ? 50101 : 50102,
      });
    const fields: Partial<ServiceConfigurationRow> = {};
    const { DefaultConversationCreatorRoleSid: creator, DefaultConversationRoleSid: member } = values;
    if (creator !== undefined) fields.default_conversation_creator_role_sid = role(creator, "conversation");
    if (member !== undefined) fields.default_conversation_role_sid = role(member, "conversation");
    const user = values.DefaultChatServiceRoleSid;
    if (user !== undefined) fields.default_chat_service_role_sid = role(user, "service");
    if (values.ReachabilityEnabled !== undefined) fields.reachability_enabled = values.ReachabilityEnabled;
    return { row, commit: () => Object.assign(row, fields) };
  }),
  render: (row, view) => ({
    ...row,
    url: `${view.base}/Configuration`,
    links: {
      notifications: `${view.base}/Configuration/Notifications`,
      webhooks: `${view.base}/Configuration/Webhooks`,
    },
  }),
});

function found<R>(row: R | undefined): R {
  if (row === undefined) throw new CodedError(50050);
  return row;
}
