import type { AccountState } from "../state/account-state";
import type {
  ConversationRow,
  JsonObject,
  ParticipantRow,
  RoleRow,
  ServiceRow,
  UserRow,
} from "../state/rows";
import { type Cell, code, escaped, part, rest, table } from "./markup";

const maxConversations = 50;
const maxMembers = 50;
const maxUsers = 50;

/** A service with its contents. */
export function serviceParts(account: AccountState, service: ServiceRow): string {
  const conversations = account.conversations.inGroup(service.sid);
  const users = account.users.inGroup(service.sid);
  const roles = account.roles.inGroup(service.sid);
  const isDefault = service.sid === account.configuration.default_chat_service_sid;
  const shown = conversations.slice(0, maxConversations).map((row) => conversationPart(account, row));
  return `<section>
<h2>${escaped(service.friendly_name)} ${code(service.sid)}${isDefault ? ' <span class="state">default</span>' : ""}</h2>
${shown.join("\n") || '<p class="none">No conversations.</p>'}
${rest(shown.length, conversations.length, "conversations")}
${part("Users", usersTable(account, users), 3)}
${part("Roles and permissions", rolesTable(roles), 3)}
</section>`;
}

function conversationPart(account: AccountState, row: ConversationRow): string {
  const members = account.participants.inGroup(row.sid);
  const webhooks = account.scopedWebhooks.inGroup(row.sid);
  const name = row.friendly_name ?? row.unique_name ?? "(no name)";
  const heads = ["Member", "Role", "Attributes", "SID"];
  const cells = members.slice(0, maxMembers).map((member) => memberCells(account, member));
  const facts = [
    row.unique_name === null || row.unique_name === name ? "" : escaped(row.unique_name),
    code(row.sid),
    code(row.attributes),
  ];
  const heading = `${escaped(name)} <span class="state">${escaped(row.state)}</span> <small>${facts.filter(Boolean).join(" · ")}</small>`;
  const hooks = webhooks.map(({ sid, target, configuration }): Cell[] => [
    target,
    { code: hookTarget(configuration) },
    { code: sid },
  ]);
  return part(
    heading,
    `${table(heads, cells, "No members.")}
${rest(cells.length, members.length, "members")}
${hooks.length === 0 ? "" : table(["Webhook", "Calls", "SID"], hooks, "")}`,
    3,
  );
}

function hookTarget(configuration: JsonObject): string {
  return String(configuration["url"] ?? configuration["flow_sid"] ?? "");
}

function memberCells(account: AccountState, member: ParticipantRow): Cell[] {
  const binding = member.messaging_binding;
  const addresses = [binding?.address, binding?.proxy_address, binding?.projected_address].filter(Boolean);
  const who = [member.identity, addresses.join(" via ")].filter(Boolean).join(" · ");
  return [who, roleName(account, member.role_sid), { code: member.attributes }, { code: member.sid }];
}

function usersTable(account: AccountState, users: readonly UserRow[]): string {
  const rows = users
    .slice(0, maxUsers)
    .map(({ sid, identity, friendly_name, role_sid, attributes }): Cell[] => [
      [identity, friendly_name].filter(Boolean).join(" · "),
      roleName(account, role_sid),
      { code: attributes },
      { code: sid },
    ]);
  const none = "No users: one comes with every identity that joins a conversation.";
  return table(["User", "Role", "Attributes", "SID"], rows, none) + rest(rows.length, users.length, "users");
}

function rolesTable(roles: readonly RoleRow[]): string {
  const rows = roles.map(({ sid, friendly_name, type, permissions }): Cell[] => [
    friendly_name,
    type,
    { words: permissions.join(", ") },
    { code: sid },
  ]);
  return table(["Role", "Type", "Permissions", "SID"], rows, "No roles.");
}

function roleName(account: AccountState, sid: string | null): string {
  return account.roles.get(sid ?? "")?.friendly_name ?? sid ?? "";
}
