import assert from "node:assert/strict";
import { validateRequest } from "twilio";
import type { Fixture } from "../../../contract/sdk/client";
import { useWatchedSimulator } from "./watched-simulator";
import type { WebhookReceiver } from "./webhook-receiver";

describe("simulator webhooks", () => {
  let fixture: Fixture;
  let receiver: WebhookReceiver;
  let url: string;
  const enabled = { "X-Twilio-Webhook-Enabled": "True" };

  useWatchedSimulator((...started) => {
    [fixture, receiver] = started;
    url = `${receiver.origin}/hook`;
  });

  const configure = (form: Record<string, string | string[]>): ReturnType<Fixture["send"]> =>
    fixture.send("POST", "/v1/Configuration/Webhooks", form);
  const events = async (): Promise<string[]> =>
    (await fixture.simulator.deliveries()).map((delivery) => delivery.event);

  it("tells of a new member with a signature that Twilio's own package accepts", async () => {
    await configure({ PostWebhookUrl: url, Filters: ["onParticipantAdded"], Method: "POST" });
    const path = await fixture.conversation();
    await fixture.send("POST", `${path}/Participants`, { Identity: "ann", Attributes: '{"a":"ü"}' }, enabled);
    assert.deepEqual(await events(), ["onParticipantAdded"]);
    const [hook] = receiver.received;
    assert.ok(hook);
    const { accountSid, authToken, defaultServiceSid } = fixture.simulator.account;
    assert.equal(validateRequest(authToken, hook.signature, hook.url, hook.form), true);
    assert.equal(validateRequest("wrong", hook.signature, hook.url, hook.form), false);
    const { EventType, AccountSid, ChatServiceSid, Identity, Attributes, Source, ConversationSid } =
      hook.form;
    assert.deepEqual(
      [EventType, AccountSid, ChatServiceSid, Identity, Attributes, Source, ConversationSid],
      [
        "onParticipantAdded",
        accountSid,
        defaultServiceSid,
        "ann",
        '{"a":"ü"}',
        "API",
        path.split("/").at(-1),
      ],
    );
  });

  it("signs GET webhooks over the whole URL", async () => {
    await configure({ PostWebhookUrl: `${url}?key=1`, Filters: ["onConversationAdded"], Method: "GET" });
    await fixture.send("POST", "/v1/Conversations", { FriendlyName: "a b" }, enabled);
    await fixture.simulator.deliveries();
    const [hook] = receiver.received;
    assert.ok(hook);
    assert.equal(new URL(hook.url).searchParams.get("FriendlyName"), "a b");
    assert.equal(validateRequest(fixture.simulator.account.authToken, hook.signature, hook.url, {}), true);
  });

  it("fires nothing unless the request asks for it", async () => {
    await configure({
      PreWebhookUrl: url,
      PostWebhookUrl: url,
      Filters: ["onConversationAdd", "onConversationAdded"],
    });
    await fixture.conversation();
    await fixture.send("POST", "/v1/Conversations", {}, { "X-Twilio-Webhook-Enabled": "false" });
    assert.deepEqual(await events(), []);
  });

  it("lets the pre-webhook refuse, alter and pass a change", async () => {
    await configure({ PreWebhookUrl: url, Filters: ["onConversationAdd"] });
    const create = (): ReturnType<Fixture["send"]> =>
      fixture.send("POST", "/v1/Conversations", { FriendlyName: "asked" }, enabled);
    receiver.reply = { status: 403, body: "" };
    assert.deepEqual([(await create()).body.code, fixture.simulator.conversations().length], [50056, 0]);
    receiver.reply = { status: 200, body: '{ "friendly_name": "altered" }' };
    assert.equal((await create()).body.friendly_name, "altered");
    receiver.reply = { status: 500, body: "" };
    assert.equal((await create()).body.friendly_name, "asked");
    assert.equal(receiver.received[0]?.form["FriendlyName"], "asked");
  });

  it("tells the webhooks of one conversation, by filter and by trigger", async () => {
    const path = await fixture.conversation();
    const hook = (form: Record<string, string>): ReturnType<Fixture["send"]> =>
      fixture.send("POST", `${path}/Webhooks`, { "Configuration.Url": url, ...form });
    await hook({ Target: "webhook", "Configuration.Filters": "onConversationStateUpdated" });
    await hook({ Target: "trigger", "Configuration.Triggers": "help" });
    await fixture.send("POST", `${path}/Messages`, { Body: "nothing" }, enabled);
    await fixture.send("POST", `${path}/Messages`, { Body: "I need HELP" }, enabled);
    await fixture.send("POST", path, { State: "inactive" }, enabled);
    assert.deepEqual(await events(), ["onMessageAdded", "onConversationStateUpdated"]);
    const change = receiver.received.find((entry) => entry.form["StateTo"] !== undefined);
    assert.deepEqual([change?.form["StateFrom"], change?.form["StateTo"]], ["active", "inactive"]);
  });

  it("prefers a service's own webhook to the account's", async () => {
    await configure({ PostWebhookUrl: `${url}/account`, Filters: ["onUserAdded"] });
    const { defaultServiceSid } = fixture.simulator.account;
    const path = `/v1/Services/${defaultServiceSid}/Configuration/Webhooks`;
    await fixture.send("POST", path, {
      PostWebhookUrl: `${url}/service`,
      Filters: "onUserAdded",
      Method: "POST",
    });
    await fixture.send("POST", "/v1/Users", { Identity: "ann" }, enabled);
    await fixture.simulator.deliveries();
    assert.deepEqual(
      receiver.received.map((entry) => entry.url),
      [`${url}/service`],
    );
  });

  it("sends nothing beyond loopback unless the host is allowed", async () => {
    await configure({ PostWebhookUrl: "http://hooks.invalid/x", Filters: ["onConversationAdded"] });
    await fixture.send("POST", "/v1/Conversations", {}, enabled);
    const [delivery] = await fixture.simulator.deliveries();
    assert.match(delivery?.error ?? "", /hooks\.invalid is not allowed: --allow-webhook-host hooks\.invalid/);
    assert.equal(delivery?.status, undefined);
  });
});
