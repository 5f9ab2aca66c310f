import assert from "node:assert/strict";
import { FaultScript } from "../../../simulator/faults/fault-script";
import { Past } from "../../../simulator/faults/history";
import { AccountState } from "../../../simulator/state/account-state";
import { Courier } from "../../../simulator/webhooks/delivery";
import { Webhooks } from "../../../simulator/webhooks/webhooks";
import { Fixture } from "../../contract/sdk/client";

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

  describe("webhooks that cannot be sent", () => {
    const subject = {
      noun: "Conversation" as const,
      serviceSid: "IS",
      conversationSid: undefined,
      fields: {},
    };
    const accountWith = (webhooks: unknown): Parameters<Courier["send"]>[0] =>
      ({
        account: { accountSid: "AC", authToken: "x" },
        webhooks,
        serviceWebhooks: new Map(),
        scopedWebhooks: { inGroup: () => [] },
      }) as unknown as Parameters<Courier["send"]>[0];

    it("notes an address that is none, and goes on", async () => {
      const courier = new Courier();
      const target = { url: "nonsense", method: "POST" as const };
      assert.deepEqual(await courier.send(accountWith({}), target, "onX", {}), { body: "" });
      assert.match(courier.all()[0]?.error ?? "", /Invalid URL/);
    });

    it("notes a configuration that cannot be read, and goes on", () => {
      const courier = new Courier();
      const account = accountWith({ filters: 5, post_webhook_url: "http://127.0.0.1:9/" });
      new Webhooks(courier).watch(account, { verb: "Add", subject: () => subject })();
      assert.match(courier.all()[0]?.error ?? "", /includes/);
    });
  });

  describe("faults that lag", () => {
    const past = (writes: { atMs: number; lagMs: number }[]): Past => {
      const kept = new Past();
      const state = new AccountState(
        { accountSid: "AC", authToken: "", apiKey: "", apiSecret: "", defaultServiceSid: "" },
        {} as AccountState["configuration"],
        {} as AccountState["webhooks"],
      );
      for (const { atMs, lagMs } of writes) kept.remember(state, atMs, lagMs);
      return kept;
    };
    const every = (stepMs: number, lagMs: number): { atMs: number; lagMs: number }[] =>
      Array.from({ length: 1_000 }, (_, index) => ({ atMs: 1_000 + index * stepMs, lagMs }));

    it("keep a few moments, however many writes there are", () => {
      for (const stepMs of [0, 1, 7, 100, -3]) {
        assert.ok(past(every(stepMs, 1_000)).size <= 10, `${stepMs}`);
        assert.ok(past(every(stepMs, 1_000)).size >= 1, `${stepMs}`);
      }
    });

    it("keep nothing once there is no lag", () => {
      assert.equal(past([...every(1, 1_000), { atMs: 2_000, lagMs: 0 }]).size, 0);
    });

    it("do not count when they are used up", () => {
      const script = new FaultScript();
      script.add({ kind: "lag", delayMs: 5_000, times: 1 });
      assert.equal(script.longestLagMs(), 5_000);
      script.next("GET", "/v1/Roles");
      assert.equal(script.longestLagMs(), 0);
    });

    it("reach back a minute at most", async () => {
      const answer = await post("faults", { kind: "lag", delayMs: 60_001 });
      assert.deepEqual(answer, { status: 400, error: "fault.delayMs of a lag must be at most 60000" });
      assert.equal((await post("faults", { kind: "lag", delayMs: 60_000 })).status, 200);
    });
  });

  describe("routes of faults", () => {
    const cases: [string, string, boolean][] = [
      ["/v1/*", "/v1/Roles", true],
      ["/v1/*", "/v1/Roles/x", false],
      ["/v1/**", "/v1/Roles/x", true],
      ["/v1/**", "/v1/", true],
      ["/v1/**", "/v1", false],
      ["/v1/Ro*s", "/v1/Roles", true],
      ["/v1/a*a", "/v1/a", false],
      ["/v1/*a*b*", "/v1/xaxbx", true],
      ["/v1/*b*a", "/v1/ab", false],
      ["/v1/R.les", "/v1/Roles", false],
      ["/**/x", "/v1/x", true],
    ];
    for (const [route, path, isMet] of cases) {
      it(`${route} ${isMet ? "meets" : "lets alone"} ${path}`, () => {
        const script = new FaultScript();
        script.add({ kind: "reset", route });
        assert.equal(script.next("GET", path) !== undefined, isMet);
      });
    }

    it("take no time, however many stars they have", () => {
      const startMs = performance.now();
      for (const stars of ["*********x", "*a".repeat(30)]) {
        const script = new FaultScript();
        script.add({ kind: "reset", route: `/v1/${stars}x` });
        assert.equal(script.next("GET", `/v1/${"a".repeat(10_000)}`), undefined);
      }
      assert.ok(performance.now() - startMs < 200);
    });
  });

  describe("not-found-although-created", () => {
    beforeEach(() => fixture.simulator.addFault({ kind: "not-found-although-created", times: 1 }));
    const hits = (): number | undefined => fixture.simulator.faults()[0]?.hits;

    it("is met by a create that answers 202", async () => {
      const { status } = await fixture.send("POST", "/v1/ConversationWithParticipants", {
        Participant: ['{"identity":"ann"}'],
      });
      assert.deepEqual([status, hits(), fixture.simulator.conversations().length], [404, 1, 1]);
    });

    it("waits for a create, whatever else comes", async () => {
      const { defaultServiceSid } = fixture.simulator.account;
      const statuses: number[] = [];
      const send = async (method: string, path: string, form?: Record<string, string>): Promise<void> => {
        statuses.push((await fixture.send(method, path, form)).status);
      };
      await send("GET", "/v1/Conversations");
      await send("POST", "/v1/Configuration", { DefaultClosedTimer: "PT1H" });
      await send("POST", `/v1/Services/${defaultServiceSid}/Configuration`, { ReachabilityEnabled: "true" });
      await send("POST", "/v1/Nothing", {});
      await send("POST", "/v1/Conversations", { State: "weird" });
      assert.deepEqual([statuses, hits()], [[200, 200, 200, 404, 400], 0]);
      await send("POST", "/v1/Conversations", {});
      await send("POST", "/v1/Conversations", {});
      assert.deepEqual([statuses.slice(-2), hits()], [[404, 201], 1]);
    });
  });
});
