import assert from "node:assert/strict";
import { once } from "node:events";
import { createServer, type Server } from "node:http";
import type { AddressInfo } from "node:net";
import { validateRequest } from "twilio";
import { type Answer, Fixture, type FormFields } from "../../contract/client";

interface Received {
  url: string;
  form: Record<string, string>;
  signature: string;
}

describe("simulator webhook rules", () => {
  let fixture: Fixture;
  let server: Server;
  let origin: string;
  let received: Received[] = [];
  let reply: (() => Promise<void> | void) | undefined;
  let answer = "";
  const enabled = { "X-Twilio-Webhook-Enabled": "true" };

  before(async () => {
    fixture = await Fixture.start();
    server = createServer(async (request, response) => {
      let body = "";
      for await (const chunk of request) body += chunk;
      received.push({
        url: `http://${request.headers.host}${request.url}`,
        form: Object.fromEntries(new URLSearchParams(body)),
        signature: String(request.headers["x-twilio-signature"]),
      });
      await reply?.();
      response.end(answer);
    }).listen(0, "127.0.0.1");
    await once(server, "listening");
    origin = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  });
  after(async () => {
    await fixture.close();
    server.close();
  });
  beforeEach(() => {
    fixture.simulator.reset();
    received = [];
    reply = undefined;
    answer = "";
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
      const [hook] = received;
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
    const [created, message] = received.map((entry) => entry.form);
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
    const change = received.find((entry) => entry.form["StateTo"] !== undefined)?.form;
    assert.deepEqual([change?.["StateFrom"], change?.["StateTo"]], ["inactive", "active"]);
  });

  it("ignores in a pre-webhook's answer what the route does not know", async () => {
    await configure({ PreWebhookUrl: origin, Filters: ["onConversationAdd"], Method: "POST" });
    answer = '{ "body": "x", "author": "y", "colour": "z", "friendly_name": "altered" }';
    const { status, body } = await fixture.send("POST", "/v1/Conversations", {}, enabled);
    assert.deepEqual([status, body.friendly_name], [201, "altered"]);
  });

  it("checks a write again that a reset has overtaken", async () => {
    reply = () => fixture.simulator.reset();
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
