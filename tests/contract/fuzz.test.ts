import assert from "node:assert/strict";
import { connect } from "node:net";
import fc from "fast-check";
import { Fixture } from "./client";
import { operations, resolved, type SpecOperation, violations } from "./openapi";

const runs = Number(process.env["FUZZ_RUNS"] ?? 1_000);

/** Values that mean something somewhere, so that the requests get beyond the first check. */
const telling = [
  "eu",
  "ann",
  "",
  "null",
  "active",
  "inactive",
  "closed",
  "true",
  "PT1M",
  "PT10M",
  "{}",
  '{"identity":"bob"}',
  "+15558675310",
  "+15017122661",
  "whatsapp:+15558675310",
  "onMessageAdded",
  "https://example.com/",
  "sendMessage",
  "conversation",
  "service",
  "webhook",
  "trigger",
  "studio",
  "2020-01-01T00:00:00Z",
  "0",
  "__proto__",
  "constructor",
];

function operationAt(place: number): SpecOperation {
  const operation = operations[place];
  assert.ok(operation);
  return operation;
}

function wellFormed(text: string): string {
  return Buffer.from(text).toString();
}

describe("simulator under random requests", () => {
  let fixture: Fixture;
  let sids: string[];
  before(async () => {
    fixture = await Fixture.start({ switches: { groupMms: true }, limits: { participants: 20 } });
  });
  after(() => fixture.close());
  beforeEach(() => {
    fixture.simulator.reset();
    fixture.simulator.seed({
      users: [{ identity: "eve" }],
      conversations: [{ uniqueName: "eu", participants: [{ identity: "ann" }] }, { uniqueName: "us" }],
      services: [{ friendlyName: "second", conversations: [{ uniqueName: "eu" }] }],
    });
    const { simulator } = fixture;
    const all = [simulator.conversations(), simulator.participants(), simulator.roles(), simulator.users()];
    sids = [...all.flat(), ...simulator.services()].map((row) => row.sid);
  });

  const value = (): fc.Arbitrary<string> =>
    fc.oneof(
      { weight: 4, arbitrary: fc.constantFrom(...telling) },
      { weight: 3, arbitrary: fc.constantFrom(...sids) },
      { weight: 1, arbitrary: fc.string({ unit: "binary", maxLength: 40 }) },
      { weight: 1, arbitrary: fc.json({ maxDepth: 2 }) },
      { weight: 1, arbitrary: fc.integer({ min: 1, max: 20_000 }).map((length) => "x".repeat(length)) },
    );

  const fieldsOf = ({
    requestSchema,
    requestFields,
  }: SpecOperation): fc.Arbitrary<Record<string, string[]>> => {
    const one = (name: string): fc.Arbitrary<string[]> => {
      const words = resolved(requestSchema?.["properties"])?.[name];
      const known = resolved(words)?.enum as string[] | undefined;
      const some = known ? fc.oneof(fc.constantFrom(...known), value()) : value();
      return fc.array(some, { minLength: 1, maxLength: words?.type === "array" ? 3 : 1 });
    };
    const entries = Object.fromEntries(requestFields.map((name) => [name, one(name)]));
    return fc.record(entries, { requiredKeys: [] }) as fc.Arbitrary<Record<string, string[]>>;
  };

  it(`answers ${runs} of them with what the document or Twilio's error body allows`, async function () {
    this.timeout(120_000);
    const request = fc.nat({ max: operations.length - 1 }).chain((place) =>
      fc.record({
        place: fc.constant(place),
        parameters: fc.array(value(), { minLength: 4, maxLength: 4 }),
        form: fieldsOf(operationAt(place)),
        query: fc.oneof(
          { weight: 3, arbitrary: fc.constant("") },
          fc.string({ maxLength: 20 }).map((text) => `?PageToken=${encodeURIComponent(wellFormed(text))}`),
        ),
      }),
    );
    const property = fc.asyncProperty(request, async ({ place, parameters, form, query }) => {
      const { method, template } = operationAt(place);
      let index = 0;
      const path = template.replace(/\{\w+\}/g, () =>
        encodeURIComponent(wellFormed(parameters[index++] ?? "")),
      );
      const { status, body } = await fixture.send(method, path + query, method === "POST" ? form : undefined);
      assert.ok(status < 500, `${method} ${path}: ${status} ${JSON.stringify(body)}`);
      if (status < 300) assert.deepEqual(violations(method, template, status, body), []);
      else assert.deepEqual(Object.keys(body).sort(), ["code", "message", "more_info", "status"]);
    });
    await fc.assert(property, {
      numRuns: runs,
      seed: Number(process.env["FUZZ_SEED"] ?? 4),
      endOnFailure: false,
    });
    assert.equal((await fixture.send("GET", "/v1/Configuration")).status, 200);
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
