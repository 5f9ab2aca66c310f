import assert from "node:assert/strict";
import { once } from "node:events";
import { createServer, type RequestListener } from "node:http";
import { type AddressInfo, createServer as createTcpServer } from "node:net";
import { createGzip } from "node:zlib";
import { seededRandom } from "../../../../simulator/random";
import { measured, seed, sized } from "../../../support/soak";
import { MeasuredSimulator, type Sent } from "./measured-simulator";

const MOST_MB = 200;
const MiB = 1024 * 1024;
const BODY_BYTES = 4 * MiB;
const CONNECTIONS = 16;
const REQUESTS = sized({ short: 160, full: 10_000 });
const EVENTS = sized({ short: 24, full: 2_000 });
const READINGS = sized({ short: 16, full: 200 });
/** So many fill the log of requests. */
const LOGGED = sized({ short: 350, full: 1_000 });

const FORM = { "content-type": "application/x-www-form-urlencoded" };
const JSON_TYPE = { "content-type": "application/json" };

/** Each made once. */
const field = filled(BODY_BYTES, "FriendlyName=", "x");
const fields = filled(BODY_BYTES, "", "a=&");
const longestField = filled(MiB, "FriendlyName=", "x");
const longestFields = filled(MiB, "", "a=&");
const brackets = filled(BODY_BYTES, "", "[");
const longestBrackets = filled(MiB, "", "[");

function filled(bytes: number, start: string, repeated: string): Buffer {
  return Buffer.from(start + repeated.repeat((bytes - start.length) / repeated.length));
}

interface Hostile extends Sent {
  readonly status: number;
  readonly hasLogin?: true;
}

const path = "/v1/Conversations";
const foreign = { origin: "https://evil.example" };
const hostile: Record<string, Hostile> = {
  "no login": { path, headers: FORM, body: field, status: 401 },
  "no login, many fields": { path, headers: FORM, body: fields, status: 401 },
  "a wrong login": { path, headers: { ...FORM, authorization: "Basic QTpC" }, body: field, status: 401 },
  "another site's page": { path, headers: { ...FORM, ...foreign }, hasLogin: true, body: field, status: 403 },
  "a foreign name": { path, headers: { host: "evil.example" }, hasLogin: true, body: field, status: 403 },
  "a long path": { path: `${path}/${"x".repeat(15_000)}`, headers: FORM, body: field, status: 401 },
  "a long header": { path, headers: { ...FORM, x: "é".repeat(15_000) }, body: field, status: 401 },
  "a field too long": { path, headers: FORM, hasLogin: true, body: field, status: 413 },
  "a million fields": { path, headers: FORM, hasLogin: true, body: fields, status: 413 },
  "the longest field": { path, headers: FORM, hasLogin: true, body: longestField, status: 400 },
  "the most fields": { path, headers: FORM, hasLogin: true, body: longestFields, status: 400 },
  "control of nothing": { path: "/_control/nothing", headers: JSON_TYPE, body: brackets, status: 404 },
  "control by a form": { path: "/_control/reset", headers: FORM, body: field, status: 415 },
  "control by long JSON": { path: "/_control/seed", headers: JSON_TYPE, body: brackets, status: 413 },
  "control by deep JSON": { path: "/_control/seed", headers: JSON_TYPE, body: longestBrackets, status: 400 },
};

describe("A simulator's memory", () => {
  let simulator: MeasuredSimulator;
  beforeEach(async () => {
    simulator = await MeasuredSimulator.start(CONNECTIONS);
  });
  afterEach(() => simulator.stop());

  const program = (more: Partial<Sent> = {}): Promise<number> =>
    simulator.send({ path, ...more, headers: { ...FORM, ...more.headers, authorization: simulator.login } });

  async function stays(what: string): Promise<void> {
    const peakMb = await simulator.peakMb();
    measured(`memory of the simulator: ${what}`, `${peakMb} MB at most`);
    assert.ok(peakMb < MOST_MB, `${peakMb} MB`);
    assert.equal(await program({ method: "GET" }), 200);
  }

  /** So many at once as there are connections. */
  async function sendAll(kinds: readonly Hostile[]): Promise<void> {
    const left = [...kinds];
    const one = async (): Promise<void> => {
      for (let sent = left.pop(); sent !== undefined; sent = left.pop()) {
        const authorization = sent.hasLogin ? { authorization: simulator.login } : {};
        const status = await simulator.send({ ...sent, headers: { ...sent.headers, ...authorization } });
        // So it answers what there is no room for beside the others.
        if (status !== 503) assert.equal(status, sent.status, sent.path.slice(0, 80));
      }
    };
    await Promise.all(Array.from({ length: CONNECTIONS }, one));
  }

  it(`stays below ${MOST_MB} MB under ${REQUESTS} hostile requests of 4 MiB without a login`, async () => {
    await sendAll(Array.from({ length: REQUESTS }, () => hostile["no login"] as Hostile));
    await stays(`${REQUESTS} posts of 4 MiB without a login`);
  });

  it(`stays below ${MOST_MB} MB under ${REQUESTS} hostile requests of 4 MiB of every kind`, async () => {
    const random = seededRandom(seed);
    const kinds = Object.values(hostile);
    const chosen = () => kinds[Math.floor(random() * kinds.length)] as Hostile;
    await sendAll(Array.from({ length: REQUESTS }, chosen));
    await stays(`${REQUESTS} requests of 4 MiB of ${kinds.length} kinds, seed ${seed}`);
  });

  it(`stays below ${MOST_MB} MB under ${READINGS} readers of all that it has logged`, async () => {
    const body = filled(100 * 1024, "FriendlyName=", "x");
    const logged = { path, headers: FORM, hasLogin: true, body, status: 400 } as const;
    await sendAll(Array.from({ length: LOGGED }, () => logged));
    const reading = { method: "GET", path: "/_control/requests", status: 200 };
    await sendAll(Array.from({ length: READINGS }, () => reading));
    await stays(`${READINGS} readings of a full log, ${CONNECTIONS} at once`);
  });

  it("waits 5 s and no longer for a receiver that never comes to its answer", async () => {
    const early = `HTTP/1.1 103 Early Hints\r\nLink: ${"a".repeat(8_000)}\r\n\r\n`;
    const receiver = createTcpServer((socket) => {
      const go = (): void => {
        while (!socket.destroyed && socket.write(early));
      };
      socket.on("error", () => {}).on("drain", go);
      socket.once("data", go);
    }).listen(0, "127.0.0.1");
    await once(receiver, "listening");
    try {
      const url = `http://127.0.0.1:${(receiver.address() as AddressInfo).port}/`;
      const body = `PreWebhookUrl=${url}&Filters=onConversationAdd`;
      assert.equal(await program({ path: "/v1/Configuration/Webhooks", body }), 200);
      const headers = { "x-twilio-webhook-enabled": "true" };
      const sinceMs = performance.now();
      const statuses = await Promise.all(Array.from({ length: 4 }, () => program({ headers })));
      const tookMs = performance.now() - sinceMs;
      assert.deepEqual(statuses, [201, 201, 201, 201]);
      assert.ok(tookMs > 4_900 && tookMs < 15_000, `${tookMs} ms`);
      await stays("a receiver that never comes to its answer");
    } finally {
      receiver.close();
    }
  });

  const endless: Record<string, RequestListener> = {
    "never stops sending": (_request, response) => {
      const chunk = Buffer.alloc(1024 * 1024, "x");
      const go = (): void => {
        while (!response.destroyed && response.write(chunk));
      };
      response.on("drain", go);
      go();
    },
    "never stops sending what grows": (_request, response) => {
      response.setHeader("content-encoding", "gzip");
      const packed = createGzip();
      packed.pipe(response);
      const chunk = Buffer.alloc(1024 * 1024, " ");
      const go = (): void => {
        while (!response.destroyed && packed.write(chunk));
      };
      packed.on("drain", go);
      go();
    },
  };
  for (const [what, listener] of Object.entries(endless))
    it(`stays below ${MOST_MB} MB under a receiver that ${what}`, async () => {
      const receiver = createServer(listener).listen(0, "127.0.0.1");
      await once(receiver, "listening");
      try {
        const url = `http://127.0.0.1:${(receiver.address() as AddressInfo).port}/`;
        const filters = ["onConversationAdd", "onConversationAdded"].map((name) => `&Filters=${name}`);
        const body = `PreWebhookUrl=${url}&PostWebhookUrl=${url}${filters.join("")}`;
        assert.equal(await program({ path: "/v1/Configuration/Webhooks", body }), 200);
        const headers = { "x-twilio-webhook-enabled": "true" };
        for (let event = 0; event < EVENTS; event++) assert.equal(await program({ headers }), 201);
        await stays(`${EVENTS} webhooks to a receiver that ${what}`);
      } finally {
        receiver.closeAllConnections();
        receiver.close();
      }
    });
});
