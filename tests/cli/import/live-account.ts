import type { Simulator } from "../../../simulator";
import { sized } from "../../support/soak";
import { TwilioAccount } from "../../support/twilio-account";

/** Who may be a member, and looks like code, a name of the language, or another name. */
const ODD_IDENTITIES = [
  "__proto__",
  "constructor",
  "Zoë Müller",
  "李雷",
  "a::b",
  "a/b",
  "a b",
  '"); process.exit(1); ("',
  "`${1}`",
  "undeclared:x",
  "42",
  "😀",
  "new",
];

/** Twilio's limit of a conversation is 1,000, of whom two are reached by address. */
export const MEMBERS = sized({ short: 25, full: 1_000 - ODD_IDENTITIES.length - 2 });

/** Makes of an account one that people have worked with for long. */
export async function fill(simulator: Simulator): Promise<void> {
  const account = new TwilioAccount(simulator);
  const lead = await account.role("lead");
  const second = await account.service("Second: Zürich");
  const there = `/Services/${second.sid}`;
  const agent = await account.role("lead", there);
  await account.post(`${there}/Configuration`, {
    DefaultConversationRoleSid: agent.sid,
    ReachabilityEnabled: "true",
  });
  await account.post(`${there}/Configuration/Notifications`, {
    "NewMessage.Enabled": "true",
    "NewMessage.Template": "${PARTICIPANT}: ${MESSAGE}",
  });
  await account.post(`${there}/Configuration/Webhooks`, {
    PostWebhookUrl: "https://example.com/second",
    Filters: ["onMessageAdded"],
    Method: "POST",
  });
  await account.post("/Configuration/Webhooks", {
    PostWebhookUrl: "https://example.com/all",
    Filters: ["onMessageAdded", "onConversationAdded"],
    Method: "GET",
  });
  await account.post("/Configuration", { DefaultInactiveTimer: "PT12H" });
  await account.post("/Configuration/Addresses", {
    Type: "sms",
    Address: "+14155550199",
    FriendlyName: "Front desk",
    "AutoCreation.Enabled": "true",
    "AutoCreation.Type": "webhook",
    "AutoCreation.ConversationServiceSid": second.sid,
    "AutoCreation.WebhookUrl": "https://example.com/new",
    "AutoCreation.WebhookFilters": ["onMessageAdded"],
  });
  await account.post("/Credentials", { Type: "fcm", FriendlyName: "Android", Secret: "key" });
  await account.post("/Credentials", {
    Type: "apn",
    Certificate: "-----",
    PrivateKey: "-----",
    Sandbox: "true",
  });
  await account.post("/Users", { Identity: "alice", FriendlyName: "Alice", Attributes: '{"tier":"gold"}' });
  const support = await account.post("/Conversations", {
    UniqueName: "support-eu",
    FriendlyName: "Support\n*/ Europe",
    Attributes: JSON.stringify(ODD_ATTRIBUTES),
  });
  await account.post(`/Conversations/${support.sid}/Webhooks`, {
    Target: "webhook",
    "Configuration.Url": "https://example.com/hook",
    "Configuration.Method": "POST",
    "Configuration.Filters": ["onMessageAdded", "onParticipantAdded"],
  });
  const members = Array.from({ length: MEMBERS }, (_, at) => `agent-${at}`);
  for (const [at, identity] of [...members, ...ODD_IDENTITIES].entries())
    await account.post(`/Conversations/${support.sid}/Participants`, {
      Identity: identity,
      Attributes: JSON.stringify({ shift: at % 3, team: "support" }),
      ...(at % 5 === 0 && { RoleSid: lead.sid }),
    });
  await account.post(`/Conversations/${support.sid}/Participants`, {
    "MessagingBinding.Address": "+14155550123",
    "MessagingBinding.ProxyAddress": "+15005550001",
  });
  await account.post(`/Conversations/${support.sid}/Participants`, {
    "MessagingBinding.Address": "jane@example.com",
  });
  await account.post(`/Users/agent-1/Conversations/${support.sid}`, { NotificationLevel: "muted" });
  // By another name the same: variables and resources need names of their own.
  for (const name of ["Support EU", "support_eu", "支持", "class", "42"])
    await account.post("/Conversations", { UniqueName: name, FriendlyName: name });
  for (let count = 0; count < 2; count++) await account.post("/Conversations", { FriendlyName: "twins" });
  const inSecond = await account.post(`${there}/Conversations`, { UniqueName: "support-eu" });
  await account.post(`${there}/Conversations/${inSecond.sid}/Participants`, { Identity: "alice" });
  // Under long names, so that what collects the members does not fit in a line.
  await account.post(`${there}/Users/alice/Conversations/${inSecond.sid}`, { NotificationLevel: "muted" });
}

const ODD_ATTRIBUTES = {
  "a key": [1, 2, 3],
  many: Array.from({ length: 60 }, (_, at) => at * 1_000),
  rows: [
    { a: 1, b: 2 },
    { a: 3, b: 4 },
  ],
  text: `it's "quoted" \\ \u2028 ${"long ".repeat(30)}`,
  quotes: 'say "yes"',
  日本: { "1": true, big: 1e30, empty: {}, none: [] },
  nothing: null,
};
