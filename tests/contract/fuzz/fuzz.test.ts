import assert from "node:assert/strict";
import { connect } from "node:net";
import fc from "fast-check";
import { operations, violations } from "../openapi/openapi";
import { encoded, Fixture } from "../sdk/client";
import { addressed, furnish } from "./fuzz-store";
import { operationOf, step } from "./fuzz-values";

const runs = Number(process.env["FUZZ_RUNS"] ?? 1_500);
/** So many requests follow one another on the same store before it is furnished anew. */
const length = 30;

describe("simulator under random requests", () => {
  let fixture: Fixture;
  before(async () => {
    fixture = await Fixture.start({
      switches: { groupMms: true },
      limits: { participants: 20 },
      randomSeed: 1,
      nowMs: Date.UTC(2026, 0, 1),
    });
  });
  after(() => fixture.close());

  it(`answers ${runs} of them with what the document or Twilio's error body allows`, async function () {
    this.timeout(Math.max(120_000, runs * 20));
    const reached = new Set<string>();
    // A step that is left out is how fast-check shortens a sequence that fails.
    const steps = fc.array(fc.option(step, { nil: undefined, freq: 10_000 }), {
      minLength: length,
      maxLength: length,
    });
    const property = fc.asyncProperty(steps, async (sequence) => {
      await furnish(fixture);
      const sent: string[] = [];
      for (const drawn of sequence) {
        if (!drawn) continue;
        const { method, template } = operationOf(drawn);
        fixture.simulator.clock.advance(drawn.advanceMs);
        const { path, form } = addressed(fixture, drawn);
        const headers: Record<string, string> = drawn.isTold ? { "x-twilio-webhook-enabled": "true" } : {};
        sent.push(`${method} ${path} ${encoded(form)} ${Object.keys(headers)}`.slice(0, 1_000));
        const { status, body } = await fixture.send(
          method,
          path,
          method === "POST" ? form : undefined,
          headers,
        );
        const after = `after\n${sent.join("\n")}\n${status} ${JSON.stringify(body)}`;
        assert.ok(status < 500, after);
        if (status < 300) {
          assert.deepEqual(violations(method, template, status, body), [], after);
          reached.add(`${method} ${template}`);
        } else {
          assert.deepEqual(Object.keys(body).sort(), ["code", "message", "more_info", "status"], after);
          assert.equal(body.status, status, after);
        }
      }
    });
    await fc.assert(property, {
      numRuns: Math.ceil(runs / length),
      seed: Number(process.env["FUZZ_SEED"] ?? 4),
    });
    assert.equal((await fixture.send("GET", "/v1/Configuration")).status, 200);
    const missed = operations
      .map(({ method, template }) => `${method} ${template}`)
      .filter((name) => !reached.has(name));
    // Every operation of the document does its work at least once.
    if (runs >= 1_000) assert.deepEqual(missed, []);
  });

  const hostile: [string, string][] = [
    ["no HTTP at all", "\u0000\u0001\u0002\r\n\r\n"],
    ["a half request", "POST /v1/Conversations HTTP/1.1\r\nHost: x\r\nContent-Length: 50\r\n\r\nA=1"],
    ["a wrong length", "POST /v1/Conversations HTTP/1.1\r\nHost: x\r\nContent-Length: -1\r\n\r\n"],
    ["a huge header", `GET / HTTP/1.1\r\nHost: x\r\nX: ${"y".repeat(100_000)}\r\n\r\n`],
    ["a bad target", "GET http://[ HTTP/1.1\r\nHost: x\r\nConnection: close\r\n\r\n"],
    ["a bad escape", "GET /v1/Conversations/%zz HTTP/1.1\r\nHost: x\r\nConnection: close\r\n\r\n"],
    ["a bad host", "GET /v1/Conversations HTTP/1.1\r\nHost: <x>\r\nConnection: close\r\n\r\n"],
    ["a method of its own", "PURGE /_control/reset HTTP/1.1\r\nHost: x\r\nConnection: close\r\n\r\n"],
    ["an upgrade", "GET / HTTP/1.1\r\nHost: x\r\nConnection: Upgrade\r\nUpgrade: websocket\r\n\r\n"],
    ["a tunnel", "CONNECT example.com:443 HTTP/1.1\r\nHost: example.com\r\n\r\n"],
  ];
  for (const [what, bytes] of hostile) {
    it(`survives ${what}`, async () => {
      const { hostname, port } = new URL(fixture.simulator.url);
      await new Promise<void>((resolve) => {
        const socket = connect(Number(port), hostname, () => socket.write(bytes));
        socket.on("error", () => undefined);
        socket.on("data", () => undefined);
        socket.on("close", () => resolve());
        setTimeout(() => socket.destroy(), 100);
      });
      assert.equal((await fixture.send("GET", "/v1/Configuration")).status, 200);
    });
  }

  it("survives JSON, megabytes and nested seeds", async () => {
    const json = { "content-type": "application/json" };
    const api = await fixture.send("POST", "/v1/Conversations", undefined, json);
    assert.equal(api.status, 201);
    const url = `${fixture.simulator.url}/v1/Conversations`;
    const { accountSid, authToken } = fixture.simulator.account;
    const authorization = `Basic ${btoa(`${accountSid}:${authToken}`)}`;
    const asJson = await fetch(url, { method: "POST", headers: { ...json, authorization }, body: "{}" });
    assert.deepEqual([asJson.status, ((await asJson.json()) as { code: number }).code], [400, 20001]);
    const large = await fetch(url, {
      method: "POST",
      headers: { authorization },
      body: "x".repeat(5_000_000),
    });
    assert.equal(large.status, 413);
    const control = `${fixture.simulator.url}/_control/seed`;
    const body = JSON.stringify({
      conversations: [{ timers: { inactive: { a: [] } }, bindings: { email: [] } }],
    });
    assert.equal((await fetch(control, { method: "POST", headers: json, body })).status, 400);
  });
});
