import type {
  AccountConfigurationRow,
  AccountWebhookRow,
  AddressRow,
  BindingRow,
  ConversationRow,
  CredentialRow,
  JsonObject,
  MessageRow,
  NotificationRow,
  ParticipantRow,
  ReceiptRow,
  RoleRow,
  ScopedWebhookRow,
  ServiceConfigurationRow,
  ServiceRow,
  ServiceWebhookRow,
  UserRow,
} from "./rows";
import { Table } from "./table";

/** The credentials of an account, and its initial default service. */
export interface Account {
  accountSid: string;
  authToken: string;
  apiKey: string;
  apiSecret: string;
  defaultServiceSid: string;
}

/** All data of one account. Checks no rules. */
export class AccountState {
  readonly services = new Table<ServiceRow>(() => "");
  readonly roles = new Table<RoleRow>((row) => row.chat_service_sid);
  readonly users = new Table<UserRow, "identity">((row) => row.chat_service_sid, {
    identity: (row) => memberKey(row.chat_service_sid, row.identity),
  });
  readonly conversations = new Table<ConversationRow, "uniqueName">((row) => row.chat_service_sid, {
    uniqueName: (row) => memberKey(row.chat_service_sid, row.unique_name),
  });
  readonly participants = new Table<ParticipantRow, "member" | "identity" | "address" | "pair">(
    (row) => row.conversation_sid,
    {
      member: (row) => memberKey(row.conversation_sid, row.identity),
      identity: (row) => memberKey(row.chat_service_sid, row.identity),
      address: (row) => row.messaging_binding?.address ?? null,
      pair: (row) => pairKey(row.messaging_binding?.address, row.messaging_binding?.proxy_address),
    },
  );
  readonly messages = new Table<MessageRow>((row) => row.conversation_sid);
  readonly receipts = new Table<ReceiptRow>((row) => row.message_sid);
  readonly scopedWebhooks = new Table<ScopedWebhookRow>((row) => row.conversation_sid);
  readonly addresses = new Table<AddressRow, "address">(() => "", { address: (row) => row.address });
  readonly credentials = new Table<CredentialRow>(() => "");
  /** Credential secrets, which no answer shows. Only in memory: a program under test may send its real secrets. */
  readonly secrets = new Map<string, JsonObject>();
  readonly bindings = new Table<BindingRow>((row) => row.chat_service_sid);
  readonly serviceConfigurations = new Map<string, ServiceConfigurationRow>();
  readonly serviceWebhooks = new Map<string, ServiceWebhookRow>();
  readonly notifications = new Map<string, NotificationRow>();
  /** The conversations with a running timer. */
  readonly timed = new Set<ConversationRow>();

  constructor(
    readonly account: Account,
    readonly configuration: AccountConfigurationRow,
    readonly webhooks: AccountWebhookRow,
  ) {}
}

/** The key of a name inside its parent; null for no name. */
export function memberKey(parentSid: string, name: string | null): string | null {
  return name === null ? null : `${parentSid}/${name}`;
}

export function pairKey(address: string | undefined, proxyAddress: string | undefined): string | null {
  return address === undefined || proxyAddress === undefined ? null : `${address} ${proxyAddress}`;
}
