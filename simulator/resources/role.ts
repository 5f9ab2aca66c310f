import { CodedError } from "../rules/errors";
import { choice, text, textList, type Values } from "../rules/fields";
import { permissionWords } from "../rules/roles";
import type { Call, Plan, View } from "../rules/world";
import type { JsonObject, RoleRow, RoleType, ServiceRow } from "../state/rows";
import { collection, listing, write } from "./collection";

const createFields = {
  FriendlyName: text((limits) => limits.roleNameChars, 50003),
  Type: choice<RoleType>(["conversation", "service"], 50105),
  Permission: textList(),
};
const updateFields = { Permission: textList() };

function permissionsOf(call: Call, words: readonly string[] | undefined): string[] {
  if (!words || words.length === 0) throw new CodedError(50104, "Permission is missing");
  const unknown = words.find((word) => !permissionWords.has(word));
  if (unknown !== undefined && call.switches.unknownPermissions === "refuse")
    throw new CodedError(50104, unknown);
  return [...new Set(words)];
}

function planCreate(call: Call, values: Values<typeof createFields>, service: ServiceRow): Plan {
  if (!values.FriendlyName) throw new CodedError(50000);
  if (!values.Type) throw new CodedError(50105);
  const row = newRole(
    call,
    service.sid,
    values.FriendlyName,
    values.Type,
    permissionsOf(call, values.Permission),
  );
  return { row, commit: () => call.account.roles.insert(row) };
}

export function newRole(
  call: Pick<Call, "clock" | "account" | "newSid">,
  serviceSid: string,
  friendlyName: string,
  type: RoleType,
  permissions: readonly string[],
): RoleRow {
  const now = call.clock.nowText();
  return {
    sid: call.newSid("RL"),
    order: 0,
    account_sid: call.account.account.accountSid,
    chat_service_sid: serviceSid,
    friendly_name: friendlyName,
    type,
    permissions: [...permissions],
    date_created: now,
    date_updated: now,
  };
}

function refuseDefault(call: Call, row: RoleRow): void {
  const configuration = call.account.serviceConfigurations.get(row.chat_service_sid);
  if (call.switches.defaultRoleDelete === "allow" || !configuration) return;
  const isDefault = Object.values(configuration).includes(row.sid);
  if (isDefault) throw new CodedError(50107, "the role is a default of its service");
}

export function renderRole(row: RoleRow, view: View): JsonObject {
  return {
    sid: row.sid,
    account_sid: row.account_sid,
    chat_service_sid: row.chat_service_sid,
    friendly_name: row.friendly_name,
    type: row.type,
    permissions: [...row.permissions],
    date_created: row.date_created,
    date_updated: row.date_updated,
    url: `${view.base}/Roles/${row.sid}`,
  };
}

export const roleCreate = write(createFields, planCreate);

export const roleRoutes = collection<ServiceRow, RoleRow>({
  name: "Role",
  scope: "both",
  path: "/Roles",
  key: "roles",
  pageSize: { default: 50, max: 50 },
  parent: (call) => call.service,
  find: (call, service, id) => {
    const row = call.account.roles.get(id);
    return row?.chat_service_sid === service.sid ? row : undefined;
  },
  list: listing({}, (call, _none, service: ServiceRow) => ({
    rows: call.account.roles.inGroup(service.sid),
  })),
  create: roleCreate,
  update: write(updateFields, (call, values, row: RoleRow) => {
    const permissions = permissionsOf(call, values.Permission);
    const date_updated = call.clock.nowText();
    return { row, commit: () => call.account.roles.patch(row, { permissions, date_updated }) };
  }),
  remove: (call, row) => {
    refuseDefault(call, row);
    return { row, commit: () => call.account.roles.remove(row) };
  },
  render: renderRole,
});
