import { createHash } from "node:crypto";
import type { RequestRecord } from "../http/request-log";
import type { AccountState } from "../state/account-state";
import type { ConversationRow, ParticipantRow, ServiceRow } from "../state/rows";
import { code, escaped, rest, table } from "./markup";
import { script, style } from "./style";

const maxConversations = 50;
const maxMembers = 50;

/** The fields of a credential that Twilio never shows again. */
const secrets: ReadonlySet<string> = new Set(["Certificate", "PrivateKey", "ApiKey", "Secret"]);

const hash = createHash("sha256").update(script).digest("base64");

/** Nothing but the page's own style and script may run, and it may fetch from nowhere else. */
export const pageHeaders: Readonly<Record<string, string>> = {
  "Content-Type": "text/html; charset=utf-8",
  "Content-Security-Policy": `default-src 'none'; style-src 'unsafe-inline'; script-src 'sha256-${hash}'; connect-src 'self'`,
  "Cache-Control": "no-store",
};

/** The whole store at a glance: services, conversations with their members, and the last requests. */
export function page(account: AccountState, requests: readonly RequestRecord[], total: number): string {
  const services = account.services.all();
  return `<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<title>Twilio Conversations simulator</title>
<style>${style}</style>
<noscript><meta http-equiv="refresh" content="2"></noscript>
</head>
<body>
<main>
<h1>Twilio Conversations simulator</h1>
<p class="soft">Account ${code(account.account.accountSid)} · ${count(services.length, "service")} ·
${count(account.conversations.size, "conversation")} · ${count(account.participants.size, "participant")} ·
${count(total, "request")}</p>
${services.map((service) => serviceSection(account, service)).join("\n")}
<h2>Last requests</h2>
${table(["Status", "Request", "Sent"], requests.toReversed().map(requestCells), "Nothing has been asked yet.")}
</main>
<script>${script}</script>
</body>
</html>
`;
}

function count(number: number, noun: string): string {
  return `${number} ${noun}${number === 1 ? "" : "s"}`;
}

function serviceSection(account: AccountState, service: ServiceRow): string {
  const conversations = account.conversations.inGroup(service.sid);
  const isDefault = service.sid === account.configuration.default_chat_service_sid;
  const sections = conversations.slice(0, maxConversations).map((row) => conversationSection(account, row));
  return `<section>
<h2>${escaped(service.friendly_name)} ${code(service.sid)}${isDefault ? ' <span class="state">default</span>' : ""}</h2>
${sections.join("\n") || '<p class="none">No conversations.</p>'}
${rest(sections.length, conversations.length, "conversations")}
</section>`;
}

function conversationSection(account: AccountState, row: ConversationRow): string {
  const members = account.participants.inGroup(row.sid);
  const name = row.friendly_name ?? row.unique_name ?? "(no name)";
  const heads = ["Member", "Role", "Attributes", "SID"];
  const cells = members.slice(0, maxMembers).map((member) => memberCells(account, member));
  return `<h3>${escaped(name)} <span class="state">${escaped(row.state)}</span>
<small>${row.unique_name === null ? "" : `${escaped(row.unique_name)} · `}${code(row.sid)} · ${code(row.attributes)}</small></h3>
${table(heads, cells, "No members.")}
${rest(cells.length, members.length, "members")}`;
}

function memberCells(account: AccountState, member: ParticipantRow): string[] {
  const binding = member.messaging_binding;
  const addresses = [binding?.address, binding?.proxy_address, binding?.projected_address].filter(Boolean);
  const role = account.roles.get(member.role_sid ?? "")?.friendly_name ?? member.role_sid ?? "";
  const who = [member.identity, addresses.join(" via ")].filter(Boolean).join(" · ");
  return [escaped(who), escaped(role), code(member.attributes), code(member.sid)];
}

function requestCells({ status, method, path, form }: RequestRecord): string[] {
  const isBad = status === 0 || status >= 400;
  const sent = Object.entries(form).map(([name, value]) => {
    return `${name}=${secrets.has(name) ? "…" : String(value)}`;
  });
  const shown = sent.join(" ").slice(0, 200);
  return [
    `<span${isBad ? ' class="bad"' : ""}>${status === 0 ? "lost" : status}</span>`,
    code(`${method} ${path}`),
    code(shown),
  ];
}
