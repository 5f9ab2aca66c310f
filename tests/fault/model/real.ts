import type { Simulator } from "../../../simulator";
import type { TestStack } from "../../support/stack/test-stack";
import type { TwilioAccount } from "../../support/twilio-account";
import { type Held, heldRow } from "./held";
import type { Origin } from "./model";
import { type Kind, STANDING } from "./program/declaration";
import { type World, worldOf } from "./world";

/** The engine and the simulator that a sequence of commands goes to. */
export interface Real {
  readonly simulator: Simulator;
  readonly account: TwilioAccount;
  readonly stack: TestStack;
}

const LONG_AGO = "2020-01-01T00:00:00Z";

export function look({ simulator, account }: Real): Promise<World> {
  return worldOf(simulator, account);
}

export function rowsOf({ stack }: Real): Held[] {
  return stack.rows().map(heldRow);
}

/** An account in which others have been at work for years. */
export async function othersAtWork(real: Real): Promise<Origin> {
  const { simulator, account } = real;
  simulator.reset();
  const { sid: standing } = await account.conversation(STANDING);
  const members = `/Conversations/${standing}/Participants`;
  await account.post(members, { Identity: "zoe", Attributes: '{"theirs":1}' });
  await account.post(members, {
    "MessagingBinding.Address": "+15005550100",
    "MessagingBinding.ProxyAddress": "+15005550101",
  });
  const filters = {
    "Configuration.Url": "https://example.com/theirs",
    "Configuration.Filters": "onMessageAdded",
  };
  await account.post(`/Conversations/${standing}/Webhooks`, { Target: "webhook", ...filters });
  const roles = new Map(simulator.roles().map((row) => [String(row["friendly_name"]), row.sid]));
  const admin = roles.get("service admin") ?? "";
  const yan = { Identity: "yan", FriendlyName: "Yan", Attributes: '{"of":"old"}', RoleSid: admin };
  await account.post("/Users", yan);
  await account.post("/Credentials", { Type: "fcm", FriendlyName: "theirs", Secret: "theirs" });
  await account.role("theirs");
  const { sid: theirs } = await account.service("theirs");
  simulator.change(theirs, { reachability_enabled: true });
  for (const prefix of ["CH", "MB", "WH", "US", "RL", "IS", "CR"] as const)
    for (const { sid } of simulator.rows(prefix)) simulator.change(sid, { date_created: LONG_AGO });
  const { defaultServiceSid } = simulator.account;
  const roleSids = await account.get(`/Services/${defaultServiceSid}/Configuration`);
  const defaults: Origin["defaults"] = {
    ...({ Service: {}, Role: {}, ConversationWebhook: {}, Credential: {} } satisfies Partial<
      Record<Kind, object>
    >),
    Conversation: { attributes: {}, "timers.inactive": 0, "timers.closed": 0 },
    User: { friendlyName: "", attributes: {}, roleSid: String(roleSids["default_chat_service_role_sid"]) },
    Participant: { attributes: {}, roleSid: String(roleSids["default_conversation_role_sid"]) },
    Message: { attributes: {} },
    ServiceConfiguration: { reachabilityEnabled: false },
  };
  const anchors = new Map([
    ...roles,
    [STANDING, standing],
    ["theirs", theirs],
    ["default", defaultServiceSid],
  ]);
  return { world: await look(real), anchors, defaults };
}
