import assert from "node:assert/strict";
import { Fixture, type FormFields } from "../sdk/client";

type Sent = { status: number; code: number | undefined };

/** The rules of membership where members come together, change or belong to what is closed. */
describe("simulator rules of members", () => {
  let fixture: Fixture;
  afterEach(() => fixture.close());

  const send = async (path: string, form: FormFields = {}, method = "POST"): Promise<Sent> => {
    const { status, body } = await fixture.send(method, path, method === "POST" ? form : undefined);
    return { status, code: body?.code };
  };
  const projected = (address: string): FormFields => ({ "MessagingBinding.ProjectedAddress": address });
  const refused = (code: number, status = 400): Sent => ({ status, code });
  const changed: Sent = { status: 200, code: undefined };

  describe("that come with their conversation", () => {
    const bulk = (...members: object[]): Promise<Sent> =>
      send("/v1/ConversationWithParticipants", {
        Participant: members.map((member) => JSON.stringify(member)),
      });
    const phone = (digit: number): object => ({
      messaging_binding: { address: `+1555000000${digit}`, proxy_address: "+15017122661" },
    });
    const native = (digit: number): object => ({ messaging_binding: { address: `+1202555010${digit}` } });
    const masked = (digit: number): object => ({
      messaging_binding: { projected_address: `+1202555010${digit}` },
    });

    it("count against the limits of a conversation", async () => {
      fixture = await Fixture.start({ limits: { participants: 3, nonChatParticipants: 1 } });
      const [ann, bob, cy, dan] = ["ann", "bob", "cy", "dan"].map((identity) => ({ identity }));
      assert.deepEqual(await bulk(ann ?? {}, bob ?? {}, cy ?? {}, dan ?? {}), refused(50417, 403));
      assert.deepEqual(await bulk(phone(1), phone(2)), refused(50422, 403));
      assert.deepEqual(await bulk(ann ?? {}, ann ?? {}), refused(50433, 409));
      assert.deepEqual(await bulk(phone(1), phone(1)), refused(50425, 409));
      assert.deepEqual(fixture.simulator.conversations(), []);
      assert.equal((await bulk(ann ?? {}, bob ?? {}, phone(1))).status, 202);
    });

    it("keep the rules of group MMS", async () => {
      fixture = await Fixture.start({ switches: { groupMms: true }, limits: { groupMmsParticipants: 3 } });
      assert.deepEqual(await bulk(native(1), native(1)), refused(50437, 409));
      assert.deepEqual(await bulk(masked(1), { identity: "ann" }), refused(50434));
      assert.deepEqual(await bulk(masked(1), native(2), native(3), native(4)), refused(50436, 403));
      assert.equal((await bulk(masked(1), native(2), native(3))).status, 202);
      assert.deepEqual(await bulk(native(3), native(2), native(1)), refused(50438, 409));
      assert.equal(fixture.simulator.conversations().length, 1);
    });
  });

  describe("that change", () => {
    it("take an identity only once in a conversation and only so often in all", async () => {
      const limits = { openConversationsPerIdentity: 1 };
      fixture = await Fixture.start({ switches: { groupMms: true }, limits });
      const members = `${await fixture.conversation()}/Participants`;
      const first = await fixture.send("POST", members, projected("+12025550101"));
      const second = await fixture.send("POST", members, projected("+12025550102"));
      assert.deepEqual(await send(`${members}/${first.body.sid}`, { Identity: "ann" }), changed);
      assert.deepEqual(await send(`${members}/${second.body.sid}`, { Identity: "ann" }), refused(50433, 409));
      const other = `${await fixture.conversation()}/Participants`;
      const third = await fixture.send("POST", other, projected("+12025550101"));
      assert.deepEqual(await send(`${other}/${third.body.sid}`, { Identity: "ann" }), refused(50214, 403));
      assert.deepEqual(await send(`${other}/${third.body.sid}`, { Identity: "bob" }), changed);
    });

    it("become a user with their identity, unless there is one", async () => {
      fixture = await Fixture.start({ switches: { groupMms: true } });
      const users = (): unknown[] => fixture.simulator.users().map(({ identity }) => identity);
      const joined = async (digit: number): Promise<string> => {
        const members = `${await fixture.conversation()}/Participants`;
        const { body } = await fixture.send("POST", members, projected(`+1202555010${digit}`));
        return `${members}/${body.sid}`;
      };
      const [first, second] = [await joined(1), await joined(2)];
      assert.deepEqual(users(), []);
      assert.deepEqual(await send(first, { Identity: "ann" }), changed);
      assert.deepEqual(users(), ["ann"]);
      const { body } = await fixture.send("GET", "/v1/Users/ann");
      const { default_chat_service_role_sid } = (
        await fixture.send("GET", `/v1/Services/${body.chat_service_sid}/Configuration`)
      ).body;
      assert.equal(body.role_sid, default_chat_service_role_sid);
      assert.deepEqual(await send(second, { Identity: "ann" }), changed);
      assert.deepEqual(users(), ["ann"]);
    });

    it("do not stand in their own way with a new projected address", async () => {
      fixture = await Fixture.start({ switches: { groupMms: true }, limits: { groupMmsParticipants: 3 } });
      const group = async (...digits: number[]): Promise<string[]> => {
        const members = `${await fixture.conversation()}/Participants`;
        const paths: string[] = [];
        for (const digit of digits) {
          const { body } = await fixture.send("POST", members, projected(`+1202555010${digit}`));
          paths.push(`${members}/${body.sid}`);
        }
        return paths;
      };
      await group(1, 2, 3);
      const [last = ""] = await group(4, 1, 2);
      assert.deepEqual(await send(last, projected("")), refused(50434));
      assert.deepEqual(await send(last, projected("+12025550102")), refused(50437, 409));
      assert.deepEqual(await send(last, projected("+12025550103")), refused(50438, 409));
      assert.deepEqual(await send(last, projected("+12025550105")), changed);
    });
  });

  it("of a closed conversation stay as they are, and so do its webhooks and messages", async () => {
    for (const closedParticipantDelete of ["refuse", "allow"] as const) {
      if (closedParticipantDelete === "allow") await fixture.close();
      fixture = await Fixture.start({ switches: { closedParticipantDelete } });
      const path = await fixture.conversation();
      await fixture.send("POST", `${path}/Participants`, { Identity: "ann" });
      const target = { Target: "webhook", "Configuration.Url": "https://example.com" };
      const form = { ...target, "Configuration.Filters": "onMessageAdded" };
      const hook = `${path}/Webhooks/${(await fixture.send("POST", `${path}/Webhooks`, form)).body.sid}`;
      const message = `${path}/Messages/${(await fixture.send("POST", `${path}/Messages`, { Body: "hi" })).body.sid}`;
      await fixture.send("POST", `${path}/Participants`, { Identity: "bob" });
      const own = `/v1/Users/ann/Conversations/${path.split("/").at(-1)}`;
      assert.deepEqual(await send(hook, { "Configuration.Method": "get" }), changed);
      assert.deepEqual(await send(own, { NotificationLevel: "muted" }), changed);
      await send(path, { State: "closed" });
      assert.deepEqual(await send(hook, { "Configuration.Method": "post" }), refused(50377));
      assert.deepEqual(await send(hook, {}, "DELETE"), refused(50377));
      assert.deepEqual(await send(own, { NotificationLevel: "default" }), refused(50377));
      assert.deepEqual(await send(message, { Body: "ho" }), refused(50377));
      assert.deepEqual(await send(message, {}, "DELETE"), refused(50377));
      assert.equal((await send(message, {}, "GET")).status, 200);
      const left = closedParticipantDelete === "allow" ? { status: 204, code: undefined } : refused(50377);
      assert.deepEqual(await send(own, {}, "DELETE"), left);
      assert.deepEqual(await send(`${path}/Participants/bob`, {}, "DELETE"), left);
      assert.equal((await send(path, {}, "DELETE")).status, 204);
    }
  });

  it("by other channels than SMS need a proxy address", async () => {
    fixture = await Fixture.start({ switches: { groupMms: true } });
    const members = `${await fixture.conversation()}/Participants`;
    for (const address of ["whatsapp:+12025550101", "messenger:1", "rcs:ann"]) {
      assert.deepEqual(await send(members, { "MessagingBinding.Address": address }), refused(50412), address);
    }
  });
});

describe("simulator rules of conversations in time", () => {
  let fixture: Fixture;
  beforeEach(async () => {
    fixture = await Fixture.start({ nowMs: Date.UTC(2026, 0, 1) });
  });
  afterEach(() => fixture.close());

  it("show a timer only as long as it runs", async () => {
    const timers = { "Timers.Inactive": "PT1M", "Timers.Closed": "PT10M" };
    const idle = await fixture.send("POST", "/v1/Conversations", { State: "inactive", ...timers });
    assert.deepEqual(Object.keys(idle.body.timers), ["date_closed"]);
    const path = `/v1/Conversations/${idle.body.sid}`;
    const woken = await fixture.send("POST", path, { State: "active" });
    assert.deepEqual(Object.keys(woken.body.timers), ["date_inactive", "date_closed"]);
    fixture.simulator.change(idle.body.sid, { state: "inactive" });
    fixture.simulator.clock.advance(61_000);
    assert.deepEqual(Object.keys((await fixture.send("GET", path)).body.timers), ["date_closed"]);
  });

  it("are up to date for whoever looks from outside", async () => {
    const form = { State: "active", "Timers.Inactive": "PT1M" };
    await fixture.conversation(form);
    const state = (): unknown => fixture.simulator.conversations()[0]?.["state"];
    assert.equal(state(), "active");
    fixture.simulator.clock.advance(61_000);
    assert.equal(state(), "inactive");
    fixture.simulator.clock.set(Date.UTC(2026, 0, 1));
    const { body } = await fixture.send("POST", "/v1/Conversations", form);
    fixture.simulator.clock.advance(61_000);
    fixture.simulator.clock.set(Date.UTC(2026, 0, 1));
    assert.equal((await fixture.send("GET", `/v1/Conversations/${body.sid}`)).body.state, "inactive");
  });

  it("are listed newest first by date, page by page, when one of them goes", async () => {
    const days = ["03", "01", "05", "02", "04", "02"];
    const sids: string[] = [];
    for (const day of days) {
      const { body } = await fixture.send("POST", "/v1/Conversations", { DateCreated: `2025-01-${day}` });
      sids.push(body.sid);
    }
    const dayOf = (row: { date_created: string }): string => row.date_created.slice(8, 10);
    const list = async (url: string): Promise<{ days: string[]; next: string; previous: string }> => {
      const { conversations, meta } = (await fixture.send("GET", url)).body;
      const next = meta.next_page_url;
      return { days: conversations.map(dayOf), next, previous: meta.previous_page_url };
    };
    const first = await list("/v1/Conversations?State=active&PageSize=2");
    assert.deepEqual(first.days, ["05", "04"]);
    await fixture.send("DELETE", `/v1/Conversations/${sids[4]}`);
    const second = await list(first.next);
    assert.deepEqual(second.days, ["03", "02"]);
    const third = await list(second.next);
    assert.deepEqual([third.days, third.next], [["02", "01"], null]);
    assert.deepEqual((await list(third.previous)).days, ["03", "02"]);
    const plain = (await fixture.send("GET", "/v1/Conversations")).body.conversations;
    assert.deepEqual(plain.map(dayOf), ["03", "01", "05", "02", "02"]);
  });
});

describe("simulator rules of updates", () => {
  it("refuse one in which nothing is known, where the unknown is ignored", async () => {
    const fixture = await Fixture.start({ switches: { unknownFields: "ignore" } });
    try {
      const path = await fixture.conversation();
      for (const target of [path, "/v1/Configuration"]) {
        const { status, body } = await fixture.send("POST", target, { Colour: "red" });
        assert.deepEqual([status, body.code], [400, 20161], target);
      }
      const both = await fixture.send("POST", path, { Colour: "red", FriendlyName: "EU" });
      assert.deepEqual([both.status, both.body.friendly_name], [200, "EU"]);
    } finally {
      await fixture.close();
    }
  });
});
