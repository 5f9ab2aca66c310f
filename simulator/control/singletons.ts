import type { AccountState } from "../state/account-state";
import type { JsonObject } from "../state/rows";
import { checkValue } from "./values";

const owners: ReadonlySet<string> = new Set(["account_sid", "chat_service_sid"]);

/** The singletons of an account or a service; they have no SID of their own. */
function singletonsOf(account: AccountState, sid: string): object[] {
  if (sid === account.account.accountSid) return [account.configuration, account.webhooks];
  const maps = [account.serviceConfigurations, account.serviceWebhooks, account.notifications];
  return maps.map((map) => map.get(sid)).filter((row) => row !== undefined);
}

/** The changeable fields of the singletons of this account or service. */
export function singletonFields(account: AccountState, sid: string): string[] {
  const names = singletonsOf(account, sid).flatMap((row) => Object.keys(row));
  return names.filter((name) => !owners.has(name));
}

/**
 * Changes the singletons of this account or service and returns them all in one object. Undefined when some field
 * belongs to none.
 */
export function changeSingletons(
  account: AccountState,
  sid: string,
  fields: JsonObject,
): JsonObject | undefined {
  const rows = singletonsOf(account, sid);
  const names = Object.keys(fields).filter((name) => !owners.has(name));
  const owning = names.map((name) => rows.find((row) => Object.hasOwn(row, name)));
  if (rows.length === 0 || names.length === 0 || owning.includes(undefined)) return undefined;
  names.forEach((name, index) => {
    checkValue(sid, name, (owning[index] as JsonObject)[name], fields[name]);
  });
  names.forEach((name, index) => {
    Object.assign(owning[index] ?? {}, { [name]: structuredClone(fields[name]) });
  });
  return Object.assign({ sid }, ...rows);
}
