import fc from "fast-check";

/** Values that mean something somewhere, so that the requests get beyond the first check. */
const telling = [
  "eu",
  "ann",
  "",
  "null",
  "active",
  "closed",
  "true",
  "PT1M",
  "{}",
  '{"identity":"bob"}',
  "+15558675310",
  "whatsapp:+15558675310",
  "onMessageAdded",
  "https://example.com/",
  "sendMessage",
  "conversation",
  "webhook",
  "studio",
  "2020-01-01T00:00:00Z",
  "0",
  "-1",
  "1e400",
  "9007199254740993",
  "+275760-09-13T00:00:00Z",
  "9999-12-31T23:59:59Z",
  "P99999Y",
  "__proto__",
  "constructor",
  "..;",
  "a/b?c#d",
  "%00",
];
const prefixes = ["CH", "MB", "RL", "US", "IS", "IM", "DY", "WH", "IG", "CR", "BS"];

function wellFormed(text: string): string {
  return Buffer.from(text).toString();
}

/** Anything at all; `@RL` becomes the SID of a role, and so on. */
export const hostile = (longest: number): fc.Arbitrary<string> =>
  fc.oneof(
    { weight: 4, arbitrary: fc.constantFrom(...telling) },
    { weight: 2, arbitrary: fc.constantFrom(...prefixes.map((prefix) => `@${prefix}`)) },
    { weight: 1, arbitrary: fc.string({ unit: "binary", maxLength: 40 }).map(wellFormed) },
    { weight: 1, arbitrary: fc.json({ maxDepth: 2 }).map(wellFormed) },
    { weight: 1, arbitrary: fc.integer({ min: 1, max: longest }).map((length) => "x".repeat(length)) },
  );

export const some = (...values: string[]): fc.Arbitrary<string> => fc.constantFrom(...values);
const fresh = (stem: string): fc.Arbitrary<string> => fc.noBias(fc.nat(999)).map((n) => `${stem}${n}`);
const phone = fc.noBias(fc.nat(9_999)).map((n) => `+1555${String(n).padStart(7, "0")}`);
const timer = some("PT1M", "PT10M", "PT1H", "P1D", "");
export const flag = some("true", "false");
const url = some("https://example.com/", "https://example.com/hook");
const flow = some(`FW${"a".repeat(32)}`);
const stamp = some("2020-01-01T00:00:00Z", "2021-06-30T12:00:00.000Z");
const event = some("onMessageAdded", "onParticipantAdded", "onConversationStateUpdated");

/** A good value for each field that is neither a flag nor an enumeration of the document. */
export const good: Record<string, fc.Arbitrary<string>> = {
  Address: phone,
  AddressCountry: some("CA", "US"),
  Attributes: some("{}", '{"a":[1,null]}', '{"__proto__":{"x":1}}'),
  Author: some("ann", "system"),
  "AutoCreation.ConversationServiceSid": some("@IS"),
  "AutoCreation.StudioFlowSid": flow,
  "AutoCreation.StudioRetryCount": some("0", "3"),
  "AutoCreation.WebhookFilters": event,
  "AutoCreation.WebhookUrl": url,
  "Bindings.Email.Address": some("a@example.com"),
  Body: some("Hello", "", "ü€😀"),
  "Configuration.Filters": event,
  "Configuration.FlowSid": flow,
  "Configuration.ReplayAfter": some("0"),
  "Configuration.Triggers": some("help", "stop"),
  "Configuration.Url": url,
  ContentSid: some(`HX${"a".repeat(32)}`),
  ContentVariables: some("{}", '{"1":"x"}'),
  DateCreated: stamp,
  DateUpdated: stamp,
  DefaultChatServiceSid: some("@IS"),
  DefaultChatServiceRoleSid: some("@RL"),
  DefaultClosedTimer: timer,
  DefaultConversationCreatorRoleSid: some("@RL"),
  DefaultConversationRoleSid: some("@RL"),
  DefaultInactiveTimer: timer,
  DefaultMessagingServiceSid: some(`MG${"a".repeat(32)}`),
  Filters: event,
  Identity: fc.oneof(some("ann", "eve", "bob"), fresh("user")),
  LastReadMessageIndex: some("0", "1", "null"),
  LastReadTimestamp: stamp,
  MediaSid: some(`ME${"a".repeat(32)}`),
  "MessagingBinding.Address": fc.oneof(
    phone,
    phone.map((text) => `whatsapp:${text}`),
  ),
  "MessagingBinding.ProxyAddress": some("+15017122661", "whatsapp:+15017122661"),
  "MessagingBinding.ProjectedAddress": phone,
  MessagingServiceSid: some(`MG${"a".repeat(32)}`),
  Method: some("GET", "POST", "get", "post"),
  Participant: fc.oneof(
    fresh("bulk").map((identity) => JSON.stringify({ identity })),
    phone.map((address) => JSON.stringify({ messaging_binding: { address, proxy_address: "+15017122661" } })),
  ),
  Permission: some("sendMessage", "leaveConversation", "addParticipant"),
  PostWebhookUrl: url,
  PreWebhookUrl: url,
  RoleSid: some("@RL"),
  "Timers.Closed": timer,
  "Timers.Inactive": timer,
  UniqueName: fresh("name"),
};

/** What a create must have, one of these; an update may have any of its fields. */
export const needed: [RegExp, string[][]][] = [
  [/Addresses$/, [["Type", "Address"]]],
  [
    /Configuration$/,
    [
      ["ReachabilityEnabled", "DefaultClosedTimer"],
      ["DefaultConversationRoleSid", "DefaultChatServiceSid"],
    ],
  ],
  [/Conversations$/, [[], ["UniqueName"]]],
  [/Credentials$/, [["Type"]]],
  [/Messages$/, [["Body"], ["Author", "Body"], ["MediaSid"], ["ContentSid"]]],
  [/Participants$/, [["Identity"], ["MessagingBinding.Address", "MessagingBinding.ProxyAddress"]]],
  [/ConversationWithParticipants$/, [[], ["Participant"]]],
  [/Roles(\/\{Sid\})?$/, [["FriendlyName", "Type", "Permission"]]],
  [/Services$/, [["FriendlyName"]]],
  [/Users$/, [["Identity"]]],
  [/Webhooks$/, [["Target", "Configuration.Url", "Configuration.Filters", "Configuration.FlowSid"]]],
];
