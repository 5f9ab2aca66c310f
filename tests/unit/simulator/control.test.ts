import assert from "node:assert/strict";
import { startSimulator } from "../../../simulator";
import { Fixture } from "../../contract/sdk/client";

describe("simulator control", () => {
  let fixture: Fixture;
  before(async () => {
    fixture = await Fixture.start();
  });
  after(() => fixture.close());
  beforeEach(() => fixture.simulator.reset());

  const control = async (
    method: string,
    path: string,
    body?: unknown,
  ): Promise<{ status: number; body: unknown }> => {
    const response = await fetch(`${fixture.simulator.url}/_control/${path}`, {
      method,
      ...(body === undefined
        ? {}
        : { headers: { "content-type": "application/json" }, body: JSON.stringify(body) }),
    });
    return { status: response.status, body: await response.json() };
  };

  it("changes an object behind the API's back, attributes byte for byte", async () => {
    const path = await fixture.conversation({ UniqueName: "eu" });
    const { body: member } = await fixture.send("POST", `${path}/Participants`, { Identity: "ann" });
    fixture.simulator.clearRequests();
    const changed = fixture.simulator.change(member.sid, { attributes: '{ "b":1 }', identity: "eve" });
    assert.deepEqual([changed["attributes"], changed["identity"]], ['{ "b":1 }', "eve"]);
    assert.equal(fixture.simulator.requests().length, 0);
    assert.equal((await fixture.send("GET", `${path}/Participants/eve`)).body.attributes, '{ "b":1 }');
    assert.equal((await fixture.send("GET", `${path}/Participants/ann`)).status, 404);
  });

  it("stores no attributes by the back door that it refuses at the front, unless a test means them", async () => {
    const path = await fixture.conversation({ UniqueName: "eu" });
    const { body: member } = await fixture.send("POST", `${path}/Participants`, { Identity: "ann" });
    const { body: message } = await fixture.send("POST", `${path}/Messages`, { Body: "hi" });
    const sids = [path.split("/").at(-1), member.sid, message.sid, fixture.simulator.users()[0]?.sid];
    for (const sid of sids)
      for (const attributes of ["{a:1}", "", `"${"x".repeat(16 * 1024)}"`]) {
        const { status, body } = await control("POST", "change", { sid, fields: { attributes } });
        const code = attributes.length > 9 ? 50303 : 50304;
        assert.deepEqual(
          [status, String((body as { error: string }).error).slice(0, 17)],
          [400, `attributes: ${code}`],
        );
        assert.throws(() => fixture.simulator.change(String(sid), { attributes }), { name: "UsageError" });
      }
    assert.equal((await fixture.send("GET", `${path}/Participants/ann`)).body.attributes, "{}");
    const within = `"${"x".repeat(5 * 1024)}"`;
    assert.equal(fixture.simulator.change(String(sids[0]), { attributes: within })["attributes"], within);
    const meant = { sid: member.sid, fields: { attributes: "{a:1}" }, uncheckedAttributes: true };
    assert.equal((await control("POST", "change", { ...meant, uncheckedAttributes: 1 })).status, 400);
    assert.equal((await control("POST", "change", meant)).status, 200);
    assert.equal((await fixture.send("GET", `${path}/Participants/ann`)).body.attributes, "{a:1}");
  });

  it("takes empty attributes where it is set to", async () => {
    const other = await startSimulator({ switches: { emptyAttributes: "default" } });
    other.seed({ conversations: [{ uniqueName: "eu" }] });
    const [row] = other.conversations();
    assert.equal(other.change(String(row?.sid), { attributes: "" })["attributes"], "{}");
    await other.close();
  });

  it("ends the timers of a conversation that is closed from outside", async () => {
    const path = await fixture.conversation({ State: "active", "Timers.Closed": "PT10M" });
    const sid = path.split("/").at(-1) ?? "";
    assert.deepEqual(fixture.simulator.change(sid, { state: "closed" })["timers"], {});
    assert.equal((await fixture.send("POST", path, { FriendlyName: "x" })).body.code, 50377);
  });

  it("refuses to change what is not there", () => {
    const { defaultServiceSid } = fixture.simulator.account;
    assert.throws(() => fixture.simulator.change(`MB${"0".repeat(32)}`, {}), { name: "UsageError" });
    assert.throws(() => fixture.simulator.change(defaultServiceSid, { sid: "x" }), { name: "UsageError" });
    assert.throws(() => fixture.simulator.change(defaultServiceSid, { colour: "x" }), { name: "UsageError" });
  });

  it("changes the configurations of a service and of the account", async () => {
    const { accountSid, defaultServiceSid } = fixture.simulator.account;
    const admin =
      fixture.simulator.roles().find((role) => role["friendly_name"] === "channel admin")?.sid ?? "";
    fixture.simulator.change(defaultServiceSid, { default_conversation_role_sid: admin, log_enabled: true });
    fixture.simulator.change(accountSid, { default_inactive_timer: "PT1H", filters: ["onMessageAdded"] });
    const service = await fixture.send("GET", `/v1/Services/${defaultServiceSid}/Configuration`);
    assert.equal(service.body.default_conversation_role_sid, admin);
    assert.equal((await fixture.send("GET", "/v1/Configuration")).body.default_inactive_timer, "PT1H");
    assert.deepEqual((await fixture.send("GET", "/v1/Configuration/Webhooks")).body.filters, [
      "onMessageAdded",
    ]);
    assert.equal(fixture.simulator.change(defaultServiceSid, { friendly_name: "x" })["friendly_name"], "x");
  });

  it("gives the rows of every kind", async () => {
    const path = await fixture.conversation();
    await fixture.send("POST", `${path}/Messages`, { Body: "x" });
    await fixture.send("POST", "/v1/Credentials", { Type: "fcm" });
    assert.equal(fixture.simulator.rows("IM")[0]?.["body"], "x");
    assert.match(String(fixture.simulator.rows("CR")[0]?.["url"]), /\/v1\/Credentials\/CR/);
    assert.deepEqual(fixture.simulator.rows("WH"), []);
  });

  it("removes an object with what hangs on it", async () => {
    const path = await fixture.conversation({ UniqueName: "eu" });
    await fixture.send("POST", `${path}/Participants`, { Identity: "ann" });
    const [conversation] = fixture.simulator.conversations();
    fixture.simulator.remove(conversation?.sid ?? "");
    assert.deepEqual([fixture.simulator.conversations(), fixture.simulator.participants()], [[], []]);
    assert.equal(fixture.simulator.users().length, 1);
  });

  it("resets to the default service with the same roles", async () => {
    const before = fixture.simulator.roles().map((role) => role.sid);
    await fixture.conversation();
    fixture.simulator.reset();
    assert.equal(fixture.simulator.requests().length, 0);
    assert.deepEqual(
      fixture.simulator.roles().map((role) => role.sid),
      before,
    );
    assert.equal(fixture.simulator.services().length, 1);
  });

  it("seeds services, roles, users, conversations and members", () => {
    fixture.simulator.seed({
      roles: [{ friendlyName: "lead", type: "conversation", permissions: ["sendMessage"] }],
      users: [{ identity: "ann", friendlyName: "Ann" }],
      conversations: [
        {
          sid: `CH${"a".repeat(32)}`,
          uniqueName: "eu",
          attributes: { team: "eu" },
          participants: [{ identity: "ann", role: "lead", attributes: '{ "x":1}' }],
        },
      ],
      services: [{ friendlyName: "second", conversations: [{ uniqueName: "eu" }] }],
    });
    const [member] = fixture.simulator.participants("eu");
    const lead = fixture.simulator.roles().find((role) => role["friendly_name"] === "lead");
    assert.deepEqual([member?.["role_sid"], member?.["attributes"]], [lead?.sid, '{ "x":1}']);
    assert.equal(fixture.simulator.conversations()[0]?.sid, `CH${"a".repeat(32)}`);
    assert.equal(fixture.simulator.conversations().length, 2);
  });

  const wrongSeeds: [unknown, RegExp][] = [
    [[], /seed must be an object/],
    [{ conversation: [] }, /seed\.conversation is not known/],
    [{ conversations: {} }, /seed\.conversations must be an array/],
    [{ conversations: [1] }, /seed\.conversations\[0\] must be an object/],
    [{ conversations: [{ colour: 1 }] }, /seed\.conversations\[0\]\.colour is not known/],
    [{ conversations: [{ sid: "x" }] }, /sid must be two letters/],
    [{ conversations: [{ participants: [{}] }] }, /participants\[0\]: 50204/],
    [{ conversations: [{ participants: [{ identity: "a", role: "x" }] }] }, /role: no role/],
    [{ conversations: [{ attributes: "{a:1}" }] }, /conversations\[0\]: 50304/],
    [{ users: [{ identity: "a", attributes: "{a:1}" }] }, /users\[0\]: 50304/],
    [{ conversations: [{ participants: [{ identity: "a", attributes: "[" }] }] }, /participants\[0\]: 50304/],
    [{ services: [{}] }, /services\[0\]\.friendlyName is missing/],
  ];
  for (const [seed, message] of wrongSeeds) {
    it(`refuses the seed ${JSON.stringify(seed)}`, async () => {
      const answer = await control("POST", "seed", seed);
      assert.equal(answer.status, 400);
      assert.match((answer.body as { error: string }).error, message);
    });
  }

  it("does over HTTP what it does in the process", async () => {
    const path = await fixture.conversation({ UniqueName: "eu" });
    const sid = path.split("/").at(-1);
    assert.equal((await control("POST", "change", { sid, fields: { friendly_name: "x" } })).status, 200);
    const log = await control("GET", "requests");
    assert.equal((log.body as { count: number }).count, 1);
    assert.equal((await control("POST", "delete", { sid })).status, 200);
    assert.equal((await control("POST", "clock", { nowMs: 1_600_000_000_000 })).status, 200);
    const made = await fixture.send("POST", "/v1/Conversations", {});
    assert.match(made.body.date_created, /^2020-09-13T12:26:4\dZ$/);
    assert.match(made.headers.get("date") ?? "", /^Sun, 13 Sep 2020 12:26:4\d GMT$/);
    assert.equal((await control("POST", "reset", {})).status, 200);
    assert.deepEqual(fixture.simulator.conversations(), []);
    fixture.simulator.clock.set(Date.now());
  });

  it("refuses unknown operations and bodies that are no JSON", async () => {
    assert.equal((await control("GET", "nothing")).status, 404);
    assert.equal((await control("POST", "clock", { nowMs: 1e20 })).status, 400);
    const url = `${fixture.simulator.url}/_control/reset`;
    assert.equal((await fetch(url, { method: "POST", body: "{}" })).status, 415);
    const headers = { "content-type": "application/json" };
    assert.equal((await fetch(url, { method: "POST", headers, body: "{" })).status, 400);
  });
});
