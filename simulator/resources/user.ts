import { CodedError } from "../rules/errors";
import { attributes, sidText, text, type Values } from "../rules/fields";
import { checkIdentity, newUser, userOf } from "../rules/members/identities";
import { checkRole } from "../rules/roles";
import type { Call, Plan, View } from "../rules/world";
import { memberKey } from "../state/account-state";
import { removeParticipant } from "../state/removal";
import type { JsonObject, ServiceRow, UserRow } from "../state/rows";
import { userSubject } from "../webhooks/subject";
import { collection, listing, write } from "./collection";

const updateFields = {
  FriendlyName: text((limits) => limits.friendlyNameChars, 50003),
  Attributes: attributes,
  RoleSid: sidText("RL", 50100),
};
const createFields = { Identity: text(), ...updateFields };

const roleCodes = { missing: 50100, wrongType: 50102 } as const;

function changes(call: Call, values: Values<typeof updateFields>, serviceSid: string): Partial<UserRow> {
  const fields: Partial<UserRow> = {};
  if (values.FriendlyName !== undefined) fields.friendly_name = values.FriendlyName || null;
  if (values.Attributes !== undefined) fields.attributes = values.Attributes;
  if (values.RoleSid !== undefined) {
    fields.role_sid = checkRole(call, serviceSid, values.RoleSid, "service", roleCodes);
  }
  return fields;
}

function planCreate(call: Call, values: Values<typeof createFields>, service: ServiceRow): Plan {
  const identity = values.Identity ?? "";
  checkIdentity(call, identity);
  if (userOf(call, service.sid, identity)) throw new CodedError(50201);
  const row: UserRow = { ...newUser(call, service.sid, identity), ...changes(call, values, service.sid) };
  return { row, commit: () => call.account.users.insert(row) };
}

function planRemove(call: Call, row: UserRow): Plan {
  const { account } = call;
  const key = memberKey(row.chat_service_sid, row.identity) ?? "";
  return {
    row,
    commit: () => {
      if (call.switches.userDelete === "cascade") {
        for (const participant of [...account.participants.having("identity", key)]) {
          removeParticipant(account, participant);
        }
      }
      account.users.remove(row);
    },
  };
}

/** The user with this SID or, in its service, this identity. */
export function findUser(call: Call, service: ServiceRow, id: string): UserRow | undefined {
  const row = call.account.users.get(id);
  if (row) return row.chat_service_sid === service.sid ? row : undefined;
  return userOf(call, service.sid, id);
}

export function renderUser(row: UserRow, view: View): JsonObject {
  const url = `${view.base}/Users/${row.sid}`;
  return {
    sid: row.sid,
    account_sid: row.account_sid,
    chat_service_sid: row.chat_service_sid,
    role_sid: row.role_sid,
    identity: row.identity,
    friendly_name: row.friendly_name,
    attributes: row.attributes,
    is_online: row.is_online,
    is_notifiable: row.is_notifiable,
    date_created: row.date_created,
    date_updated: row.date_updated,
    url,
    links: { user_conversations: `${url}/Conversations` },
  };
}

export const userCreate = write(createFields, planCreate);

export const userRoutes = collection<ServiceRow, UserRow>({
  name: "User",
  scope: "both",
  path: "/Users",
  key: "users",
  pageSize: { default: 50, max: 50 },
  parent: (call) => call.service,
  find: findUser,
  list: listing({}, (call, _none, service: ServiceRow) => ({
    rows: call.account.users.inGroup(service.sid),
  })),
  create: userCreate,
  update: write(updateFields, (call, values, row: UserRow) => {
    const fields = changes(call, values, row.chat_service_sid);
    fields.date_updated = call.clock.nowText();
    return { row, commit: () => call.account.users.patch(row, fields) };
  }),
  remove: planRemove,
  render: renderUser,
  subject: userSubject,
});
