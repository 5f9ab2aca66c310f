import { isSid } from "../sid";
import { type Snapshot, type TableName, tableNames } from "./snapshot";

type Loose = Record<string, unknown>;

/** The SID prefix of each table, and the keys of its rows besides the shared ones. */
const rowKinds: Record<TableName, readonly [prefix: string, keys: string]> = {
  services: ["IS", "friendly_name"],
  roles: ["RL", "chat_service_sid friendly_name type permissions"],
  users: ["US", "chat_service_sid role_sid identity friendly_name attributes is_online is_notifiable"],
  conversations: [
    "CH",
    "chat_service_sid messaging_service_sid friendly_name unique_name attributes state timers bindings " +
      "created_by inactive_after_ms closed_after_ms next_message_index",
  ],
  participants: [
    "MB",
    "chat_service_sid conversation_sid identity attributes messaging_binding role_sid " +
      "last_read_message_index last_read_timestamp notification_level",
  ],
  messages: [
    "IM",
    "chat_service_sid conversation_sid index author body media attributes participant_sid delivery " +
      "content_sid subject",
  ],
  receipts: [
    "DY",
    "chat_service_sid conversation_sid message_sid channel_message_sid participant_sid status error_code",
  ],
  scopedWebhooks: ["WH", "chat_service_sid conversation_sid target configuration"],
  addresses: ["IG", "type address friendly_name address_country auto_creation"],
  credentials: ["CR", "friendly_name type sandbox"],
  bindings: ["BS", "chat_service_sid endpoint identity binding_type credential_sid message_types"],
};
const sharedKeys = "sid order account_sid date_created date_updated";
const webhookKeys = "account_sid pre_webhook_url post_webhook_url filters method";
const parents: Record<string, TableName> = {
  chat_service_sid: "services",
  conversation_sid: "conversations",
  message_sid: "messages",
};

/** Throws unless the value has the form that `snapshotOf` returns: every key, and for every row its parents. */
export function checkSnapshot(value: unknown): Snapshot {
  const snapshot = checked(
    value,
    "account configuration webhooks serviceConfigurations serviceWebhooks notifications tables",
  );
  const account = checked(snapshot["account"], "accountSid authToken apiKey apiSecret defaultServiceSid");
  if (Object.values(account).some((text) => typeof text !== "string")) throw new Error("account");
  const { accountSid } = account;
  const configuration = checked(
    snapshot["configuration"],
    "account_sid default_chat_service_sid default_messaging_service_sid default_inactive_timer " +
      "default_closed_timer",
  );
  const webhooks = checked(snapshot["webhooks"], `${webhookKeys} target`);
  if (configuration["account_sid"] !== accountSid || webhooks["account_sid"] !== accountSid)
    throw new Error("another account");
  const sids = checkTables(checked(snapshot["tables"], tableNames.join(" ")), accountSid);
  checkSingletons(
    snapshot["serviceConfigurations"],
    "chat_service_sid default_conversation_creator_role_sid default_conversation_role_sid " +
      "default_chat_service_role_sid reachability_enabled",
    sids.services,
  );
  checkSingletons(snapshot["serviceWebhooks"], `${webhookKeys} chat_service_sid`, sids.services);
  checkSingletons(
    snapshot["notifications"],
    "account_sid chat_service_sid log_enabled new_message added_to_conversation removed_from_conversation",
    sids.services,
  );
  // The checks above cover every part of a snapshot.
  return value as Snapshot;
}

function checkTables(tables: Loose, accountSid: unknown): Record<TableName, Set<unknown>> {
  const sids = {} as Record<TableName, Set<unknown>>;
  for (const name of tableNames) {
    const [prefix, keys] = rowKinds[name];
    const rows = listOf(tables[name]).map((row) => checked(row, `${sharedKeys} ${keys}`));
    sids[name] = new Set(rows.map((row) => row["sid"]));
    if (sids[name].size !== rows.length) throw new Error(`${name}: one SID twice`);
    for (const row of rows) {
      const { sid, order } = row;
      if (typeof sid !== "string" || !isSid(sid, prefix)) throw new Error(`${name}: no SID`);
      if (!Number.isSafeInteger(order) || Number(order) < 1) throw new Error(`${sid}: no order`);
      if (row["account_sid"] !== accountSid) throw new Error(`${sid}: another account`);
      for (const [key, parent] of Object.entries(parents)) {
        if (Object.hasOwn(row, key) && !sids[parent].has(row[key])) throw new Error(`${sid}: no ${key}`);
      }
    }
  }
  return sids;
}

/** Checks that each service has exactly one. */
function checkSingletons(value: unknown, keys: string, services: ReadonlySet<unknown>): void {
  const owners = new Set(listOf(value).map((row) => checked(row, keys)["chat_service_sid"]));
  if (owners.size !== services.size || [...owners].some((sid) => !services.has(sid)))
    throw new Error("a service without its configurations");
}

function listOf(value: unknown): unknown[] {
  if (!Array.isArray(value)) throw new Error("no list");
  return value;
}

/** Checks that an object has exactly these keys. */
function checked(value: unknown, keys: string): Loose {
  if (typeof value !== "object" || value === null || Array.isArray(value)) throw new Error("no object");
  const names = keys.split(" ");
  if (Object.keys(value).length !== names.length || names.some((name) => !Object.hasOwn(value, name)))
    throw new Error(`not the keys ${keys}`);
  return value as Loose;
}
