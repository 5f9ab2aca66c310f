import { type Account, AccountState } from "./account-state";
import type {
  AccountConfigurationRow,
  AccountWebhookRow,
  NotificationRow,
  ServiceConfigurationRow,
  ServiceWebhookRow,
  StoredRow,
} from "./rows";
import type { Table } from "./table";

export const tableNames = [
  "services",
  "roles",
  "users",
  "conversations",
  "participants",
  "messages",
  "receipts",
  "scopedWebhooks",
  "addresses",
  "credentials",
  "bindings",
] as const;
export type TableName = (typeof tableNames)[number];

/** All data of one account as plain JSON. */
export interface Snapshot {
  account: Account;
  configuration: AccountConfigurationRow;
  webhooks: AccountWebhookRow;
  serviceConfigurations: ServiceConfigurationRow[];
  serviceWebhooks: ServiceWebhookRow[];
  notifications: NotificationRow[];
  tables: Record<TableName, StoredRow[]>;
}

/** Whether a row of the account has this SID. */
export function isTaken(state: AccountState, sid: string): boolean {
  return tableNames.some((name) => state[name].get(sid) !== undefined);
}

/** Returns the live rows: clone or serialize before anything changes. */
export function snapshotOf(state: AccountState): Snapshot {
  const tables = {} as Snapshot["tables"];
  for (const name of tableNames) tables[name] = state[name].all();
  return {
    account: state.account,
    configuration: state.configuration,
    webhooks: state.webhooks,
    serviceConfigurations: [...state.serviceConfigurations.values()],
    serviceWebhooks: [...state.serviceWebhooks.values()],
    notifications: [...state.notifications.values()],
    tables,
  };
}

/** The size of each table, for `takeBack`. */
export function sizesOf(state: AccountState): Record<TableName, number> {
  const sizes = {} as Record<TableName, number>;
  for (const name of tableNames) sizes[name] = state[name].size;
  return sizes;
}

/** Removes every row inserted since, with its dependents. */
export function takeBack(state: AccountState, sizes: Record<TableName, number>): void {
  for (const name of tableNames) state[name].truncate(sizes[name]);
  for (const perService of [state.serviceConfigurations, state.serviceWebhooks, state.notifications])
    for (const sid of perService.keys()) if (!state.services.get(sid)) perService.delete(sid);
  for (const conversation of state.timed)
    if (!state.conversations.get(conversation.sid)) state.timed.delete(conversation);
}

export function stateOf(snapshot: Snapshot): AccountState {
  const state = new AccountState(snapshot.account, snapshot.configuration, snapshot.webhooks);
  for (const name of tableNames) {
    // The snapshot took each table's rows from that table.
    const table = state[name] as unknown as Table<StoredRow>;
    for (const row of snapshot.tables[name]) table.insert(row);
  }
  for (const row of snapshot.serviceConfigurations)
    state.serviceConfigurations.set(row.chat_service_sid, row);
  for (const row of snapshot.serviceWebhooks) state.serviceWebhooks.set(row.chat_service_sid, row);
  for (const row of snapshot.notifications) state.notifications.set(row.chat_service_sid, row);
  for (const conversation of state.conversations.all()) {
    if (Object.keys(conversation.timers).length > 0) state.timed.add(conversation);
  }
  return state;
}
