import assert from "node:assert/strict";
import { validateRequest } from "twilio";
import type { Answer, Fixture, FormFields } from "../../../contract/sdk/client";
import { useWatchedSimulator } from "./watched-simulator";
import type { WebhookReceiver } from "./webhook-receiver";

describe("simulator webhook rules", () => {
  let fixture: Fixture;
  let receiver: WebhookReceiver;
  let origin: string;
  const enabled = { "X-Twilio-Webhook-Enabled": "true" };

  useWatchedSimulator((...started) => {
    [fixture, receiver] = started;
    origin = receiver.origin;
  });

  const configure = (form: FormFields): Promise<Answer> =>
    fixture.send("POST", "/v1/Configuration/Webhooks", form);
  const events = async (): Promise<string[]> =>
    (await fixture.simulator.deliveries()).map((delivery) => delivery.event);
  const watch = (path: string, ...filters: string[]): Promise<Answer> =>
    fixture.send("POST", `${path}/Webhooks`, {
      Target: "webhook",
      "Configuration.Url": origin,
      "Configuration.Filters": filters,
    });

  it("tells a conversation's own webhook that the conversation was removed", async () => {
    const path = await fixture.conversation();
    await watch(path, "onConversationRemoved");
    assert.equal((await fixture.send("DELETE", path, undefined, enabled)).status, 204);
    assert.deepEqual(await events(), ["onConversationRemoved"]);
  });

  for (const suffix of ["", "/ü", "/hook?a=ü#frag"]) {
    it(`signs the URL that it requests for one that ends in "${suffix}"`, async () => {
      await configure({ PostWebhookUrl: origin + suffix, Filters: ["onConversationAdded"], Method: "POST" });
      await fixture.send("POST", "/v1/Conversations", {}, enabled);
      await fixture.simulator.deliveries();
      const [hook] = receiver.received;
      assert.ok(hook);
      const { authToken } = fixture.simulator.account;
      assert.equal(validateRequest(authToken, hook.signature, hook.url, hook.form), true);
    });
  }

  it("names no SID and no date before they are made", async () => {
    await configure({
      PreWebhookUrl: origin,
      Filters: ["onConversationAdd", "onMessageAdd"],
      Method: "POST",
    });
    const { body } = await fixture.send("POST", "/v1/Conversations", { FriendlyName: "x" }, enabled);
    await fixture.send("POST", `/v1/Conversations/${body.sid}/Messages`, { Body: "hi" }, enabled);
    const [created, message] = receiver.received.map((entry) => entry.form);
    assert.equal(created?.["FriendlyName"], "x");
    for (const name of ["ConversationSid", "DateCreated", "DateUpdated"])
      assert.equal(created?.[name], undefined);
    assert.equal(message?.["ConversationSid"], body.sid);
    for (const name of ["MessageSid", "Index", "DateCreated"]) assert.equal(message?.[name], undefined);
    assert.equal(message?.["Body"], "hi");
  });

  it("tells of the state when a message wakes a conversation", async () => {
    const path = await fixture.conversation({ State: "inactive" });
    await watch(path, "onConversationStateUpdated", "onMessageAdded");
    await fixture.send("POST", `${path}/Messages`, { Body: "one" }, enabled);
    await fixture.send("POST", `${path}/Messages`, { Body: "two" }, enabled);
    assert.deepEqual(await events(), ["onMessageAdded", "onConversationStateUpdated", "onMessageAdded"]);
    const change = receiver.received.find((entry) => entry.form["StateTo"] !== undefined)?.form;
    assert.deepEqual([change?.["StateFrom"], change?.["StateTo"]], ["inactive", "active"]);
  });

  it("ignores in a pre-webhook's answer what the route does not know", async () => {
    await configure({ PreWebhookUrl: origin, Filters: ["onConversationAdd"], Method: "POST" });
    receiver.reply.body = '{ "body": "x", "author": "y", "colour": "z", "friendly_name": "altered" }';
    const { status, body } = await fixture.send("POST", "/v1/Conversations", {}, enabled);
    assert.deepEqual([status, body.friendly_name], [201, "altered"]);
  });

  it("checks a write again that a reset has overtaken", async () => {
    receiver.beforeReply = () => fixture.simulator.reset();
    const path = await fixture.conversation();
    await configure({ PreWebhookUrl: origin, Filters: ["onParticipantAdd"], Method: "POST" });
    const member = await fixture.send("POST", `${path}/Participants`, { Identity: "ann" }, enabled);
    assert.equal(member.status, 404);
    await configure({ PreWebhookUrl: origin, Filters: ["onConversationAdd"], Method: "POST" });
    const { status, body } = await fixture.send("POST", "/v1/Conversations", {}, enabled);
    assert.equal(status, 201);
    assert.equal((await fixture.send("GET", `/v1/Conversations/${body.sid}`)).status, 200);
  });
});
