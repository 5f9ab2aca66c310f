import assert from "node:assert/strict";
import { Fixture } from "../../contract/client";

describe("simulator hardening", () => {
  let fixture: Fixture;
  before(async () => {
    fixture = await Fixture.start();
  });
  after(() => fixture.close());
  beforeEach(() => fixture.simulator.reset());

  const json = { "content-type": "application/json" };
  const post = async (path: string, body: unknown): Promise<{ status: number; error: string }> => {
    const url = `${fixture.simulator.url}/_control/${path}`;
    const response = await fetch(url, { method: "POST", headers: json, body: JSON.stringify(body) });
    const { error = "" } = (await response.json()) as { error?: string };
    return { status: response.status, error };
  };

  describe("changes from outside", () => {
    const sids = async (): Promise<Record<string, string>> => {
      const path = await fixture.conversation();
      const member = await fixture.send("POST", `${path}/Participants`, { Identity: "ann" });
      const hook = await fixture.send("POST", `${path}/Webhooks`, {
        Target: "webhook",
        "Configuration.Url": "http://127.0.0.1:9/",
        "Configuration.Filters": ["onMessageAdded"],
      });
      const { accountSid, defaultServiceSid } = fixture.simulator.account;
      const role = fixture.simulator.roles()[0]?.sid ?? "";
      const conversation = path.split("/").at(-1) ?? "";
      return {
        CH: conversation,
        MB: member.body.sid,
        WH: hook.body.sid,
        AC: accountSid,
        IS: defaultServiceSid,
        RL: role,
      };
    };

    const wrong: [string, Record<string, unknown>, RegExp][] = [
      ["WH", { configuration: { url: "nonsense", filters: [] } }, /configuration\.url must be an http/],
      ["WH", { configuration: { filters: ["onMessageAdded"] } }, /configuration\.url is missing/],
      ["WH", { configuration: { url: "http://a.b/", filters: 5 } }, /configuration\.filters must be a list/],
      ["WH", { configuration: 5 }, /configuration must be an object/],
      ["WH", { target: "nobody" }, /target must be one of/],
      ["AC", { post_webhook_url: "nonsense" }, /post_webhook_url must be an http or https URL/],
      ["AC", { pre_webhook_url: "ftp://a.b/" }, /pre_webhook_url must be an http or https URL/],
      ["AC", { filters: 5 }, /filters must be a list/],
      ["AC", { filters: [5] }, /filters must be a list of texts/],
      ["AC", { default_inactive_timer: "soon" }, /duration/],
      ["IS", { post_webhook_url: "nonsense" }, /post_webhook_url must be/],
      ["IS", { log_enabled: "yes" }, /log_enabled must be a boolean/],
      ["IS", { new_message: {} }, /new_message\.with_media is missing/],
      ["IS", { friendly_name: null }, /friendly_name must be a text/],
      ["CH", { state: "weird" }, /state must be one of initializing, active/],
      ["CH", { state: 5 }, /state must be a text/],
      ["CH", { timers: { date_closed: "never" } }, /timers\.date_closed must be/],
      ["CH", { inactive_after_ms: 1e300 }, /inactive_after_ms must be a whole number/],
      ["CH", { friendly_name: 5 }, /friendly_name must be a text/],
      ["MB", { messaging_binding: { type: "pigeon" } }, /messaging_binding\.type must be one of/],
      ["MB", { last_read_message_index: "1" }, /last_read_message_index must be a number/],
      ["RL", { permissions: "all" }, /permissions must be a list/],
    ];
    for (const [kind, fields, message] of wrong) {
      it(`refuses ${JSON.stringify(fields)} for ${kind}`, async () => {
        const answer = await post("change", { sid: (await sids())[kind], fields });
        assert.equal(answer.status, 400);
        assert.match(answer.error, message);
      });
    }

    const right: [string, Record<string, unknown>][] = [
      ["WH", { configuration: { url: "https://a.b/c", method: "get", filters: ["onMessageAdded"] } }],
      ["AC", { post_webhook_url: "http://127.0.0.1:9/", filters: ["onMessageAdded"], method: "GET" }],
      ["AC", { post_webhook_url: null, filters: null }],
      ["CH", { friendly_name: null, unique_name: "x", state: "initializing", bindings: {} }],
      ["MB", { last_read_message_index: 3, role_sid: null }],
      ["MB", { messaging_binding: { type: "sms", address: "+1", proxy_address: "+2" } }],
    ];
    for (const [kind, fields] of right) {
      it(`takes ${JSON.stringify(fields)} for ${kind}`, async () => {
        const answer = await post("change", { sid: (await sids())[kind], fields });
        assert.deepEqual(answer, { status: 200, error: "" });
      });
    }

    it("leaves everything as it was when one of the fields is refused", async () => {
      const { AC = "" } = await sids();
      const fields = { default_closed_timer: "PT1H", post_webhook_url: "nonsense" };
      assert.equal((await post("change", { sid: AC, fields })).status, 400);
      assert.equal((await fixture.send("GET", "/v1/Configuration")).body.default_closed_timer, null);
    });
  });
});
