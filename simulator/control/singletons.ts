import type { AccountState } from "../state/account-state";
import type { JsonObject } from "../state/rows";
import { checkValue } from "./values";

/** The configurations that hang on an account or a service and have no SID of their own. */
function singletonsOf(account: AccountState, sid: string): object[] {
  if (sid === account.account.accountSid) return [account.configuration, account.webhooks];
  const maps = [account.serviceConfigurations, account.serviceWebhooks, account.notifications];
  return maps.map((map) => map.get(sid)).filter((row) => row !== undefined);
}

/**
 * Changes the configurations of the account or service with this SID, and gives them all in one object;
 * undefined when some field belongs to none of them.
 */
export function changeSingletons(
  account: AccountState,
  sid: string,
  fields: JsonObject,
): JsonObject | undefined {
  const rows = singletonsOf(account, sid);
  const names = Object.keys(fields).filter((name) => name !== "account_sid" && name !== "chat_service_sid");
  const owners = names.map((name) => rows.find((row) => Object.hasOwn(row, name)));
  if (rows.length === 0 || names.length === 0 || owners.includes(undefined)) return undefined;
  names.forEach((name, index) => {
    checkValue(sid, name, (owners[index] as JsonObject)[name], fields[name]);
  });
  names.forEach((name, index) => {
    Object.assign(owners[index] ?? {}, { [name]: structuredClone(fields[name]) });
  });
  return Object.assign({ sid }, ...rows);
}
