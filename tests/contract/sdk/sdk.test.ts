import assert from "node:assert/strict";
import twilio from "twilio";
import { Fixture } from "./client";

/** Drives the simulator with Twilio's own client. */
describe("simulator under the twilio package", () => {
  let fixture: Fixture;
  before(async () => {
    fixture = await Fixture.start();
  });
  after(() => fixture.close());
  beforeEach(() => fixture.simulator.reset());

  it("creates, fetches, updates, lists and removes conversations", async () => {
    const { conversations } = fixture.v1;
    const made = await conversations.create({ uniqueName: "eu", attributes: '{ "a":1}', friendlyName: "EU" });
    assert.equal((await conversations("eu").fetch()).sid, made.sid);
    assert.equal(made.attributes, '{ "a":1}');
    assert.equal(made.state, "active");
    const changed = await conversations(made.sid).update({ friendlyName: "EU support", uniqueName: "" });
    assert.deepEqual([changed.friendlyName, changed.uniqueName], ["EU support", null]);
    assert.equal((await conversations.list()).length, 1);
    assert.equal(await conversations(made.sid).remove(), true);
    await assert.rejects(conversations(made.sid).fetch(), { status: 404, code: 20404 });
  });

  it("adds members by identity and by address and finds them by SID and identity", async () => {
    const { sid } = await fixture.v1.conversations.create({ uniqueName: "eu" });
    const { participants } = fixture.v1.conversations("eu");
    const chat = await participants.create({ identity: "agent 1/ü" });
    const phone = await participants.create({
      "messagingBinding.address": "+15558675310",
      "messagingBinding.proxyAddress": "+15017122661",
    });
    assert.equal(chat.conversationSid, sid);
    assert.equal(chat.messagingBinding, null);
    assert.deepEqual(phone.messagingBinding, {
      type: "sms",
      address: "+15558675310",
      proxy_address: "+15017122661",
    });
    assert.equal((await fixture.v1.users.list())[0]?.identity, "agent 1/ü");
    const read = await participants(chat.sid).update({ lastReadMessageIndex: 3, attributes: "[1]" });
    assert.deepEqual([read.lastReadMessageIndex, read.attributes], [3, "[1]"]);
    assert.equal(
      (
        await participants(encodeURIComponent("agent 1"))
          .fetch()
          .catch((error) => error)
      ).code,
      20404,
    );
    const byIdentity = await fixture.send(
      "GET",
      `/v1/Conversations/eu/Participants/${encodeURIComponent("agent 1/ü")}`,
    );
    assert.equal(byIdentity.body.sid, chat.sid);
    assert.equal(await participants(phone.sid).remove(), true);
    await assert.rejects(participants(phone.sid).remove(), { status: 404, code: 20404 });
  });

  it("follows the pages of 250 members", async () => {
    const { sid } = await fixture.v1.conversations.create();
    const identities = Array.from({ length: 250 }, (_, index) => `agent-${index}`);
    fixture.simulator.seed({
      conversations: [{ participants: identities.map((identity) => ({ identity })) }],
    });
    const seeded = fixture.simulator.conversations().find((row) => row.sid !== sid);
    fixture.simulator.clearRequests();
    const listed = await fixture.v1.conversations(seeded?.sid ?? "").participants.list({ pageSize: 100 });
    assert.deepEqual(
      listed.map((member) => member.identity),
      identities,
    );
    assert.equal(fixture.simulator.requests().length, 3);
    const users = await fixture.v1.users.list();
    assert.equal(users.length, 250);
  });

  it("keeps pages in place while rows come and go", async () => {
    fixture.simulator.seed({
      conversations: Array.from({ length: 6 }, (_, index) => ({ uniqueName: `c${index}` })),
    });
    const first = await fixture.send("GET", "/v1/Conversations?PageSize=2");
    fixture.simulator.remove(first.body.conversations[1].sid);
    await fixture.conversation({ UniqueName: "late" });
    const second = await fixture.send("GET", first.body.meta.next_page_url);
    const names = second.body.conversations.map((row: { unique_name: string }) => row.unique_name);
    assert.deepEqual(names, ["c2", "c3"]);
    const back = await fixture.send("GET", second.body.meta.previous_page_url);
    assert.equal(back.body.conversations[0].unique_name, "c0");
  });

  it("clamps the page size and starts next_page_url with the caller's own host", async () => {
    fixture.simulator.seed({ conversations: Array.from({ length: 101 }, () => ({})) });
    const port = new URL(fixture.simulator.url).port;
    const { body } = await fixture.send("GET", `http://localhost:${port}/v1/Conversations?PageSize=5000`);
    assert.equal(body.meta.page_size, 100);
    assert.ok(
      body.meta.next_page_url.startsWith(
        `http://localhost:${port}/v1/Conversations?PageSize=100&Page=1&PageToken=`,
      ),
    );
    assert.equal((await fixture.send("GET", "/v1/Roles?PageSize=100")).body.meta.page_size, 50);
  });

  it("refuses a query parameter that no list knows", async () => {
    for (const path of ["Conversations", "Roles", "Users", "Services", "Credentials", "Configuration"]) {
      const { status, body } = await fixture.send("GET", `/v1/${path}?Colour=blue`);
      assert.deepEqual([status, body.code], [400, 20001], path);
    }
  });

  it("creates, updates and removes roles and users", async () => {
    const role = await fixture.v1.roles.create({
      friendlyName: "lead",
      type: "conversation",
      permission: ["sendMessage"],
    });
    const updated = await fixture.v1
      .roles(role.sid)
      .update({ permission: ["sendMessage", "addParticipant"] });
    assert.deepEqual(updated.permissions, ["sendMessage", "addParticipant"]);
    assert.equal((await fixture.v1.roles.list()).length, 5);
    assert.equal(await fixture.v1.roles(role.sid).remove(), true);
    const user = await fixture.v1.users.create({ identity: "ann", friendlyName: "Ann" });
    const cleared = await fixture.v1.users("ann").update({ friendlyName: "" });
    assert.deepEqual([cleared.sid, cleared.friendlyName], [user.sid, null]);
    assert.equal(await fixture.v1.users(user.sid).remove(), true);
  });

  it("keeps services apart from each other and from the default one", async () => {
    const service = await fixture.v1.services.create({ friendlyName: "second" });
    const scoped = fixture.v1.services(service.sid);
    assert.deepEqual((await scoped.roles.list()).map((role) => role.friendlyName).sort(), [
      "channel admin",
      "channel user",
      "service admin",
      "service user",
    ]);
    const made = await scoped.conversations.create({ uniqueName: "same" });
    await fixture.v1.conversations.create({ uniqueName: "same" });
    await assert.rejects(fixture.v1.conversations(made.sid).fetch(), { code: 20404 });
    const member = await scoped.conversations("same").participants.create({ identity: "ann" });
    assert.equal(member.chatServiceSid, service.sid);
    assert.match(member.url, new RegExp(`/v1/Services/${service.sid}/Conversations/`));
    assert.deepEqual(await fixture.v1.users.list(), []);
    const foreign = fixture.simulator.roles().find((role) => role["chat_service_sid"] !== service.sid);
    const stranger = scoped
      .conversations("same")
      .participants.create({ identity: "bob", roleSid: foreign?.sid });
    await assert.rejects(stranger, { code: 50109 });
    assert.equal(await fixture.v1.services(service.sid).remove(), true);
    assert.equal(fixture.simulator.participants().length, 0);
  });

  it("gives members the default role of their service's configuration", async () => {
    const { defaultServiceSid } = fixture.simulator.account;
    const { configuration } = fixture.v1.services(defaultServiceSid);
    const before = await configuration().fetch();
    const role = await fixture.v1.roles.create({
      friendlyName: "r",
      type: "conversation",
      permission: ["sendMessage"],
    });
    await configuration().update({ defaultConversationRoleSid: role.sid });
    const { sid } = await fixture.v1.conversations.create();
    const member = await fixture.v1.conversations(sid).participants.create({ identity: "ann" });
    assert.equal(member.roleSid, role.sid);
    assert.notEqual(before.defaultConversationRoleSid, role.sid);
  });

  it("serves the default service that the account's configuration names", async () => {
    const service = await fixture.v1.services.create({ friendlyName: "second" });
    const changed = await fixture.v1.configuration().update({ defaultChatServiceSid: service.sid });
    assert.equal(changed.defaultChatServiceSid, service.sid);
    assert.equal((await fixture.v1.conversations.create()).chatServiceSid, service.sid);
  });

  it("takes an API key and keeps accounts apart", async () => {
    const other = fixture.simulator.addAccount();
    const client = twilio(other.apiKey, other.apiSecret, { accountSid: other.accountSid });
    client.conversations.baseUrl = fixture.simulator.url;
    const made = await client.conversations.v1.conversations.create({ uniqueName: "x" });
    assert.deepEqual([made.accountSid, made.chatServiceSid], [other.accountSid, other.defaultServiceSid]);
    await assert.rejects(fixture.v1.conversations("x").fetch(), { code: 20404 });
    await fixture.v1.conversations.create({ uniqueName: "x" });
    assert.equal(fixture.simulator.conversations().length, 1);
  });
});
