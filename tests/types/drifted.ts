import type { Json, JsonObject } from "../../provider/core/json";
import type { TwilioAccount } from "../support/twilio-account";

/** What the declarations below refer to, by name. */
export type World = Readonly<Record<WorldName, string>>;
type WorldName = "home" | "service" | "laterService" | "desk" | "agent" | "lead" | "clerk" | "manager";

/** A declaration, and what somebody else makes of its fields, one at a time. */
export interface Declaration {
  readonly inputs: JsonObject;
  /** By path: every value that Twilio may then tell, as it tells it. Null where it tells of none. */
  readonly drifts: Readonly<Record<string, readonly Json[]>>;
}

export const HOOK = "https://example.com/hook";
export const CHANGED_HOOK = "https://example.com/changed";
export const sid = (prefix: string, digit: number) => `${prefix}${String(digit).repeat(32)}`;
export const FLOW = sid("FW", 1);

export async function makeWorld(account: TwilioAccount): Promise<World> {
  const serviceRole = (name: string) =>
    account.post("/Roles", { FriendlyName: name, Type: "service", Permission: "createConversation" });
  const rows = {
    service: await account.service("a service"),
    laterService: await account.service("a later service"),
    desk: await account.conversation("desk"),
    agent: await account.role("agent"),
    lead: await account.role("lead"),
    clerk: await serviceRole("clerk"),
    manager: await serviceRole("manager"),
  };
  await account.post(`/Conversations/${rows.desk.sid}/Participants`, { Identity: "standing" });
  const sids = Object.fromEntries(Object.entries(rows).map(([name, row]) => [name, row.sid])) as World;
  return { ...sids, home: account.account.defaultServiceSid };
}

/** Attributes in every way in which they can become others; as text, as Twilio tells them. */
export const otherAttributes = ['{"team":"sales","tier":1}', '{"team":"support"}', "{}", "[1]"];
export const attributes = { team: "support", tier: 1 };
export const filters = ["onMessageRemoved", "onMessageAdded"];
export const otherFilters = [["onMessageAdded"], ["onMessageUpdated", "onMessageAdded"]];
