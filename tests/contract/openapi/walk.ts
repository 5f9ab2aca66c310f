import type { Fixture, FormFields } from "../sdk/client";
import { operations, violations } from "./openapi";

export interface Visit {
  method: string;
  template: string;
  status: number;
  problems: string[];
}

type Parameters = Record<string, string>;

/** Calls every operation at least once, default-service and scoped, and checks each answer. */
export async function walk(fixture: Fixture): Promise<Visit[]> {
  const visits: Visit[] = [];
  const call = async (
    method: string,
    template: string,
    parameters: Parameters = {},
    form?: FormFields,
    query = "",
    // biome-ignore lint/suspicious/noExplicitAny: the walk reads Twilio's JSON by name
  ): Promise<any> => {
    const path = template.replace(/\{(\w+)\}/g, (_all, name: string) =>
      encodeURIComponent(parameters[name] ?? ""),
    );
    const { status, body } = await fixture.send(method, path + query, form);
    const problems = violations(method, template, status, body);
    visits.push({ method, template, status, problems });
    return body;
  };
  const sid = async (template: string, parameters: Parameters, form: FormFields): Promise<string> =>
    (await call("POST", template, parameters, form)).sid;

  await walkAccount(call, sid);
  await walkService("/v1", {}, call, sid);
  const service = await sid("/v1/Services", {}, { FriendlyName: "walked" });
  fixture.simulator.seed({
    services: [{ friendlyName: "bound", bindings: [{ identity: "ann", bindingType: "apn" }] }],
  });
  await walkService("/v1/Services/{ChatServiceSid}", { ChatServiceSid: service }, call, sid);
  const bound = fixture.simulator.services().at(-1)?.sid ?? "";
  await walkScopedOnly({ ChatServiceSid: bound }, call);
  await call("GET", "/v1/Services", {}, undefined, "?PageSize=1");
  await call("GET", "/v1/Services/{Sid}", { Sid: service });
  await call("DELETE", "/v1/Services/{Sid}", { Sid: service });
  return visits;
}

type Call = (
  method: string,
  template: string,
  parameters?: Parameters,
  form?: FormFields,
  query?: string,
  // biome-ignore lint/suspicious/noExplicitAny: as above
) => Promise<any>;
type Create = (template: string, parameters: Parameters, form: FormFields) => Promise<string>;

/** Fetch, update if there is a form, delete unless it is kept, by the instance path. */
async function visitInstance(
  call: Call,
  template: string,
  parameters: Parameters,
  update?: FormFields,
): Promise<void> {
  await call("GET", template, parameters);
  if (update) await call("POST", template, parameters, update);
}

async function walkAccount(call: Call, create: Create): Promise<void> {
  await visitInstance(
    call,
    "/v1/Configuration",
    {},
    { DefaultInactiveTimer: "PT1M", DefaultClosedTimer: "PT10M" },
  );
  await visitInstance(call, "/v1/Configuration/Webhooks", {}, { Method: "get", Filters: ["onMessageAdded"] });
  const addresses = "/v1/Configuration/Addresses";
  const address = await create(addresses, {}, { Type: "SMS", Address: "+37256123457", AddressCountry: "CA" });
  const studio = { "AutoCreation.Type": "studio", "AutoCreation.StudioFlowSid": `FW${"a".repeat(32)}` };
  await visitInstance(
    call,
    `${addresses}/{Sid}`,
    { Sid: address },
    { ...studio, "AutoCreation.Enabled": "true" },
  );
  await call("GET", addresses, {}, undefined, "?Type=sms");
  await call("DELETE", `${addresses}/{Sid}`, { Sid: "+37256123457" });
  const credential = await create("/v1/Credentials", {}, { Type: "apn", Certificate: "x", PrivateKey: "y" });
  await visitInstance(call, "/v1/Credentials/{Sid}", { Sid: credential }, { Sandbox: "true" });
  await call("GET", "/v1/Credentials");
  await call("DELETE", "/v1/Credentials/{Sid}", { Sid: credential });
}

async function walkService(base: string, at: Parameters, call: Call, create: Create): Promise<void> {
  const role = await create(`${base}/Roles`, at, {
    FriendlyName: "lead",
    Type: "conversation",
    Permission: ["sendMessage", "leaveConversation"],
  });
  await visitInstance(call, `${base}/Roles/{Sid}`, { ...at, Sid: role }, { Permission: "sendMessage" });
  await call("GET", `${base}/Roles`, at);
  await create(`${base}/Users`, at, { Identity: "ann", FriendlyName: "Ann" });
  await visitInstance(call, `${base}/Users/{Sid}`, { ...at, Sid: "ann" }, { Attributes: '{"a":1}' });
  await call("GET", `${base}/Users`, at);
  const bulk = `${base}/ConversationWithParticipants`;
  await call("POST", bulk, at, { UniqueName: "plain" });
  const member = '{ "messaging_binding": { "address": "+15550001111", "proxy_address": "+15550002222" } }';
  await call("POST", bulk, at, { Participant: ['{ "identity": "ann" }', member], State: "active" });
  const conversation = await create(`${base}/Conversations`, at, {
    FriendlyName: "EU",
    UniqueName: "eu",
    State: "active",
    "Timers.Inactive": "PT1M",
    "Bindings.Email.Address": "a@example.com",
  });
  const inside = { ...at, ConversationSid: conversation };
  await walkConversation(`${base}/Conversations/{ConversationSid}`, inside, role, call, create);
  await visitInstance(call, `${base}/Conversations/{Sid}`, { ...at, Sid: "eu" }, { State: "inactive" });
  await call("GET", `${base}/Conversations`, at, undefined, "?State=inactive&PageSize=1");
  const membership = { ...at, UserSid: "ann", ConversationSid: "eu" };
  const own = `${base}/Users/{UserSid}/Conversations`;
  await visitInstance(call, `${own}/{ConversationSid}`, membership, { NotificationLevel: "muted" });
  await call("GET", own, membership, undefined, "?PageSize=1");
  await call("GET", `${base}/ParticipantConversations`, at, undefined, "?Identity=ann");
  await call("GET", `${base}/ParticipantConversations`, at, undefined, "?Address=%2B15550001111");
  await call("DELETE", `${own}/{ConversationSid}`, membership);
  await call("DELETE", `${base}/Users/{Sid}`, { ...at, Sid: "ann" });
  await call("DELETE", `${base}/Conversations/{Sid}`, { ...at, Sid: "eu" });
  await call("DELETE", `${base}/Roles/{Sid}`, { ...at, Sid: role });
  const { conversations } = await call("GET", `${base}/Conversations`, at);
  for (const row of conversations)
    await call("DELETE", `${base}/Conversations/{Sid}`, { ...at, Sid: row.sid });
}

async function walkConversation(
  base: string,
  at: Parameters,
  role: string,
  call: Call,
  create: Create,
): Promise<void> {
  const people = `${base}/Participants`;
  await create(people, at, { Identity: "ann", RoleSid: role, Attributes: '{ "x": [1] }' });
  const phone = await create(people, at, {
    "MessagingBinding.Address": "whatsapp:+15558675310",
    "MessagingBinding.ProxyAddress": "whatsapp:+15017122661",
  });
  await visitInstance(call, `${people}/{Sid}`, { ...at, Sid: "ann" }, { LastReadMessageIndex: "0" });
  await call("GET", people, at);
  const message = await create(`${base}/Messages`, at, { Author: "ann", Body: "Hello", Subject: "Hi" });
  await create(`${base}/Messages`, at, { MediaSid: `ME${"a".repeat(32)}` });
  await visitInstance(call, `${base}/Messages/{Sid}`, { ...at, Sid: message }, { Body: "Hallo" });
  await call("GET", `${base}/Messages`, at, undefined, "?Order=desc&PageSize=1");
  const receipts = await call("GET", `${base}/Messages/{MessageSid}/Receipts`, {
    ...at,
    MessageSid: message,
  });
  const receipt = { ...at, MessageSid: message, Sid: receipts.delivery_receipts[0].sid };
  await call("GET", `${base}/Messages/{MessageSid}/Receipts/{Sid}`, receipt);
  await call("DELETE", `${base}/Messages/{Sid}`, { ...at, Sid: message });
  const hooks = `${base}/Webhooks`;
  const url = { "Configuration.Url": "https://example.com/hook" };
  const hook = await create(hooks, at, {
    Target: "webhook",
    ...url,
    "Configuration.Filters": ["onMessageAdded"],
  });
  await create(hooks, at, { Target: "trigger", ...url, "Configuration.Triggers": ["help", "stop"] });
  await create(hooks, at, { Target: "studio", "Configuration.FlowSid": `FW${"a".repeat(32)}` });
  await visitInstance(call, `${hooks}/{Sid}`, { ...at, Sid: hook }, { "Configuration.Method": "get" });
  await call("GET", hooks, at);
  await call("DELETE", `${hooks}/{Sid}`, { ...at, Sid: hook });
  await call("DELETE", `${people}/{Sid}`, { ...at, Sid: phone });
}

async function walkScopedOnly(at: Parameters, call: Call): Promise<void> {
  const base = "/v1/Services/{ChatServiceSid}";
  const { bindings } = await call("GET", `${base}/Bindings`, at, undefined, "?BindingType=apn&Identity=ann");
  await call("GET", `${base}/Bindings/{Sid}`, { ...at, Sid: bindings[0].sid });
  await call("DELETE", `${base}/Bindings/{Sid}`, { ...at, Sid: bindings[0].sid });
  await visitInstance(call, `${base}/Configuration`, at, { ReachabilityEnabled: "true" });
  await visitInstance(call, `${base}/Configuration/Notifications`, at, {
    LogEnabled: "true",
    "NewMessage.WithMedia.Enabled": "true",
    "NewMessage.BadgeCountEnabled": "true",
    "AddedToConversation.Template": "Welcome",
  });
  await visitInstance(call, `${base}/Configuration/Webhooks`, at, {
    Method: "POST",
    Filters: ["onMessageAdded", "onParticipantAdd"],
    PreWebhookUrl: "https://example.com/pre",
  });
}

/** The operations that no visit has reached. */
export function unvisited(visits: readonly Visit[]): string[] {
  const seen = new Set(visits.map(({ method, template }) => `${method} ${template}`));
  return operations.map(({ method, template }) => `${method} ${template}`).filter((name) => !seen.has(name));
}
