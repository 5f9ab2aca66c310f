import assert from "node:assert/strict";
import type { SingletonDefinition } from "../../../provider/core/definition/define";
import { UnverifiedError } from "../../../provider/core/errors";
import type { JsonObject } from "../../../provider/core/json";
import { configuration } from "../../../provider/resources/account/configuration";
import { webhooks } from "../../../provider/resources/account/webhooks";
import { serviceConfiguration } from "../../../provider/resources/service/service-configuration";
import { serviceNotifications } from "../../../provider/resources/service/service-notifications";
import { serviceWebhooks } from "../../../provider/resources/service/service-webhooks";
import { useLife } from "../../fault/life";

describe("settings that are there once", () => {
  const life = useLife();
  let serviceSid = "";
  beforeEach(async () => {
    serviceSid = (await life.account.service("production")).sid;
    life.simulator.clearRequests();
  });

  const sent = () => life.simulator.requests().map(({ method, path, form }) => [method, path, form]);
  const run = (definition: SingletonDefinition) => life.run(definition).lifecycle;
  const service = (rest: string) => life.account.get(`/Services/${serviceSid}/Configuration${rest}`);

  it("are asked once and set once, with what differs alone", async () => {
    const inputs = { serviceSid, addedToConversation: { enabled: true, template: "" }, logEnabled: false };
    const { sid, state } = await run(serviceNotifications).create(inputs);
    assert.equal(sid, serviceSid);
    const path = `/v1/Services/${serviceSid}/Configuration/Notifications`;
    assert.deepEqual(sent().slice(1), [
      ["GET", path, {}],
      ["POST", path, { "AddedToConversation.Enabled": "true" }],
    ]);
    assert.equal(state["accountSid"], life.simulator.account.accountSid);
  });

  it("are not set where nothing differs", async () => {
    await run(webhooks).create({ method: "post", target: "webhook" });
    assert.deepEqual(
      sent().map(([method]) => method),
      ["GET", "GET"],
    );
  });

  it("show who changed them outside, whatever Twilio says of their account", async () => {
    const inputs = { serviceSid, reachabilityEnabled: true };
    const { sid, state } = await run(serviceConfiguration).create(inputs);
    life.simulator.change(serviceSid, { reachability_enabled: false });
    const found = await run(serviceConfiguration).read(sid, state);
    assert.deepEqual(found?.inputs, { ...inputs, reachabilityEnabled: false });
    assert.equal(found?.state["accountSid"], life.simulator.account.accountSid);
  });

  it("come back as they were, whoever changed them meanwhile", async () => {
    life.simulator.change(serviceSid, { post_webhook_url: "https://example.com/before", method: "GET" });
    const inputs = { serviceSid, postWebhookUrl: "https://example.com/ours", method: "POST" };
    const { sid, state } = await run(serviceWebhooks).create(inputs);
    life.simulator.change(serviceSid, { post_webhook_url: "https://example.com/theirs" });
    const refreshed = (await run(serviceWebhooks).read(sid, state))?.state ?? {};
    await run(serviceWebhooks).delete(sid, refreshed);
    const { post_webhook_url, method } = await service("/Webhooks");
    assert.deepEqual([post_webhook_url, method], ["https://example.com/before", "GET"]);
  });

  it("keep what Twilio cannot clear, and say so", async () => {
    const inputs = { serviceSid, filters: ["onMessageAdded"], method: "GET", preWebhookUrl: "https://e.com" };
    const { sid, state } = await run(serviceWebhooks).create(inputs);
    const { lifecycle, notes } = life.run(serviceWebhooks);
    await lifecycle.delete(sid, state);
    assert.match(notes.join(), /filters and method stay as they are/);
    const { filters, method, pre_webhook_url } = await service("/Webhooks");
    assert.deepEqual([filters, method, pre_webhook_url], [["onMessageAdded"], "GET", null]);
  });

  it("switch timers off where there were none", async () => {
    const { sid, state } = await run(configuration).create({ defaultInactiveTimer: "PT60M" });
    assert.equal(
      life.run(configuration).lifecycle.diff(sid, state, { defaultInactiveTimer: "PT1H" }).changes,
      false,
    );
    await run(configuration).delete(sid, state);
    assert.equal((await life.account.get("/Configuration"))["default_inactive_timer"], "PT0S");
  });

  it("take a lost answer for none, and are set again", async () => {
    life.simulator.addFault({ method: "POST", kind: "reset", when: "after", times: 1 });
    const { state } = await run(serviceConfiguration).create({ serviceSid, reachabilityEnabled: true });
    assert.deepEqual(state["before"], { reachabilityEnabled: false });
    assert.equal((await service(""))["reachability_enabled"], true);
  });

  describe("whose setting was done, but never answered", () => {
    const inputs = { reachabilityEnabled: true };
    const unsettled = async () => {
      life.simulator.addFault({ method: "POST", kind: "status", status: 503, when: "after" });
      const { lifecycle } = life.run(serviceConfiguration, { timeoutSeconds: "1" });
      const error = await lifecycle.create({ ...inputs, serviceSid }).catch((reason: unknown) => reason);
      life.simulator.clearFaults();
      assert.ok(error instanceof UnverifiedError, String(error));
      assert.equal((await service(""))["reachability_enabled"], true);
      life.simulator.clearRequests();
      return error;
    };
    const posts = () => sent().filter(([method]) => method === "POST");

    it("are recorded, with what was there before, and asked before they are set again", async () => {
      const { sid, state } = await unsettled();
      assert.deepEqual([sid, state["before"]], [serviceSid, { reachabilityEnabled: false }]);
      const after = await run(serviceConfiguration).update(sid, state, { ...inputs, serviceSid });
      assert.deepEqual(posts(), []);
      assert.equal(after["unsettled"], undefined);
      assert.deepEqual(after["before"], { reachabilityEnabled: false });
    });

    it("are set again where it was not done after all", async () => {
      const { sid, state } = await unsettled();
      life.simulator.change(serviceSid, { reachability_enabled: false });
      await run(serviceConfiguration).update(sid, state, { ...inputs, serviceSid });
      assert.equal(posts().length, 1);
      assert.equal((await service(""))["reachability_enabled"], true);
    });

    it("are put back by a destroy that follows at once", async () => {
      const { sid, state } = await unsettled();
      await run(serviceConfiguration).delete(sid, state);
      assert.equal((await service(""))["reachability_enabled"], false);
    });
  });

  it("are set by one resource of a run, and by no second", async () => {
    const once = run(serviceConfiguration);
    await once.create({ serviceSid, reachabilityEnabled: true });
    await assert.rejects(once.create({ serviceSid, reachabilityEnabled: false }), {
      message: /^declared twice: service configuration IS\w+ is managed by another resource/,
    });
    const writes = life.simulator.requests().filter(({ method }) => method === "POST");
    assert.deepEqual(
      writes.map(({ form }) => form),
      [{ ReachabilityEnabled: "true" }],
    );
  });

  it("are let go of with the service", async () => {
    const { sid, state } = await run(serviceConfiguration).create({ serviceSid, reachabilityEnabled: true });
    life.simulator.remove(serviceSid);
    assert.equal(await run(serviceConfiguration).read(sid, state), undefined);
    await run(serviceConfiguration).delete(sid, state);
  });

  it("remember what a killed run set, since nobody else knew", async () => {
    const inputs: JsonObject = { serviceSid, reachabilityEnabled: true };
    await run(serviceConfiguration).create(inputs);
    const { state } = await run(serviceConfiguration).create(inputs);
    assert.deepEqual(state["before"], { reachabilityEnabled: true });
  });
});
