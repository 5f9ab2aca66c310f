import type { Accounts } from "../accounts";
import { renderAddress } from "../resources/address-configuration";
import { renderBinding } from "../resources/binding";
import { renderConversation } from "../resources/conversation/conversation";
import { renderMessage } from "../resources/conversation/message";
import { renderParticipant } from "../resources/conversation/participant";
import { renderReceipt } from "../resources/conversation/receipt";
import { renderScopedWebhook } from "../resources/conversation/scoped-webhook";
import { renderCredential } from "../resources/credential";
import { renderRole } from "../resources/role";
import { renderService } from "../resources/service";
import { renderUser } from "../resources/user";
import { UnknownNameError, UsageError, underRules } from "../rules/errors";
import { attributes, conversationAttributes } from "../rules/fields";
import { startTimers } from "../rules/timers";
import type { View, World } from "../rules/world";
import type { AccountState } from "../state/account-state";
import {
  removeConversation,
  removeCredential,
  removeMessage,
  removeParticipant,
  removeService,
} from "../state/removal";
import type { JsonObject, StoredRow } from "../state/rows";
import type { Table } from "../state/table";
import { changeSingletons, singletonFields } from "./singletons";
import { checkValue } from "./values";

/** A stored object as Twilio's JSON. */
export type Row = JsonObject & { sid: string };

/** An object that can be read, changed and removed out of band, selected by its SID prefix. */
interface Kind {
  row: StoredRow;
  patch(fields: JsonObject): void;
  remove(): void;
  render(view: View): JsonObject;
}

/** The view for rows shown outside a request. */
export function viewOf(account: AccountState, origin: string, serviceSid?: string): View {
  const isDefault = !serviceSid || serviceSid === account.configuration.default_chat_service_sid;
  const base = isDefault ? `${origin}/v1` : `${origin}/v1/Services/${serviceSid}`;
  return { base, scoped: true, account };
}

const tables = {
  CH: "conversations",
  MB: "participants",
  RL: "roles",
  US: "users",
  IS: "services",
  IM: "messages",
  DY: "receipts",
  WH: "scopedWebhooks",
  IG: "addresses",
  CR: "credentials",
  BS: "bindings",
} as const;

/** The SID prefixes that `rows` takes. */
export type RowPrefix = keyof typeof tables;

/** All rows of one kind in an account, as Twilio's JSON. */
export function rowsOf(account: AccountState, origin: string, prefix: RowPrefix): Row[] {
  return account[tables[prefix]].all().flatMap((row) => {
    const service = "chat_service_sid" in row ? row.chat_service_sid : undefined;
    return (kindOf(account, row.sid)?.render(viewOf(account, origin, service)) ?? []) as Row;
  });
}

function kindOf(account: AccountState, sid: string): Kind | undefined {
  const of = <R extends StoredRow>(
    table: Table<R, string> | Table<R>,
    render: (row: R, view: View) => JsonObject,
    remove: (row: R) => void = (row) => table.remove(row),
  ): Kind | undefined => {
    const row = table.get(sid);
    return (
      row && {
        row,
        patch: (fields) => table.patch(row, fields as Partial<R>),
        remove: () => remove(row),
        render: (view) => render(row, view),
      }
    );
  };
  switch (sid.slice(0, 2)) {
    case "CH":
      return of(account.conversations, renderConversation, (row) => removeConversation(account, row));
    case "MB":
      return of(account.participants, renderParticipant, (row) => removeParticipant(account, row));
    case "RL":
      return of(account.roles, renderRole);
    case "US":
      return of(account.users, renderUser, (row) => {
        for (const member of account.participants
          .having("identity", `${row.chat_service_sid}/${row.identity}`)
          .slice()) {
          removeParticipant(account, member);
        }
        account.users.remove(row);
      });
    case "IS":
      return of(account.services, renderService, (row) => removeService(account, row));
    case "IM":
      return of(account.messages, renderMessage, (row) => removeMessage(account, row));
    case "DY":
      return of(account.receipts, renderReceipt);
    case "WH":
      return of(account.scopedWebhooks, renderScopedWebhook);
    case "IG":
      return of(account.addresses, renderAddress);
    case "CR":
      return of(account.credentials, renderCredential, (row) => removeCredential(account, row));
    case "BS":
      return of(account.bindings, renderBinding);
    default:
      return undefined;
  }
}

/** Stored values that no answer shows, under the names they would have there. */
export function untoldOf(account: AccountState, sid: string): JsonObject {
  const conversation = account.conversations.get(sid);
  if (conversation)
    return {
      inactive_after_ms: conversation.inactive_after_ms,
      closed_after_ms: conversation.closed_after_ms,
    };
  const message = account.messages.get(sid);
  if (message) return { subject: message.subject };
  return { ...account.secrets.get(sid) };
}

function existing(accounts: Accounts, sid: string): { account: AccountState; kind: Kind } {
  for (const account of accounts.all()) {
    const kind = kindOf(account, sid);
    if (kind) return { account, kind };
  }
  throw new UsageError(`nothing has the SID ${sid}`);
}

/** Removes an object and its dependents, as another program would. */
export function removeRow(accounts: Accounts, sid: string): void {
  const { account, kind } = existing(accounts, sid);
  if (sid === account.configuration.default_chat_service_sid) {
    throw new UsageError(`${sid} is the default service of its account: make another one the default first`);
  }
  kind.remove();
}

const fixed: ReadonlySet<string> = new Set([
  "sid",
  "order",
  "account_sid",
  "chat_service_sid",
  "conversation_sid",
]);

export interface ChangeOptions {
  /** Also stores attributes that Twilio would refuse, to test code that reads them. */
  readonly uncheckedAttributes?: boolean;
}

/**
 * Sets fields of an object, as another program would. Checks names and kinds of values, and of the API's rules only the
 * one for attributes.
 */
export function changeRow(
  accounts: Accounts,
  origin: string,
  sid: string,
  fields: JsonObject,
  { uncheckedAttributes = false }: ChangeOptions = {},
): Row {
  for (const account of accounts.all()) {
    const changed = changeSingletons(account, sid, fields);
    if (changed) return changed as Row;
    const [unknown] = Object.keys(fields).filter((name) => !singletonFields(account, sid).includes(name));
    if (sid === account.account.accountSid && unknown !== undefined)
      throw unknownField(sid, unknown, singletonFields(account, sid));
  }
  const { account, kind } = existing(accounts, sid);
  const { row } = kind;
  const before = row as JsonObject;
  for (const [name, value] of Object.entries(fields)) {
    if (fixed.has(name) || !Object.hasOwn(before, name)) {
      const known = Object.keys(before).filter((field) => !fixed.has(field));
      throw unknownField(sid, name, [...known, ...singletonFields(account, sid)]);
    }
    if (name === "attributes" && typeof value !== "string")
      throw new UsageError("attributes must be JSON text");
    checkValue(sid, name, before[name], value);
  }
  const checked = uncheckedAttributes ? fields : withAttributes(fields, sid, accounts.world);
  kind.patch({ date_updated: accounts.world.clock.nowText(), ...structuredClone(checked) });
  const conversation = account.conversations.get(sid);
  if (conversation?.state === "closed") startTimers(account, conversation, accounts.world.clock.nowMs());
  const service = before["chat_service_sid"];
  return kind.render(viewOf(account, origin, typeof service === "string" ? service : undefined)) as Row;
}

function unknownField(sid: string, name: string, known: readonly string[]): UnknownNameError {
  return new UnknownNameError(`${name} is not a field of ${sid} that can be changed`, name, known);
}

/** The fields, with attributes as the API would store them. */
function withAttributes(fields: JsonObject, sid: string, world: World): JsonObject {
  const { attributes: text } = fields;
  if (typeof text !== "string") return fields;
  const field = sid.startsWith("CH") ? conversationAttributes : attributes;
  return { ...fields, attributes: underRules("attributes", () => field.read([text], sid, world)) };
}
