import assert from "node:assert/strict";
import { Fixture, type FormFields } from "./client";

const alice = { Identity: "alice" };
const sms = { "MessagingBinding.Address": "+15558675310", "MessagingBinding.ProxyAddress": "+15017122661" };
const long = "x".repeat(257);
const missing = "0".repeat(32);

type Case = [what: string, target: string, form: FormFields, code: number, status: number];

/** `target` is a path in which CH, MB, SMS, RL, SV and US stand for what the suite has made. */
const cases: Case[] = [
  ["a name of 257 characters", "Conversations", { FriendlyName: long }, 50003, 400],
  ["a unique name that is too long", "Conversations", { UniqueName: long }, 50004, 400],
  ["a unique name in use", "Conversations", { UniqueName: "taken" }, 50353, 409],
  ["a unique name like a SID", "Conversations", { UniqueName: `CH${missing}` }, 50390, 400],
  ["attributes that are no JSON", "Conversations", { Attributes: "{" }, 50304, 400],
  ["empty attributes", "Conversations", { Attributes: "" }, 50304, 400],
  ["17 KB of attributes", "Conversations", { Attributes: `"${"x".repeat(17 * 1024)}"` }, 50303, 400],
  ["a closed start", "Conversations", { State: "closed" }, 50384, 400],
  ["an unknown state", "Conversations", { State: "open" }, 50378, 400],
  ["an empty state", "Conversations", { State: "" }, 50374, 400],
  ["timers without State", "Conversations", { "Timers.Inactive": "PT1M" }, 50382, 400],
  ["an inactive timer of 59 s", "Conversations", { State: "active", "Timers.Inactive": "PT59S" }, 50375, 400],
  ["a closed timer of 9 min", "Conversations", { State: "active", "Timers.Closed": "PT9M" }, 50376, 400],
  [
    "an inactive timer in words",
    "Conversations",
    { State: "active", "Timers.Inactive": "1 day" },
    50379,
    400,
  ],
  ["a closed timer in words", "Conversations", { State: "active", "Timers.Closed": "P" }, 50380, 400],
  [
    "a messaging service of another kind",
    "Conversations",
    { MessagingServiceSid: `CH${missing}` },
    50341,
    400,
  ],
  ["a bad DateCreated", "Conversations", { DateCreated: "yesterday" }, 50308, 400],
  ["a bad DateUpdated", "Conversations", { DateUpdated: "2020-13-01" }, 50309, 400],
  ["a field that nobody knows", "Conversations", { Colour: "blue" }, 20001, 400],
  ["a field that is sent twice", "Conversations", { FriendlyName: ["a", "b"] }, 20001, 400],
  ["an empty update of a conversation", "Conversations/CH", {}, 20161, 400],
  ["a reopened start of a closed one", "Conversations/CLOSED", { State: "active" }, 50377, 400],
  ["a member for a closed conversation", "Conversations/CLOSED/Participants", alice, 50377, 400],
  ["nobody at all", "Conversations/CH/Participants", {}, 50204, 400],
  ["identity with address", "Conversations/CH/Participants", { ...alice, ...sms }, 50211, 400],
  [
    "a proxy alone",
    "Conversations/CH/Participants",
    { "MessagingBinding.ProxyAddress": "+15017122661" },
    50411,
    400,
  ],
  [
    "an address alone",
    "Conversations/CH/Participants",
    { "MessagingBinding.Address": "+15558675310" },
    50452,
    403,
  ],
  [
    "a projected address without group MMS",
    "Conversations/CH/Participants",
    { ...alice, "MessagingBinding.ProjectedAddress": "+15017122661" },
    50452,
    403,
  ],
  [
    "an address that is no number",
    "Conversations/CH/Participants",
    { ...sms, "MessagingBinding.Address": "12" },
    50407,
    400,
  ],
  [
    "a proxy that is no number",
    "Conversations/CH/Participants",
    { ...sms, "MessagingBinding.ProxyAddress": "+x" },
    50408,
    400,
  ],
  [
    "the same address twice",
    "Conversations/CH/Participants",
    { ...sms, "MessagingBinding.ProxyAddress": "+15558675310" },
    50409,
    400,
  ],
  [
    "two channels",
    "Conversations/CH/Participants",
    { ...sms, "MessagingBinding.ProxyAddress": "whatsapp:+15017122661" },
    50414,
    400,
  ],
  ["a pair in use", "Conversations/CH/Participants", sms, 50416, 409],
  [
    "name and level by SMS",
    "Conversations/CH/Participants",
    { ...sms, "MessagingBinding.Name": "Bo" },
    50420,
    400,
  ],
  ["an identity twice", "Conversations/CH/Participants", { Identity: "bob" }, 50433, 409],
  ["a reserved identity", "Conversations/CH/Participants", { Identity: "system" }, 50203, 400],
  ["an identity like a user SID", "Conversations/CH/Participants", { Identity: `US${missing}` }, 50206, 400],
  ["an identity of 257 characters", "Conversations/CH/Participants", { Identity: long }, 50207, 400],
  [
    "a role that is missing",
    "Conversations/CH/Participants",
    { ...alice, RoleSid: `RL${missing}` },
    50109,
    400,
  ],
  ["a role of a service", "Conversations/CH/Participants", { ...alice, RoleSid: "SV" }, 50109, 400],
  ["an empty role", "Conversations/CH/Participants", { ...alice, RoleSid: "" }, 50109, 400],
  [
    "5 KB on a member",
    "Conversations/CH/Participants",
    { ...alice, Attributes: `"${"é".repeat(2100)}"` },
    50303,
    400,
  ],
  ["an empty update of a member", "Conversations/CH/Participants/MB", {}, 20161, 400],
  [
    "a proxy sent again",
    "Conversations/CH/Participants/SMS",
    { "MessagingBinding.ProxyAddress": "+15017122661" },
    50441,
    400,
  ],
  [
    "a proxy taken away",
    "Conversations/CH/Participants/SMS",
    { "MessagingBinding.ProxyAddress": "null" },
    50440,
    400,
  ],
  [
    "a projected address beside an address",
    "Conversations/CH/Participants/SMS",
    { "MessagingBinding.ProjectedAddress": "+15017122661" },
    50443,
    400,
  ],
  [
    "a projected address taken from nobody",
    "Conversations/CH/Participants/MB",
    { "MessagingBinding.ProjectedAddress": "null" },
    50442,
    400,
  ],
  ["an identity for an SMS member", "Conversations/CH/Participants/SMS", { Identity: "carol" }, 50444, 400],
  [
    "a read index that is no number",
    "Conversations/CH/Participants/MB",
    { LastReadMessageIndex: "x" },
    50421,
    400,
  ],
  ["a read time that is none", "Conversations/CH/Participants/MB", { LastReadTimestamp: "x" }, 50405, 400],
  ["a role without a name", "Roles", { Type: "conversation", Permission: "sendMessage" }, 50000, 400],
  ["a role of no type", "Roles", { FriendlyName: "r", Permission: "sendMessage" }, 50105, 400],
  [
    "a role of a wrong type",
    "Roles",
    { FriendlyName: "r", Type: "x", Permission: "sendMessage" },
    50105,
    400,
  ],
  ["a role that may nothing", "Roles", { FriendlyName: "r", Type: "conversation" }, 50104, 400],
  [
    "an unknown permission",
    "Roles",
    { FriendlyName: "r", Type: "conversation", Permission: "fly" },
    50104,
    400,
  ],
  [
    "a role name of 257 characters",
    "Roles",
    { FriendlyName: long, Type: "service", Permission: "sendMessage" },
    50003,
    400,
  ],
  ["an empty update of a role", "Roles/RL", {}, 20161, 400],
  ["a user without identity", "Users", {}, 50204, 400],
  ["a user that exists", "Users", { Identity: "bob" }, 50201, 409],
  ["a user with a member's role", "Users", { Identity: "dora", RoleSid: "RL" }, 50102, 400],
  ["a user with a role that is missing", "Users", { Identity: "dora", RoleSid: `RL${missing}` }, 50100, 400],
  ["an empty update of a user", "Users/bob", {}, 20161, 400],
  ["a service without a name", "Services", {}, 50000, 400],
  ["an empty update of a configuration", "Configuration", {}, 20161, 400],
  ["a default timer of 1 s", "Configuration", { DefaultInactiveTimer: "PT1S" }, 50375, 400],
  [
    "a default service that is missing",
    "Configuration",
    { DefaultChatServiceSid: `IS${missing}` },
    50050,
    404,
  ],
  ["a member of a conversation that is missing", "Conversations/none/Participants", alice, 20404, 404],
  ["a member that is missing", "Conversations/CH/Participants/nobody", { Attributes: "{}" }, 20404, 404],
  ["a service that is missing", `Services/IS${missing}/Conversations`, {}, 20404, 404],
  ["a path that is missing", "Channels", {}, 20404, 404],
];

describe("simulator errors", () => {
  let fixture: Fixture;
  const sids: Record<string, string> = {};

  before(async () => {
    fixture = await Fixture.start();
    const create = async (path: string, form: FormFields): Promise<string> => {
      const { status, body } = await fixture.send("POST", `/v1/${path}`, form);
      assert.equal(status, 201, JSON.stringify(body));
      return body.sid;
    };
    sids["CH"] = await create("Conversations", { UniqueName: "taken" });
    sids["CLOSED"] = await create("Conversations", {});
    await fixture.send("POST", `/v1/Conversations/${sids["CLOSED"]}`, { State: "closed" });
    sids["MB"] = await create(`Conversations/${sids["CH"]}/Participants`, { Identity: "bob" });
    sids["SMS"] = await create(`Conversations/${sids["CH"]}/Participants`, sms);
    const role = { FriendlyName: "lead", Permission: "sendMessage" };
    sids["RL"] = await create("Roles", { ...role, Type: "conversation" });
    sids["SV"] = await create("Roles", { ...role, Type: "service" });
  });
  after(() => fixture.close());

  const known = (text: string): string => sids[text] ?? text;

  for (const [what, target, form, code, status] of cases) {
    it(`refuses ${what} with ${status}/${code}`, async () => {
      const path = target.split("/").map(known).join("/");
      const sent = Object.fromEntries(
        Object.entries(form).map(([name, value]) => [name, typeof value === "string" ? known(value) : value]),
      );
      const { body, headers, ...answer } = await fixture.send("POST", `/v1/${path}`, sent);
      assert.deepEqual([answer.status, body.status, body.code], [status, status, code], body.message);
      assert.equal(body.more_info, `https://www.twilio.com/docs/errors/${code}`);
      assert.equal(typeof body.message, "string");
      assert.match(headers.get("twilio-request-id") ?? "", /^RQ[0-9a-f]{32}$/);
    });
  }

  it("names the other conversation of a pair in use in Twilio's own words", async () => {
    const path = await fixture.conversation();
    const { body } = await fixture.send("POST", `${path}/Participants`, sms);
    const sentence = "A binding for this participant and proxy address already exists in Conversation";
    assert.equal(body.message, `${sentence} ${sids["CH"]}`);
  });

  it("names a missing resource by its path without the version", async () => {
    const { body } = await fixture.send("GET", `/v1/Conversations/CH${missing}`);
    assert.equal(body.message, `The requested resource /Conversations/CH${missing} was not found`);
  });

  it("answers 405 with 20405 where a path has no such method", async () => {
    const { status, body } = await fixture.send("PUT", "/v1/Conversations", {});
    assert.deepEqual([status, body.code], [405, 20405]);
  });

  it("answers 401 with 20003 without, with wrong and with half credentials", async () => {
    for (const authorization of [
      "",
      "Basic !!!",
      "Bearer x",
      `Basic ${btoa(`${fixture.simulator.account.accountSid}:x`)}`,
    ]) {
      const { status, body } = await fixture.send("GET", "/v1/Conversations", undefined, { authorization });
      assert.deepEqual([status, body.code, body.message], [401, 20003, "Authenticate"]);
    }
  });
});
