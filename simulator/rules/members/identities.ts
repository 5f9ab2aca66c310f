import { isSid } from "../../sid";
import { memberKey } from "../../state/account-state";
import type { UserRow } from "../../state/rows";
import { CodedError } from "../errors";
import { characters } from "../fields";
import { unseen } from "../unseen";
import type { Call } from "../world";

const reserved: ReadonlySet<string> = new Set(["system", "private", "unique"]);

export function checkIdentity(call: Call, identity: string): void {
  if (identity === "") throw new CodedError(50204);
  if (characters(identity) > 256) throw new CodedError(50207);
  if (reserved.has(identity)) throw new CodedError(50203);
  if (isSid(identity, "US")) throw new CodedError(50206);
  if (call.switches.unseenInIdentities === "refuse" && unseen.test(identity))
    throw new CodedError(20001, "Identity holds an invisible character (refused by the simulator)");
}

export function userOf(call: Call, serviceSid: string, identity: string): UserRow | undefined {
  return call.account.users.having("identity", memberKey(serviceSid, identity) ?? "")[0];
}

/** A user as Twilio creates it, by itself or on request: with the default role of its service. */
export function newUser(call: Call, serviceSid: string, identity: string): UserRow {
  const now = call.clock.nowText();
  return {
    sid: call.newSid("US"),
    order: 0,
    account_sid: call.account.account.accountSid,
    chat_service_sid: serviceSid,
    role_sid: call.account.serviceConfigurations.get(serviceSid)?.default_chat_service_role_sid ?? "",
    identity,
    friendly_name: null,
    attributes: "{}",
    is_online: null,
    is_notifiable: null,
    date_created: now,
    date_updated: now,
  };
}

/** Creates the user of an identity that joins its first conversation. */
export function ensureUser(call: Call, serviceSid: string, identity: string): void {
  if (!userOf(call, serviceSid, identity)) call.account.users.insert(newUser(call, serviceSid, identity));
}
