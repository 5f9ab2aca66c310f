import assert from "node:assert/strict";
import fc from "fast-check";
import { operations, resolved, type SpecOperation } from "./openapi";

/** One request as drawn: the rows and the hostile words are put in when it is sent. */
export interface Step {
  /** Which operation of the document, by its index. */
  place: number;
  /** Which rows of the store the path and the form mean, whatever their SIDs are by then. */
  picks: number[];
  /** What stands in place of a path parameter, by its place from the left. */
  strangers: (string | undefined)[];
  /** A value of `@RL` is the SID of a role, and so on for the other prefixes. */
  form: Record<string, string[]>;
  query: [string, string][];
  advanceMs: number;
}

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

const hostile = (longest: number): fc.Arbitrary<string> =>
  fc.oneof(
    { weight: 4, arbitrary: fc.constantFrom(...telling) },
    { weight: 2, arbitrary: fc.constantFrom(...prefixes.map((prefix) => `@${prefix}`)) },
    { weight: 1, arbitrary: fc.string({ unit: "binary", maxLength: 40 }).map(wellFormed) },
    { weight: 1, arbitrary: fc.json({ maxDepth: 2 }).map(wellFormed) },
    { weight: 1, arbitrary: fc.integer({ min: 1, max: longest }).map((length) => "x".repeat(length)) },
  );

const some = (...values: string[]): fc.Arbitrary<string> => fc.constantFrom(...values);
const fresh = (stem: string): fc.Arbitrary<string> => fc.noBias(fc.nat(999)).map((n) => `${stem}${n}`);
const phone = fc.noBias(fc.nat(9_999)).map((n) => `+1555${String(n).padStart(7, "0")}`);
const timer = some("PT1M", "PT10M", "PT1H", "P1D", "");
const flag = some("true", "false");
const url = some("https://example.com/", "https://example.com/hook");
const flow = some(`FW${"a".repeat(32)}`);
const stamp = some("2020-01-01T00:00:00Z", "2021-06-30T12:00:00.000Z");
const event = some("onMessageAdded", "onParticipantAdded", "onConversationStateUpdated");

/** A good value for each field that is neither a flag nor an enumeration of the document. */
const good: Record<string, fc.Arbitrary<string>> = {
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
const needed: [RegExp, string[][]][] = [
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

function goodValue(operation: SpecOperation, name: string): fc.Arbitrary<string> {
  const schema = resolved(resolved(operation.requestSchema?.["properties"])?.[name]);
  if (schema?.enum) return fc.constantFrom(...(schema.enum as string[]));
  if (schema?.type === "boolean") return flag;
  return (Object.hasOwn(good, name) && good[name]) || some("some text");
}

const many = (value: fc.Arbitrary<string>, isList: boolean): fc.Arbitrary<string[]> =>
  fc.array(value, { minLength: 1, maxLength: isList ? 3 : 1 });

/** The least that the operation takes, by times with further fields, by times with hostile values. */
function formOf(operation: SpecOperation): fc.Arbitrary<Record<string, string[]>> {
  const { requestFields: names, template } = operation;
  if (names.length === 0) return fc.constant({});
  const isList = (name: string): boolean =>
    resolved(operation.requestSchema?.["properties"])?.[name]?.type === "array";
  const choices = needed.find(([pattern]) => pattern.test(template))?.[1] ?? names.map((name) => [name]);
  const least = fc.constantFrom(...choices).chain((chosen) => {
    const known = chosen.filter((name) => names.includes(name));
    return fc.record(
      Object.fromEntries(known.map((name) => [name, many(goodValue(operation, name), isList(name))])),
    );
  });
  const extra = (max: number, value: (name: string) => fc.Arbitrary<string>) =>
    fc
      .subarray(names, { maxLength: Math.min(max, names.length) })
      .chain((chosen) =>
        fc.record(Object.fromEntries(chosen.map((name) => [name, many(value(name), isList(name))]))),
      );
  const none = fc.constant({});
  const further = fc.oneof(
    { weight: 2, arbitrary: none },
    { weight: 2, arbitrary: extra(3, (name) => goodValue(operation, name)) },
  );
  const bad = fc.oneof(
    { weight: 3, arbitrary: none },
    extra(2, () => hostile(20_000)),
  );
  const whole = fc.tuple(least, further, bad).map((parts) => Object.assign({}, ...parts));
  return fc.oneof(
    { weight: 9, arbitrary: whole },
    extra(4, () => hostile(20_000)),
  );
}

const filters: Record<string, fc.Arbitrary<string>> = {
  Type: some("sms", "whatsapp"),
  State: some("active", "inactive", "closed"),
  Order: some("asc", "desc"),
  StartDate: some("2020-01-01", "2020-01-01T00:00:00Z"),
  EndDate: some("2030-01-01"),
  Identity: some("ann", "eve"),
  Address: some("+15550001111"),
  BindingType: some("apn"),
  PageSize: some("1", "2", "50"),
  Page: some("0", "1"),
};

function queryOf({ template, parameters }: SpecOperation): fc.Arbitrary<[string, string][]> {
  const names = parameters.filter((parameter) => parameter.in === "query").map(({ name }) => name);
  const pair = (name: string, value: fc.Arbitrary<string>): fc.Arbitrary<[string, string]> =>
    fc.tuple(fc.constant(name), value);
  const stranger = pair("PageToken", hostile(1_000));
  if (names.length === 0)
    return fc.oneof(
      { weight: 9, arbitrary: fc.constant<Step["query"]>([]) },
      stranger.map((one) => [one]),
    );
  const must = template.endsWith("ParticipantConversations") ? some("Identity", "Address") : fc.constant("");
  return fc
    .tuple(must, fc.subarray(names, { maxLength: 2 }), fc.noBias(fc.nat(9)))
    .chain(([first, others, dice]) => {
      const rest = others.filter((name) => name !== "PageToken" && !(first && /^(Id|Ad)/.test(name)));
      const chosen = first ? [first, ...rest] : rest;
      const value = (name: string) => (dice > 7 ? hostile(1_000) : (filters[name] ?? hostile(1_000)));
      return fc.tuple(...chosen.map((name) => pair(name, value(name))), ...(dice === 7 ? [stranger] : []));
    });
}

export function operationOf({ place }: Pick<Step, "place">): SpecOperation {
  const operation = operations[place];
  assert.ok(operation);
  return operation;
}

/** A request for an operation, each of which is as likely as any other. */
export const step: fc.Arbitrary<Step> = fc.constantFrom(...operations.keys()).chain((place) => {
  const operation = operationOf({ place });
  return fc.record({
    place: fc.constant(place),
    picks: fc.array(fc.noBias(fc.nat(9_999)), { minLength: 3, maxLength: 3 }),
    strangers: fc.oneof(
      { weight: 5, arbitrary: fc.constant<Step["strangers"]>([]) },
      fc.array(fc.option(hostile(1_500), { nil: undefined }), { minLength: 1, maxLength: 4 }),
    ),
    form: operation.method === "POST" ? formOf(operation) : fc.constant({}),
    query: queryOf(operation),
    advanceMs: fc.oneof({ weight: 19, arbitrary: fc.constant(0) }, fc.constant(40_000)),
  });
});
