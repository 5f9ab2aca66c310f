import assert from "node:assert/strict";
import type { Row, RowPrefix } from "../../../simulator/control/rows";
import type { SeedService } from "../../../simulator/control/seed-file";
import type { Fixture, FormFields } from "../sdk/client";
import { operationOf, type Step } from "./fuzz-values";

function furniture(address: string): Omit<SeedService, "friendlyName"> {
  const group = [{ identity: "ann" }, { messagingBinding: { address, proxyAddress: "+15550002222" } }];
  return {
    roles: [{ friendlyName: "lead", type: "conversation", permissions: ["sendMessage"] }],
    users: [{ identity: "eve" }, { identity: "ann" }],
    conversations: [
      { uniqueName: "eu", participants: group },
      { uniqueName: "us", participants: [{ identity: "eve" }] },
    ],
    bindings: ["ann", "eve"].map((identity) => ({ identity, bindingType: "apn" })),
  };
}

/** Rows of every kind, in the default service and in another. */
export async function furnish(fixture: Fixture): Promise<void> {
  const { simulator } = fixture;
  simulator.reset();
  simulator.seed({
    ...furniture("+15550001111"),
    services: [{ friendlyName: "second", ...furniture("+15550004444") }],
  });
  const make = async (path: string, form: FormFields): Promise<void> => {
    const { status, body } = await fixture.send("POST", path, form);
    assert.equal(status, 201, `${path}: ${JSON.stringify(body)}`);
  };
  for (const { sid, chat_service_sid: service } of simulator.conversations()) {
    const base = `/v1/Services/${service}/Conversations/${sid}`;
    await make(`${base}/Messages`, { Author: "ann", Body: "Hello" });
    await make(`${base}/Webhooks`, { Target: "studio", "Configuration.FlowSid": `FW${"a".repeat(32)}` });
  }
  await make("/v1/Configuration/Addresses", { Type: "sms", Address: "+15550003333" });
  await make("/v1/Credentials", { Type: "apn" });
}

const kinds: Record<string, RowPrefix> = {
  Addresses: "IG",
  Bindings: "BS",
  Conversations: "CH",
  Credentials: "CR",
  Messages: "IM",
  Participants: "MB",
  Receipts: "DY",
  Roles: "RL",
  Services: "IS",
  Users: "US",
  Webhooks: "WH",
};
/** Where a row has another name that paths take. */
const names: Partial<Record<RowPrefix, string>> = {
  CH: "unique_name",
  US: "identity",
  MB: "identity",
  IG: "address",
};

function pick<T>(rows: readonly T[], place: number): T | undefined {
  return rows[place % rows.length];
}

/** The path of a step and its form, with the rows that stand in the store now. */
export function addressed(fixture: Fixture, step: Step): { path: string; form: FormFields } {
  const { template, method } = operationOf(step);
  const known = parametersOf(fixture, template, step.picks);
  let place = 0;
  const path = template.replace(/\{(\w+)\}/g, (_all, name: string) => {
    const stranger = step.strangers[place++];
    return encoded(stranger === undefined ? (known[name] ?? "") : live(fixture, stranger, step.picks));
  });
  const values = Object.entries(step.form).map(([name, texts]) => [
    name,
    texts.map((text) => live(fixture, text, step.picks)),
  ]);
  const query = new URLSearchParams(
    step.query.map(([name, text]): [string, string] => [name, live(fixture, text, step.picks)]),
  );
  const form = method === "POST" ? (Object.fromEntries(values) as FormFields) : {};
  return { path: path + (query.size > 0 ? `?${query}` : ""), form };
}

/** Dots alone would be taken out of the path before it is sent. */
function encoded(text: string): string {
  return encodeURIComponent(/^\.{1,2}$/.test(text) ? "..." : text);
}

function live(fixture: Fixture, text: string, picks: readonly number[]): string {
  if (!/^@[A-Z]{2}$/.test(text)) return text;
  return pick(fixture.simulator.rows(text.slice(1) as RowPrefix), picks[2] ?? 0)?.sid ?? text;
}

/** The row that the last parameter names, and the parents that it has. */
function parametersOf(
  fixture: Fixture,
  template: string,
  [first = 0, second = 0]: readonly number[],
): Record<string, string> {
  const { simulator } = fixture;
  const [, collection = "", last = ""] = /^.*\/(\w+)\/\{(\w+)\}/.exec(template) ?? [];
  const isMembership = template.includes("/{UserSid}/Conversations/{");
  const kind = isMembership ? "MB" : kinds[collection];
  if (!kind) return {};
  const isScoped = template.includes("{ChatServiceSid}");
  const users = simulator.users();
  const userOf = (row: Row): Row | undefined =>
    users.find(
      (user) => user["chat_service_sid"] === row["chat_service_sid"] && user["identity"] === row["identity"],
    );
  const homes = new Map(simulator.conversations().map((row) => [row.sid, row["chat_service_sid"]]));
  const serviceOf = (row: Row): unknown =>
    row["chat_service_sid"] ?? homes.get(String(row["conversation_sid"]));
  const rows = simulator.rows(kind).filter((row) => {
    const service = serviceOf(row);
    if (isMembership && !userOf(row)) return false;
    return isScoped || service === undefined || service === simulator.account.defaultServiceSid;
  });
  const row = pick(rows, first);
  const nowhere = `${kind}${"0".repeat(32)}`;
  const other = row && second % 4 === 0 ? row[names[kind] ?? ""] : undefined;
  const parents = {
    ChatServiceSid: row && serviceOf(row),
    ConversationSid: row?.["conversation_sid"],
    MessageSid: row?.["message_sid"],
    UserSid: row && isMembership ? userOf(row)?.sid : undefined,
  };
  const found: Record<string, unknown> = { ...parents };
  if (!isMembership) found[last] = other ?? row?.sid ?? nowhere;
  return Object.fromEntries(
    Object.entries(found).map(([name, value]) => [name, typeof value === "string" ? value : nowhere]),
  );
}
