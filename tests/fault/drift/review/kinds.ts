import type { StateRow } from "../../../support/stack-folder";
import type { Row } from "../../../support/twilio-account";
import type { Args, World } from "./cell";
import { settingKinds } from "./setting-kinds";
import { userKinds } from "./user-kinds";

/** A kind of resource, and what can come to be of one. */
export interface Kind {
  readonly name: string;
  readonly type: string;
  /** What its cells need besides two conversations: a service each, or an account each. */
  readonly needs?: "service" | "account";
  /** The columns in which an `up` refuses to go on, so that nothing comes of it. */
  readonly refuses?: readonly string[];
  /** What is to be there before any program, for it to be on loan. */
  readonly prepare?: (world: World) => Promise<unknown>;
  readonly args: (world: World) => Args;
  /** What the program changes in place. */
  readonly updated?: (world: World) => Args;
  /** What the program takes back: undefined, or less. */
  readonly dropped?: (world: World) => Args;
  /** What somebody else makes of it, by Twilio's names, and the same as the program would say it. */
  readonly drift: (world: World) => Args;
  readonly followed: (world: World) => Args;
  /** Of which row, where it is not the resource's own. */
  readonly driftOf?: (row: StateRow, world: World) => string;
  readonly replaced?: (world: World) => Args;
  /** Makes the same outside Pulumi, with the attributes or name of somebody else where told. */
  readonly outside?: (world: World) => Promise<Row>;
  readonly located?: (world: World) => Args;
}

const HOOK = "https://example.com/hook";

export const kinds: readonly Kind[] = [
  {
    name: "Participant",
    type: "Participant",
    args: ({ label, sids }) => ({
      conversationSid: sids["desk"],
      identity: label,
      roleSid: sids["agent"],
      attributes: { team: "a", level: 1 },
    }),
    updated: () => ({ attributes: { team: "b", level: 1 } }),
    dropped: () => ({ roleSid: undefined }),
    drift: ({ sids }) => ({ role_sid: sids["lead"], attributes: '{"team":"c","level":1,"x":{}}' }),
    followed: ({ sids }) => ({ roleSid: sids["lead"], attributes: { team: "c", level: 1, x: {} } }),
    replaced: ({ label }) => ({ identity: `${label} again` }),
    outside: ({ label, account, sids }) =>
      account.post(`/Conversations/${sids["desk"]}/Participants`, {
        Identity: label,
        RoleSid: String(sids["agent"]),
        Attributes: '{"team":"a","level":1}',
      }),
    located: ({ sids }) => ({ conversationSid: sids["desk"] }),
  },
  {
    name: "Person",
    type: "Participant",
    args: ({ label, sids }) => ({
      conversationSid: sids["desk"],
      messagingBinding: { address: numberOf(label), proxyAddress: "+15005550001" },
      attributes: { since: { year: 2020 } },
    }),
    updated: ({ sids }) => ({ attributes: { since: {} }, roleSid: sids["lead"] }),
    dropped: () => ({ attributes: undefined }),
    drift: ({ sids }) => ({ role_sid: sids["lead"], attributes: "{}" }),
    followed: ({ sids }) => ({ roleSid: sids["lead"], attributes: {} }),
    replaced: ({ label }) => ({
      messagingBinding: { address: numberOf(label), proxyAddress: "+15005550002" },
    }),
    outside: ({ label, account, sids }) =>
      account.post(`/Conversations/${sids["desk"]}/Participants`, {
        "MessagingBinding.Address": numberOf(label),
        "MessagingBinding.ProxyAddress": "+15005550001",
        Attributes: '{"since":{"year":2020}}',
      }),
    located: ({ sids }) => ({ conversationSid: sids["desk"] }),
  },
  {
    name: "Conversation",
    type: "Conversation",
    args: ({ label }) => ({
      uniqueName: label,
      friendlyName: "First",
      attributes: { region: "eu" },
      timers: { inactive: "PT12H" },
    }),
    updated: () => ({ friendlyName: "Second", timers: { inactive: "PT1H" } }),
    dropped: () => ({ friendlyName: undefined, attributes: undefined }),
    drift: () => ({ friendly_name: "Third", attributes: '{"region":"us","more":[]}' }),
    followed: () => ({ friendlyName: "Third", attributes: { region: "us", more: [] } }),
    replaced: ({ sids }) => ({ serviceSid: sids["elsewhere"] }),
    outside: ({ label, account }) =>
      account.post("/Conversations", {
        UniqueName: label,
        FriendlyName: "First",
        Attributes: '{"region":"eu"}',
      }),
    located: () => ({}),
  },
  {
    name: "ConversationWebhook",
    type: "ConversationWebhook",
    args: ({ label, sids }) => ({
      conversationSid: sids["desk"],
      target: "webhook",
      configuration: {
        url: `${HOOK}/${label}`,
        method: "POST",
        filters: ["onMessageAdded", "onMessageUpdated"],
      },
    }),
    updated: ({ label }) => ({
      configuration: {
        url: `${HOOK}/${label}`,
        method: "GET",
        filters: ["onMessageAdded", "onMessageUpdated"],
      },
    }),
    drift: ({ label }) => ({
      configuration: { url: `${HOOK}/${label}`, method: "post", filters: ["onMessageAdded"] },
    }),
    followed: ({ label }) => ({
      configuration: { url: `${HOOK}/${label}`, method: "POST", filters: ["onMessageAdded"] },
    }),
    replaced: ({ sids }) => ({ conversationSid: sids["room"] }),
    outside: ({ label, account, sids }) =>
      account.post(`/Conversations/${sids["desk"]}/Webhooks`, {
        Target: "webhook",
        "Configuration.Url": `${HOOK}/${label}`,
        "Configuration.Method": "POST",
        "Configuration.Filters": ["onMessageAdded", "onMessageUpdated"],
      }),
    located: ({ sids }) => ({ conversationSid: sids["desk"] }),
  },
  {
    name: "Message",
    type: "Message",
    refuses: ["deleted outside, and updated", "deleted outside, and dropped"],
    args: ({ label, sids }) => ({
      conversationSid: sids["desk"],
      author: "support",
      body: label,
      attributes: { kind: "notice" },
    }),
    updated: ({ label }) => ({ body: `${label}!` }),
    dropped: () => ({ attributes: undefined, author: undefined }),
    drift: ({ label }) => ({ body: `${label}?`, author: "somebody" }),
    followed: ({ label }) => ({ body: `${label}?`, author: "somebody" }),
    replaced: ({ sids }) => ({ conversationSid: sids["room"] }),
    outside: ({ label, account, sids }) =>
      account.post(`/Conversations/${sids["desk"]}/Messages`, {
        Author: "support",
        Body: label,
        Attributes: '{"kind":"notice"}',
      }),
    located: ({ sids }) => ({ conversationSid: sids["desk"] }),
  },
  {
    name: "Role",
    type: "Role",
    args: ({ label }) => ({
      friendlyName: label,
      type: "conversation",
      permissions: ["sendMessage", "leaveConversation"],
    }),
    updated: () => ({ permissions: ["sendMessage"] }),
    drift: () => ({ permissions: ["sendMessage", "leaveConversation", "addParticipant"] }),
    followed: () => ({ permissions: ["sendMessage", "leaveConversation", "addParticipant"] }),
    replaced: ({ label }) => ({ friendlyName: `${label} again` }),
    outside: ({ label, account }) =>
      account.post("/Roles", {
        FriendlyName: label,
        Type: "conversation",
        Permission: ["sendMessage", "leaveConversation"],
      }),
    located: () => ({}),
  },
  ...userKinds,
  {
    name: "Service",
    type: "Service",
    args: ({ label }) => ({ friendlyName: label }),
    drift: ({ label }) => ({ friendly_name: `${label} changed` }),
    followed: ({ label }) => ({ friendlyName: `${label} changed` }),
    replaced: ({ label }) => ({ friendlyName: `${label} again` }),
    outside: ({ label, account }) => account.post("/Services", { FriendlyName: label }),
    located: () => ({}),
  },
  {
    name: "Credential",
    refuses: ["renamed without alias"],
    type: "Credential",
    args: ({ label }) => ({
      type: "apn",
      friendlyName: label,
      sandbox: true,
      certificate: "a certificate",
      privateKey: "a key",
    }),
    updated: () => ({ sandbox: false, privateKey: "another key" }),
    dropped: () => ({ sandbox: undefined }),
    drift: () => ({ sandbox: "False" }),
    followed: () => ({ sandbox: false }),
    located: () => ({}),
  },
  {
    name: "AddressConfiguration",
    type: "AddressConfiguration",
    args: ({ label }) => ({
      type: "chat",
      address: label,
      friendlyName: "First",
      autoCreation: { enabled: true, type: "webhook", webhookUrl: HOOK, webhookMethod: "POST" },
    }),
    updated: () => ({ friendlyName: "Second" }),
    dropped: () => ({ friendlyName: undefined, autoCreation: undefined }),
    drift: () => ({ friendly_name: "Third" }),
    followed: () => ({ friendlyName: "Third" }),
    replaced: ({ label }) => ({ address: `${label}-again` }),
    outside: ({ label, account }) =>
      account.post("/Configuration/Addresses", {
        Type: "chat",
        Address: label,
        FriendlyName: "First",
        "AutoCreation.Enabled": "true",
        "AutoCreation.Type": "webhook",
        "AutoCreation.WebhookUrl": HOOK,
        "AutoCreation.WebhookMethod": "POST",
      }),
    located: () => ({}),
  },
  ...settingKinds,
];

/** One of its own for each label, which ends in digits. */
function numberOf(label: string): string {
  return `+1415${String(5_550_000 + Number(label.replace(/\D/g, "")))}`;
}
