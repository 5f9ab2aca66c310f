import assert from "node:assert/strict";
import { Fixture, type FormFields } from "../sdk/client";

type Sent = { status: number; code: number | undefined };

/** The rules that need a setting of their own: limits and group MMS; the switches stand in switches.test.ts. */
describe("simulator rules", () => {
  let fixture: Fixture;
  afterEach(() => fixture.close());

  const send = async (path: string, form: FormFields, method = "POST"): Promise<Sent> => {
    const { status, body } = await fixture.send(method, path, method === "POST" ? form : undefined);
    return { status, code: body?.code };
  };
  const projected = (address: string, identity?: string): FormFields => ({
    ...(identity === undefined ? {} : { Identity: identity }),
    "MessagingBinding.ProjectedAddress": address,
  });
  const native = (address: string): FormFields => ({ "MessagingBinding.Address": address });
  const refused = (code: number, status = 400): Sent => ({ status, code });
  const made: Sent = { status: 201, code: undefined };

  describe("of limits", () => {
    it("hold the number of members, of members by phone, and of open conversations of one identity", async () => {
      const limits = { participants: 3, nonChatParticipants: 1, openConversationsPerIdentity: 2 };
      fixture = await Fixture.start({ limits });
      const members = `${await fixture.conversation()}/Participants`;
      const phone = (digit: number): FormFields => ({
        "MessagingBinding.Address": `+1555000000${digit}`,
        "MessagingBinding.ProxyAddress": "+15017122661",
      });
      assert.deepEqual(await send(members, phone(1)), made);
      assert.deepEqual(await send(members, phone(2)), refused(50422, 403));
      assert.deepEqual(await send(members, { Identity: "ann" }), made);
      assert.deepEqual(await send(members, { Identity: "bob" }), made);
      assert.deepEqual(await send(members, { Identity: "cy" }), refused(50417, 403));
      const second = await fixture.conversation();
      const third = await fixture.conversation();
      assert.deepEqual(await send(`${second}/Participants`, { Identity: "ann" }), made);
      assert.deepEqual(await send(`${third}/Participants`, { Identity: "ann" }), refused(50214, 403));
      await send(second, { State: "closed" });
      assert.deepEqual(await send(`${third}/Participants`, { Identity: "ann" }), made);
    });

    it("hold webhooks and triggers per conversation and what each target needs", async () => {
      fixture = await Fixture.start({ limits: { scopedWebhooks: 1, triggersPerWebhook: 2 } });
      const hooks = `${await fixture.conversation()}/Webhooks`;
      const url = { "Configuration.Url": "https://example.com" };
      const cases: [FormFields, number][] = [
        [{}, 50368],
        [{ Target: "pager" }, 50364],
        [{ Target: "webhook" }, 50369],
        [{ Target: "webhook", ...url }, 50370],
        [{ Target: "webhook", ...url, "Configuration.Filters": "onNothing" }, 50365],
        [{ Target: "webhook", "Configuration.Url": `https://example.com/${"x".repeat(500)}` }, 50372],
        [{ Target: "webhook", ...url, "Configuration.Method": "put" }, 50055],
        [{ Target: "trigger", ...url }, 50371],
        [{ Target: "trigger", ...url, "Configuration.Triggers": ["a", "b", "c"] }, 50362],
        [{ Target: "trigger", ...url, "Configuration.Triggers": "x".repeat(249) }, 50366],
        [{ Target: "studio" }, 50367],
        [{ Target: "studio", "Configuration.FlowSid": "FW1" }, 50367],
      ];
      for (const [form, code] of cases)
        assert.deepEqual(await send(hooks, form), refused(code), JSON.stringify(form));
      assert.deepEqual(
        await send(hooks, { Target: "trigger", ...url, "Configuration.Triggers": ["a", "b"] }),
        made,
      );
      assert.deepEqual(
        await send(hooks, { Target: "trigger", ...url, "Configuration.Triggers": "c" }),
        refused(50361, 403),
      );
    });

    it("hold the size of messages and of bulk creates", async () => {
      fixture = await Fixture.start({ limits: { messageBodyBytes: 4, bulkParticipants: 2 } });
      const messages = `${await fixture.conversation()}/Messages`;
      assert.deepEqual(await send(messages, {}), refused(50503));
      assert.deepEqual(await send(messages, { Body: "12345" }), refused(50504));
      const bulk = (...members: string[]): Promise<Sent> =>
        send("/v1/ConversationWithParticipants", { Participant: members });
      const pair = '{"messaging_binding":{"address":"+15550000001","proxy_address":"+15550000002"}}';
      assert.deepEqual(await bulk("{", "{}"), refused(50424));
      assert.deepEqual(await bulk('{"colour":1}'), refused(50424));
      assert.deepEqual(
        await bulk('{"identity":"a"}', '{"identity":"b"}', '{"identity":"c"}'),
        refused(50426),
      );
      assert.deepEqual(await bulk(pair, pair), refused(50425, 409));
      assert.equal(fixture.simulator.conversations().length, 1);
      assert.deepEqual(await bulk(pair), { status: 202, code: undefined });
      assert.deepEqual(await bulk(pair), refused(50425, 409));
    });
  });

  describe("of group MMS", () => {
    it("take projected and native members, one roster per conversation, and nobody twice", async () => {
      fixture = await Fixture.start({ switches: { groupMms: true }, limits: { groupMmsParticipants: 3 } });
      const members = `${await fixture.conversation()}/Participants`;
      const answer = await fixture.send("POST", members, projected("+12025550101", "ann"));
      assert.deepEqual(answer.body.messaging_binding, { type: "sms", projected_address: "+12025550101" });
      const phone = await fixture.send("POST", members, native("+12025550102"));
      assert.deepEqual(
        [phone.body.messaging_binding, phone.body.role_sid],
        [{ type: "sms", address: "+12025550102" }, null],
      );
      assert.deepEqual(await send(members, native("+12025550102")), refused(50437, 409));
      assert.deepEqual(await send(members, { Identity: "bob" }), refused(50434));
      assert.deepEqual(await send(members, native("+442071838750")), refused(50407));
      assert.deepEqual(await send(members, projected("+12025550103")), made);
      assert.deepEqual(await send(members, native("+12025550104")), refused(50436, 403));
      const other = `${await fixture.conversation()}/Participants`;
      await send(other, native("+12025550103"));
      await send(other, native("+12025550102"));
      const same = await fixture.send("POST", other, native("+12025550101"));
      assert.equal(same.body.code, 50438);
      assert.match(
        same.body.message,
        /^Group MMS with given participant list already exists as Conversation CH/,
      );
      const messages = members.replace("Participants", "Messages");
      assert.deepEqual(await send(messages, { Author: "nobody", Body: "x" }), refused(50513));
    });

    it("add and remove projected addresses and identities where that is possible", async () => {
      fixture = await Fixture.start({ switches: { groupMms: true } });
      const members = `${await fixture.conversation()}/Participants`;
      const { body: masked } = await fixture.send("POST", members, projected("+12025550101"));
      assert.deepEqual(await send(`${members}/${masked.sid}`, projected("null")), refused(50442));
      const named = await fixture.send("POST", `${members}/${masked.sid}`, { Identity: "ann" });
      assert.equal(named.body.identity, "ann");
      assert.deepEqual(await send(`${members}/ann`, { Identity: "bob" }), refused(50444));
      const bare = await fixture.send("POST", `${members}/ann`, projected("null"));
      assert.equal(bare.body.messaging_binding, null);
    });
  });

  it("never echo a credential's secret", async () => {
    fixture = await Fixture.start();
    const { body } = await fixture.send("POST", "/v1/Credentials", {
      Type: "apn",
      PrivateKey: "hush",
      Sandbox: "true",
    });
    assert.equal(body.sandbox, "True");
    assert.doesNotMatch(JSON.stringify(body), /hush/);
  });

  it("look participants up by identity or address, not both", async () => {
    fixture = await Fixture.start();
    const lookUp = (query: string): Promise<Sent> => send(`/v1/ParticipantConversations${query}`, {}, "GET");
    assert.deepEqual(await lookUp("?Identity=a&Address=b"), refused(50451));
    assert.deepEqual(await lookUp(""), refused(20001));
    assert.deepEqual(await lookUp("?Identity=a"), { status: 200, code: undefined });
  });

  it("give an email participant a binding without a proxy", async () => {
    fixture = await Fixture.start();
    const members = `${await fixture.conversation()}/Participants`;
    const email = { "MessagingBinding.Address": "ann@example.com", "MessagingBinding.Name": "Ann" };
    const { body } = await fixture.send("POST", members, { ...email, "MessagingBinding.Level": "to" });
    assert.deepEqual(body.messaging_binding, {
      type: "email",
      address: "ann@example.com",
      level: "to",
      name: "Ann",
    });
    const withProxy = {
      "MessagingBinding.Address": "bo@example.com",
      "MessagingBinding.ProxyAddress": "x@example.com",
    };
    assert.deepEqual(await send(members, withProxy), refused(50453));
  });
});
