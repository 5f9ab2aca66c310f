import type { Accounts } from "../accounts";
import { renderConversation } from "../resources/conversation";
import { renderParticipant } from "../resources/participant";
import { renderRole } from "../resources/role";
import { renderService } from "../resources/service";
import { renderUser } from "../resources/user";
import { UsageError } from "../rules/errors";
import type { View } from "../rules/world";
import type { AccountState } from "../state/account-state";
import { removeConversation, removeMessage, removeParticipant, removeService } from "../state/removal";
import type { JsonObject, StoredRow } from "../state/rows";
import type { Table } from "../state/table";

/** A stored object as Twilio's JSON. */
export type Row = JsonObject & { sid: string };

/** What can be looked at, changed and removed out of band, by the first two letters of its SID. */
interface Kind {
  row: StoredRow;
  patch(fields: JsonObject): void;
  remove(): void;
  render(view: View): JsonObject;
}

/** The view under which rows are shown outside a request. */
export function viewOf(account: AccountState, origin: string, serviceSid?: string): View {
  const isDefault = !serviceSid || serviceSid === account.configuration.default_chat_service_sid;
  const base = isDefault ? `${origin}/v1` : `${origin}/v1/Services/${serviceSid}`;
  return { base, scoped: true, account };
}

export function rowsOf<R extends StoredRow & { chat_service_sid?: string }>(
  account: AccountState,
  origin: string,
  table: Pick<Table<R>, "all">,
  render: (row: R, view: View) => JsonObject,
): Row[] {
  return table.all().map((row) => render(row, viewOf(account, origin, row.chat_service_sid)) as Row);
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
  const plain = (row: StoredRow): JsonObject => {
    const { order: _order, ...shown } = row;
    return shown;
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
      return of(account.messages, plain, (row) => removeMessage(account, row));
    case "DY":
      return of(account.receipts, plain);
    case "WH":
      return of(account.scopedWebhooks, plain);
    case "IG":
      return of(account.addresses, plain);
    case "CR":
      return of(account.credentials, plain);
    case "BS":
      return of(account.bindings, plain);
    default:
      return undefined;
  }
}

function existing(accounts: Accounts, sid: string): { account: AccountState; kind: Kind } {
  for (const account of accounts.all()) {
    const kind = kindOf(account, sid);
    if (kind) return { account, kind };
  }
  throw new UsageError(`nothing has the SID ${sid}`);
}

/** Removes an object and what hangs on it, as somebody else's program would. */
export function removeRow(accounts: Accounts, sid: string): void {
  existing(accounts, sid).kind.remove();
}

const fixed: ReadonlySet<string> = new Set([
  "sid",
  "order",
  "account_sid",
  "chat_service_sid",
  "conversation_sid",
]);

/** Sets fields of an object, as somebody else's program would. Only names and basic types are checked. */
export function changeRow(accounts: Accounts, origin: string, sid: string, fields: JsonObject): Row {
  const { account, kind } = existing(accounts, sid);
  const { row } = kind;
  const before = row as JsonObject;
  for (const [name, value] of Object.entries(fields)) {
    if (fixed.has(name) || !Object.hasOwn(before, name)) {
      throw new UsageError(`${name} is not a field of ${sid} that can be changed`);
    }
    if (name === "attributes" && typeof value !== "string")
      throw new UsageError("attributes must be JSON text");
  }
  kind.patch({ date_updated: accounts.world.clock.nowText(), ...structuredClone(fields) });
  const service = before["chat_service_sid"];
  return kind.render(viewOf(account, origin, typeof service === "string" ? service : undefined)) as Row;
}
