import assert from "node:assert/strict";
import { setTimeout as sleep } from "node:timers/promises";
import { type Answer, Fixture, type FormFields } from "../../contract/sdk/client";
import { type Call, contentionCases, peacefulCases } from "./contention-cases";
import { WebhookReceiver } from "./webhooks/webhook-receiver";

/** Long enough for a loaded machine to bring the second request while the first is under way. */
const latencyMs = 120;
const seed = {
  conversations: [{ uniqueName: "desk", participants: [{ identity: "ann" }] }, { uniqueName: "next" }],
  services: [{ friendlyName: "other" }],
};

describe("simulator requests at the same moment", () => {
  let fixture: Fixture;
  let sids: Record<string, string>;
  afterEach(() => fixture.close());

  const send = ([method, path, form]: Call): Promise<Answer> => {
    const known = path.split("/").map((part) => sids[part] ?? part);
    return fixture.send(method, `/v1/${known.join("/")}`, method === "POST" ? (form ?? {}) : undefined);
  };
  const started = async (): Promise<void> => {
    fixture = await Fixture.start({ latencyMs, seed });
    const { simulator } = fixture;
    const conversation = simulator.conversations()[0]?.sid ?? "";
    sids = { CH: conversation, IS: simulator.account.defaultServiceSid };
    sids["MB"] = simulator.participants("desk")[0]?.sid ?? "";
    sids["US"] = simulator.users()[0]?.sid ?? "";
    sids["OTHER"] = simulator.services()[1]?.sid ?? "";
  };
  /** The second arrives while the first is under way. */
  const together = async (first: Call, second: Call): Promise<[Answer, Answer]> => {
    const answering = send(first);
    await sleep(5);
    const later = await send(second);
    return [await answering, later];
  };

  for (const [what, first, second, code] of contentionCases)
    it(`refuse the later one with 409/${code}: ${what}`, async () => {
      await started();
      if (code === 50514)
        sids["IM"] = (await send(["POST", "Conversations/CH/Messages", { Body: "hi" }])).body.sid;
      const [earlier, later] = await together(first, second);
      assert.ok(earlier.status < 300, JSON.stringify(earlier.body));
      assert.deepEqual([later.status, later.body?.status, later.body?.code], [409, 409, code]);
      assert.equal(later.body.more_info, `https://www.twilio.com/docs/errors/${code}`);
      // The first is answered: nothing stands in the way of the second any more.
      const again = await send(second);
      assert.notEqual(again.body?.code, code);
    });

  for (const [what, first, second] of peacefulCases)
    it(`do not hinder each other: ${what}`, async () => {
      await started();
      const answers = await together(first, second);
      for (const { status, body } of answers) assert.ok(status < 300, JSON.stringify(body));
    });

  it("let go of what was refused itself", async () => {
    await started();
    const wrong: FormFields = { UniqueName: "new", State: "closed" };
    assert.equal((await send(["POST", "Conversations", wrong])).body.code, 50384);
    assert.equal((await send(["POST", "Conversations", { UniqueName: "new" }])).status, 201);
  });

  it("leave the name of an answered delete to the next create", async () => {
    await started();
    assert.equal((await send(["DELETE", "Conversations/desk"])).status, 204);
    assert.equal((await send(["POST", "Conversations", { UniqueName: "desk" }])).status, 201);
    assert.equal((await send(["DELETE", "Users/ann"])).status, 204);
    assert.equal((await send(["POST", "Users", { Identity: "ann" }])).status, 201);
  });

  it("are none without a latency: each is done before the next", async () => {
    fixture = await Fixture.start();
    const creates = Array.from({ length: 20 }, () =>
      fixture.send("POST", "/v1/Conversations", { UniqueName: "eu" }, { "X-Twilio-Webhook-Enabled": "true" }),
    );
    const codes = (await Promise.all(creates)).map(({ body }) => body.code);
    assert.deepEqual(codes.sort(), [...Array<number>(19).fill(50353), undefined]);
  });

  it("meet each other while a pre-webhook is asked, until it has answered", async () => {
    fixture = await Fixture.start({ seed });
    sids = {};
    const receiver = await WebhookReceiver.start();
    try {
      const hook = { PreWebhookUrl: receiver.origin, Filters: ["onConversationRemove"], Method: "POST" };
      await send(["POST", "Configuration/Webhooks", hook]);
      const asked = new Promise<() => void>((resolve) => {
        receiver.beforeReply = () => new Promise<void>((reply) => resolve(reply));
      });
      const enabled = { "X-Twilio-Webhook-Enabled": "true" };
      const removing = fixture.send("DELETE", "/v1/Conversations/desk", undefined, enabled);
      const reply = await asked;
      const change: Call = ["POST", "Conversations/desk", { FriendlyName: "Desk" }];
      const create: Call = ["POST", "Conversations", { UniqueName: "desk" }];
      assert.deepEqual([(await send(change)).body.code, (await send(create)).body.code], [50334, 50391]);
      assert.equal((await fixture.send("GET", "/v1/Conversations/desk")).status, 200);
      reply();
      assert.equal((await removing).status, 204);
      assert.equal((await send(create)).status, 201);
    } finally {
      receiver.close();
    }
  });
});
