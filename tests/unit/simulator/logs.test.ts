import assert from "node:assert/strict";
import fc from "fast-check";
import { BoundedLog, bytesOf } from "../../../simulator/bounded-log";
import { Courier } from "../../../simulator/webhooks/delivery";
import { basic, type Fixture } from "../../contract/sdk/client";
import { useWatchedSimulator } from "./webhooks/watched-simulator";
import type { WebhookReceiver } from "./webhooks/webhook-receiver";

describe("simulator logs", () => {
  it("keep the last entries that there is room for, and count them all", () => {
    const room = { entries: 20, bytes: 1_000 };
    fc.assert(
      fc.property(fc.array(fc.integer({ min: 0, max: 1_500 }), { maxLength: 200 }), (weights) => {
        const log = new BoundedLog<number>(room, (weight) => weight);
        for (const [index, weight] of weights.entries()) {
          log.add(weight);
          const kept = log.all();
          assert.ok(kept.reduce((sum, one) => sum + one, 0) <= room.bytes);
          assert.ok(kept.length <= room.entries * 1.25);
          assert.deepEqual(kept, weights.slice(index + 1 - kept.length, index + 1));
          assert.deepEqual(log.last(3), kept.slice(-3));
          assert.equal(log.total, index + 1);
        }
        log.clear();
        assert.deepEqual([log.all(), log.total], [[], 0]);
      }),
    );
  });

  it("tell one by one what is still there by then, and nothing twice", () => {
    const log = new BoundedLog<number>({ entries: 20, bytes: 1_000 }, () => 1);
    for (let entry = 0; entry < 20; entry++) log.add(entry);
    const told: number[] = [];
    for (const entry of log.each()) {
      told.push(entry);
      if (entry === 4) for (let more = 20; more < 45; more++) log.add(more);
    }
    const [kept = 0] = log.all();
    assert.ok(kept > 5);
    assert.deepEqual(told, [0, 1, 2, 3, 4]);
    assert.deepEqual([...log.each()], log.all());
    const cleared: number[] = [];
    for (const entry of log.each()) {
      cleared.push(entry);
      log.clear();
    }
    assert.deepEqual(cleared, [kept]);
  });

  it("drop nothing while there is room", () => {
    const log = new BoundedLog<number>({ entries: 20, bytes: 1_000 }, () => 50);
    for (let entry = 0; entry < 20; entry++) log.add(entry);
    assert.equal(log.all().length, 20);
  });

  it("weigh repeated names, and characters of two bytes", () => {
    assert.equal(bytesOf({}), 0);
    assert.ok(bytesOf({ a: Array.from({ length: 100 }, () => "") }) >= 4_800);
    assert.equal(bytesOf({ a: "ж".repeat(100) }) - bytesOf({ a: "é".repeat(100) }), 100);
  });

  describe("of a simulator", () => {
    let fixture: Fixture;
    let receiver: WebhookReceiver;
    useWatchedSimulator((...started) => {
      [fixture, receiver] = started;
    });
    const forms = () => fixture.simulator.requests().map(({ status, form }) => ({ status, form }));

    it("hold what a program sent, refused or not, and nothing of what came without a login", async () => {
      const form = { UniqueName: "eu" };
      for (const authorization of ["", "Basic", basic("AC", "x")])
        assert.equal((await fixture.send("POST", "/v1/Conversations", form, { authorization })).status, 401);
      await fixture.send("POST", "/v1/Conversations", form);
      await fixture.send("POST", "/v1/Conversations", form);
      for (const { headers, query } of fixture.simulator.requests().slice(0, 3))
        assert.deepEqual([headers, query], [{}, {}]);
      const [refused, mine] = [
        { status: 401, form: {} },
        { status: 201, form },
      ];
      assert.deepEqual(forms(), [refused, refused, refused, mine, { status: 409, form }]);
      assert.equal(fixture.simulator.conversations().length, 1);
    });

    it("hold no form that is longer than any that Twilio takes", async () => {
      await fixture.send("POST", "/v1/Conversations", { Attributes: JSON.stringify("x".repeat(200_000)) });
      await fixture.send("POST", "/v1/Conversations", { Attributes: JSON.stringify("x".repeat(20_000)) });
      assert.deepEqual(
        forms().map(({ form }) => Object.keys(form)),
        [[], ["Attributes"]],
      );
    });

    it("take no more values than any operation does", async () => {
      const many = (count: number) => ({ Nothing: Array.from({ length: count }, () => "") });
      const refused = await fixture.send("POST", "/v1/Conversations", many(1_001));
      assert.deepEqual([refused.status, refused.body.code], [400, 20001]);
      assert.match(refused.body.message, /more than 1000 values/);
      const { body } = await fixture.send("POST", "/v1/Conversations", many(1_000));
      assert.doesNotMatch(body.message, /more than/);
    });

    const event = { "X-Twilio-Webhook-Enabled": "true" };
    const asked = (reply: WebhookReceiver["reply"]) => {
      receiver.reply = reply;
      return fixture.send("POST", "/v1/Conversations", { FriendlyName: "as sent" }, event);
    };

    it("say that a receiver's answer is too long, and count its status alone", async () => {
      await fixture.send("POST", "/v1/Configuration/Webhooks", {
        PreWebhookUrl: receiver.origin,
        Filters: "onConversationAdd",
      });
      const body = (padding: number) =>
        JSON.stringify({ friendly_name: "as answered", padding: "x".repeat(padding) });
      const short = await asked({ status: 200, body: body(200_000) });
      const long = await asked({ status: 200, body: body(300_000) });
      const refused = await asked({ status: 403, body: body(300_000) });
      assert.deepEqual(
        [short, long, refused].map(({ status, body }) => [status, body.friendly_name ?? body.code]),
        [
          [201, "as answered"],
          [201, "as sent"],
          [400, 50056],
        ],
      );
      const tooLong = "the answer is longer than 262144 bytes";
      assert.deepEqual(
        (await fixture.simulator.deliveries()).map(({ status, error }) => [status, error]),
        [
          [200, undefined],
          [200, tooLong],
          [403, tooLong],
        ],
      );
    });

    it("of deliveries are bounded in bytes, too", async () => {
      const courier = new Courier();
      const account = { account: { accountSid: "AC", authToken: "x" } } as Parameters<Courier["send"]>[0];
      const target = { url: "http://elsewhere.invalid/", method: "POST" as const };
      for (let sent = 0; sent < 100; sent++)
        await courier.send(account, target, "onX", { Body: `${sent}${"x".repeat(1024 * 1024)}` });
      const kept = courier.all();
      assert.ok(kept.length > 15 && kept.length <= 24, String(kept.length));
      assert.match(kept.at(-1)?.form["Body"] ?? "", /^99x/);
    });
  });
});
