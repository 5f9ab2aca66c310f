import type { Fixture } from "./client";

type V1 = Fixture["v1"];
type Scoped = ReturnType<V1["services"]>;
interface Bulk {
  create(parameters: { participant: string[]; xTwilioWebhookEnabled: "false" }): Promise<{ sid: string }>;
}

/** Calls every operation through Twilio's own client, which parses each answer into its own types. */
export async function sdkWalk(fixture: Fixture): Promise<void> {
  const { v1, simulator } = fixture;
  await driveAccount(v1);
  await driveService(v1, v1.conversationWithParticipants);
  simulator.seed({
    services: [{ friendlyName: "driven", bindings: [{ identity: "ann", bindingType: "fcm" }] }],
  });
  const service = await v1.services.create({ friendlyName: "made" });
  await v1.services(service.sid).fetch();
  await v1.services.list();
  const scoped = v1.services(
    simulator.services().find((row) => row["friendly_name"] === "driven")?.sid ?? "",
  );
  await driveService(scoped, scoped.conversationWithParticipants);
  await driveScopedOnly(scoped);
  await v1.services(service.sid).remove();
}

async function driveAccount(v1: V1): Promise<void> {
  await v1.configuration().update({ defaultClosedTimer: "PT10M" });
  await v1.configuration().fetch();
  await v1.configuration.webhooks().update({ filters: ["onMessageAdded"], method: "POST" });
  await v1.configuration.webhooks().fetch();
  const address = await v1.addressConfigurations.create({ type: "sms", address: "+15550009999" });
  await v1.addressConfigurations(address.sid).update({ friendlyName: "desk" });
  await v1.addressConfigurations(address.sid).fetch();
  await v1.addressConfigurations.list({ type: "sms" });
  await v1.addressConfigurations(address.sid).remove();
  const credential = await v1.credentials.create({ type: "fcm", secret: "hidden" });
  await v1.credentials(credential.sid).update({ friendlyName: "push" });
  await v1.credentials(credential.sid).fetch();
  await v1.credentials.list();
  await v1.credentials(credential.sid).remove();
}

async function driveService(at: V1 | Scoped, bulk: Bulk): Promise<void> {
  // Both shapes have the same methods; their generated types differ only in name.
  const api = at as V1;
  const role = await api.roles.create({
    friendlyName: "lead",
    type: "conversation",
    permission: ["sendMessage"],
  });
  await api.roles(role.sid).update({ permission: ["addParticipant"] });
  await api.roles(role.sid).fetch();
  await api.roles.list();
  const user = await api.users.create({ identity: "ann" });
  await api.users(user.sid).update({ attributes: "{}" });
  await api.users(user.sid).fetch();
  await api.users.list();
  const together = await bulk.create({ participant: ['{"identity":"bob"}'], xTwilioWebhookEnabled: "false" });
  await api.conversations(together.sid).remove();
  const conversation = await api.conversations.create({
    uniqueName: "eu",
    "timers.inactive": "PT1H",
    state: "active",
  });
  await api.conversations(conversation.sid).update({ friendlyName: "EU" });
  await api.conversations(conversation.sid).fetch();
  await api.conversations.list({ state: "active" });
  await driveConversation(api.conversations(conversation.sid), role.sid);
  const own = api.users(user.sid).userConversations;
  await own(conversation.sid).update({ notificationLevel: "muted", lastReadMessageIndex: 0 });
  await own(conversation.sid).fetch();
  await own.list();
  await api.participantConversations.list({ identity: "ann" });
  await own(conversation.sid).remove();
  await api.users(user.sid).remove();
  await api.conversations(conversation.sid).remove();
  await api.roles(role.sid).remove();
}

async function driveConversation(
  conversation: ReturnType<V1["conversations"]>,
  roleSid: string,
): Promise<void> {
  const { participants, messages, webhooks } = conversation;
  await participants.create({ identity: "ann", roleSid });
  const phone = await participants.create({
    "messagingBinding.address": "+15550001111",
    "messagingBinding.proxyAddress": "+15550002222",
  });
  await participants(phone.sid).update({ attributes: '{"vip":true}' });
  await participants(phone.sid).fetch();
  await participants.list();
  const message = await messages.create({ author: "ann", body: "Hello" });
  await messages(message.sid).update({ body: "Hallo" });
  await messages(message.sid).fetch();
  await messages.list({ order: "desc" });
  const [receipt] = await messages(message.sid).deliveryReceipts.list();
  await messages(message.sid)
    .deliveryReceipts(receipt?.sid ?? "")
    .fetch();
  await messages(message.sid).remove();
  const webhook = await webhooks.create({
    target: "webhook",
    "configuration.url": "https://example.com",
    "configuration.filters": ["onMessageAdded"],
  });
  await webhooks(webhook.sid).update({ "configuration.method": "get" });
  await webhooks(webhook.sid).fetch();
  await webhooks.list();
  await webhooks(webhook.sid).remove();
  await participants(phone.sid).remove();
}

async function driveScopedOnly(scoped: Scoped): Promise<void> {
  await scoped.configuration().update({ reachabilityEnabled: true });
  await scoped.configuration().fetch();
  await scoped.configuration.notifications().update({ logEnabled: true, "newMessage.enabled": true });
  await scoped.configuration.notifications().fetch();
  await scoped.configuration.webhooks().update({ filters: ["onMessageAdded"], method: "GET" });
  await scoped.configuration.webhooks().fetch();
  const [binding] = await scoped.bindings.list({ bindingType: ["fcm"] });
  await scoped.bindings(binding?.sid ?? "").fetch();
  await scoped.bindings(binding?.sid ?? "").remove();
}
