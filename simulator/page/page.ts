import { createHash } from "node:crypto";
import { exportedVariables } from "../exported-variables";
import type { Fault } from "../faults/fault";
import type { RequestRecord } from "../http/request-log";
import type { AccountState } from "../state/account-state";
import type { Delivery } from "../webhooks/delivery";
import { type Cell, code, escaped, part, table } from "./markup";
import { script } from "./script";
import { serviceParts } from "./service";
import { style } from "./style";

/** Credential fields that Twilio never returns. */
const secrets: ReadonlySet<string> = new Set(["Certificate", "PrivateKey", "ApiKey", "Secret"]);

const hash = createHash("sha256").update(script).digest("base64");

/** Only the page's own style and script may run, and it may fetch from nowhere else. */
export const pageHeaders: Readonly<Record<string, string>> = {
  "Content-Type": "text/html; charset=utf-8",
  "Content-Security-Policy": `default-src 'none'; style-src 'unsafe-inline'; script-src 'sha256-${hash}'; connect-src 'self'`,
  "Cache-Control": "no-store",
};

/** Everything that the page shows. */
export interface View {
  readonly account: AccountState;
  /** The variables that a program needs. */
  readonly env: Readonly<Record<string, string>>;
  /** The latest ones, oldest first, and the number of all. */
  readonly requests: readonly RequestRecord[];
  readonly total: number;
  readonly faults: readonly { readonly fault: Fault; readonly hits: number }[];
  /** The latest ones, oldest first. */
  readonly deliveries: readonly Delivery[];
  readonly nowMs: number;
}

/** The store at a glance, latest requests first. */
export function page(view: View): string {
  const { account, total } = view;
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
<h1>Twilio Conversations simulator</h1>
<label hidden>Show what holds this text<input id="filter" type="search" autocomplete="off"></label>
<main>
<p class="soft">Account ${code(account.account.accountSid)} · ${count(services.length, "service")} ·
${count(account.conversations.size, "conversation")} · ${count(account.participants.size, "participant")} ·
${count(total, "request")}</p>
${part("Last requests", requestsTable(view))}
${howTo(view)}
${services.map((service) => serviceParts(account, service)).join("\n")}
${part("Webhooks", webhooksTables(view))}
${part("Faults", faultsTable(view))}
${part("Clock", `<p>${escaped(new Date(view.nowMs).toISOString().slice(0, 16).replace("T", " "))} UTC</p>`)}
</main>
<script>${script}</script>
</body>
</html>
`;
}

function count(number: number, noun: string): string {
  return `${number} ${noun}${number === 1 ? "" : "s"}`;
}

/** Uses existing names where a shell takes them unquoted. */
function namesIn(account: AccountState): [conversation: string, member: string] {
  const isPlain = (name: string | null | undefined): name is string => /^[\w.@+-]+$/.test(name ?? "");
  for (const { sid, unique_name } of account.conversations.all()) {
    const member = account.participants.inGroup(sid).find(({ identity }) => isPlain(identity));
    if (isPlain(unique_name) && isPlain(member?.identity)) return [unique_name, member.identity];
  }
  return ["CONVERSATION", "MEMBER"];
}

function howTo({ account, env }: View): string {
  const poke = "npx pulumi-twilio-conversations simulator poke";
  const [conversation, member] = namesIn(account);
  const examples = [
    `${poke} ${conversation} friendlyName="Changed by hand"`,
    `${poke} ${conversation}/${member} attributes='{"changed":true}'`,
    `${poke} ${conversation}/${member} --delete`,
  ];
  return `<h2>Use it from a program</h2>
<pre>${escaped(exportedVariables(env))}</pre>
<h2>Change something behind the program's back</h2>
<pre>${escaped(examples.join("\n"))}</pre>`;
}

function requestsTable({ requests }: View): string {
  return table(
    ["Status", "Request", "Sent"],
    requests.toReversed().map(requestCells),
    "Nothing has been asked yet.",
  );
}

function requestCells({ status, method, path, form }: RequestRecord): Cell[] {
  const shownStatus = status === 0 ? "lost" : String(status);
  const sent = Object.entries(form).map(([name, value]) => {
    return `${name}=${secrets.has(name) ? "…" : String(value)}`;
  });
  return [
    status === 0 || status >= 400 ? { bad: shownStatus } : shownStatus,
    { words: `${method} ${path}` },
    { code: sent.join(" ").slice(0, 200) },
  ];
}

function webhooksTables({ account, deliveries }: View): string {
  const { webhooks } = account;
  const urls = Object.entries(webhooks).filter(([name, value]) => name.endsWith("_url") && value !== null);
  const calls = urls.map(([name, value]): Cell[] => [name, { code: value }]);
  const sent = deliveries.toReversed().map(({ event, url, status, error }): Cell[] => {
    const outcome = String(status ?? error ?? "no answer");
    return [event, { code: url }, status !== undefined && status < 400 ? outcome : { bad: outcome }];
  });
  const declared = calls.length === 0 ? "" : table(["Of the account", "Calls"], calls, "");
  return declared + table(["Event", "Sent to", "Answer"], sent, "None was sent yet.");
}

function faultsTable({ faults }: View): string {
  const rows = faults.map(({ fault, hits }): Cell[] => {
    const { kind, method = "any", route = "any path", ...more } = fault;
    return [kind, { code: `${method} ${route}` }, { code: JSON.stringify(more) }, String(hits)];
  });
  return table(["Fault", "Of", "With", "Hits"], rows, "None is armed.");
}
