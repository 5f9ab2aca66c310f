import { CodedError } from "../rules/errors";
import { text } from "../rules/fields";
import { defaultRoles } from "../rules/roles";
import type { Call, Plan, View } from "../rules/world";
import { removeService } from "../state/removal";
import type { JsonObject, ServiceRow } from "../state/rows";
import { collection, listing, write } from "./collection";
import { newRole } from "./role";

const createFields = { FriendlyName: text((limits) => limits.friendlyNameChars, 50003) };

type Founding = Pick<Call, "clock" | "account" | "newSid">;

/** Plans a service with its four default roles and its configurations. */
export function planService(call: Founding, friendlyName: string, sid = call.newSid("IS")): Plan<ServiceRow> {
  const { account } = call;
  const accountSid = account.account.accountSid;
  const now = call.clock.nowText();
  const row: ServiceRow = {
    sid,
    order: 0,
    account_sid: accountSid,
    friendly_name: friendlyName,
    date_created: now,
    date_updated: now,
  };
  const roles = defaultRoles.map((role) =>
    newRole(call, sid, role.friendlyName, role.type, role.permissions),
  );
  const roleSid = (name: string): string => roles.find((role) => role.friendly_name === name)?.sid ?? "";
  return {
    row,
    commit: () => {
      account.services.insert(row);
      for (const role of roles) account.roles.insert(role);
      account.serviceConfigurations.set(sid, {
        chat_service_sid: sid,
        default_conversation_creator_role_sid: roleSid("channel admin"),
        default_conversation_role_sid: roleSid("channel user"),
        default_chat_service_role_sid: roleSid("service user"),
        reachability_enabled: false,
      });
      account.serviceWebhooks.set(sid, {
        account_sid: accountSid,
        chat_service_sid: sid,
        pre_webhook_url: null,
        post_webhook_url: null,
        filters: null,
        method: null,
      });
      account.notifications.set(sid, {
        account_sid: accountSid,
        chat_service_sid: sid,
        log_enabled: false,
        new_message: {
          enabled: false,
          template: "",
          sound: "",
          badge_count_enabled: false,
          with_media: { enabled: false, template: "" },
        },
        added_to_conversation: { enabled: false, template: "", sound: "" },
        removed_from_conversation: { enabled: false, template: "", sound: "" },
      });
    },
  };
}

function refuseDefault(call: Call, row: ServiceRow): void {
  const isDefault = call.account.configuration.default_chat_service_sid === row.sid;
  if (isDefault && call.switches.defaultServiceDelete === "refuse") {
    throw new CodedError(20403, "the default service of the account cannot be deleted");
  }
}

export function renderService(row: ServiceRow, view: Pick<View, "base">): JsonObject {
  const root = view.base.replace(/\/Services\/IS\w+$/, "");
  const url = `${root}/Services/${row.sid}`;
  return {
    account_sid: row.account_sid,
    sid: row.sid,
    friendly_name: row.friendly_name,
    date_created: row.date_created,
    date_updated: row.date_updated,
    url,
    links: {
      conversations: `${url}/Conversations`,
      users: `${url}/Users`,
      roles: `${url}/Roles`,
      bindings: `${url}/Bindings`,
      configuration: `${url}/Configuration`,
      participant_conversations: `${url}/ParticipantConversations`,
      conversation_with_participants: `${url}/ConversationWithParticipants`,
    },
  };
}

export const serviceCreate = write(createFields, (call, values, _account: undefined) => {
  if (!values.FriendlyName) throw new CodedError(50000);
  return planService(call, values.FriendlyName);
});

export const serviceRoutes = collection<undefined, ServiceRow>({
  name: "Service",
  scope: "account",
  path: "/Services",
  key: "services",
  pageSize: { default: 50, max: 100 },
  parent: () => undefined,
  find: (call, _account, id) => call.account.services.get(id),
  list: listing({}, (call) => ({ rows: call.account.services.inGroup("") })),
  create: serviceCreate,
  remove: (call, row) => {
    refuseDefault(call, row);
    return { row, commit: () => removeService(call.account, row) };
  },
  render: renderService,
});
