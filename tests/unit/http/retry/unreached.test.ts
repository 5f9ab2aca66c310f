import { deepEqual, equal, match, ok } from "node:assert/strict";
import { once } from "node:events";
import { type AddressInfo, createServer, type Server, type Socket } from "node:net";
import { isOutcomeUnknown, NetworkError } from "../../../../provider/http/errors";
import { inTurns } from "../../../support/in-turns";
import { QuickClock } from "../../../support/quick-clock";
import { clientOf, create, failureOf, read, sendJson, startServer, stopAll } from "../server";

/** As in the product. */
const real = { backoff: { baseMs: 250, capMs: 20_000 }, timeoutMs: 120_000 };

describe("http: a host that is not reached", () => {
  let clock: QuickClock;
  let proxy: Server | undefined;
  const sockets: Socket[] = [];
  beforeEach(() => {
    clock = new QuickClock();
  });
  afterEach(() => {
    clock.stop();
    stopAll();
    proxy?.close();
    for (const socket of sockets.splice(0)) socket.destroy();
  });

  const closedPort = async () => {
    const server = await startServer(() => undefined);
    await server.stop();
    return server;
  };

  it("is given up within seconds where nothing listens, with the settings to check", async () => {
    const { origin, port } = await closedPort();
    const error = await failureOf(clientOf(origin, { ...real, clock }).request(create()));
    ok(error instanceof NetworkError && !error.sent && !isOutcomeUnknown(error));
    match(error.message, new RegExp(`was refused a connection \\(ECONNREFUSED, 127.0.0.1:${port}\\)`));
    match(error.message, /twilio:region, twilio:edge or twilio:baseUrl/);
    ok(clock.nowMs() < 30_000, `${clock.nowMs()}`);
  });

  it("says where the address was set, and to start the simulator where it is on this machine", async () => {
    const { origin, port } = await closedPort();
    for (const addressName of ["TWILIO_CONVERSATIONS_URL", "twilio:baseUrl"]) {
      const error = await failureOf(clientOf(origin, { ...real, clock, addressName }).request(create()));
      match(error.message, new RegExp(`start the simulator there .*simulator --port ${port}`));
      ok(error.message.endsWith(`or else set ${addressName} to its address.`), error.message);
      ok(!error.message.includes("twilio:region"), error.message);
    }
    const addressName = "TWILIO_CONVERSATIONS_URL";
    const elsewhere = clientOf("https://conversations.us9.twilio.invalid", { ...real, clock, addressName });
    const { message } = await failureOf(elsewhere.request(read()));
    ok(message.endsWith("the proxy (HTTPS_PROXY, NO_PROXY), and TWILIO_CONVERSATIONS_URL."), message);
  });

  it("is named by its setting where something else than Twilio answers", async () => {
    const addressName = "TWILIO_CONVERSATIONS_URL";
    const endings: [number, string][] = [
      [302, ""],
      [404, ""],
      [200, "<html>"],
    ];
    for (const [status, body] of endings) {
      const server = await startServer((_, response) => void response.writeHead(status).end(body));
      const { message } = await failureOf(clientOf(server.origin, { clock, addressName }).request(create()));
      match(message, /[Cc]heck TWILIO_CONVERSATIONS_URL and the proxy/, `${status}`);
    }
  });

  it("is given up soon after ten seconds, whatever the waits are by chance", async () => {
    const { origin } = await closedPort();
    const tookMs = await Promise.all(
      [0.3, 0.4, 0.5, 0.6, 0.7, 0.8, 0.9].map(async (chance) => {
        await failureOf(clientOf(origin, { ...real, clock, random: () => chance }).request(create()));
        return clock.nowMs();
      }),
    );
    ok(Math.min(...tookMs) > 10_000 && Math.max(...tookMs) < 13_000, tookMs.join());
  });

  it("is given up within seconds where the name does not exist", async () => {
    const client = clientOf("https://conversations.us9.twilio.invalid", { ...real, clock });
    const error = await failureOf(client.request(read()));
    match(error.message, /\((ENOTFOUND|EAI_AGAIN), conversations\.us9\.twilio\.invalid\)/);
    if (/ENOTFOUND/.test(error.message)) ok(clock.nowMs() < 30_000, `${clock.nowMs()}`);
  });

  it("costs 1.2 attempts for each of 50 requests at most, 8 at a time, and no more time than one", async () => {
    const { origin } = await closedPort();
    let attempts = 0;
    const client = clientOf(origin, {
      ...real,
      clock,
      // Drawn once for each wait after an attempt, and for each probe.
      random: () => {
        attempts += 1;
        return Math.random();
      },
    });
    const jobs = Array.from({ length: 50 }, () => () => client.request(create()));
    const outcomes = await inTurns(jobs, 8);
    const errors = outcomes.map((outcome) => (outcome.status === "rejected" ? outcome.reason : undefined));
    for (const error of errors) ok(error instanceof NetworkError && !error.sent, String(error));
    ok(attempts <= 60, `${attempts}`);
    ok(clock.nowMs() < 13_000, `${clock.nowMs()}`);
  });

  it("is no reason to give up what was refused for some seconds only", async () => {
    const { origin, port } = await closedPort();
    const pending = clientOf(origin, { ...real, clock }).request(create());
    await clock.sleep(5_000);
    await startServer((_, response) => sendJson(response, 201, { sid: "MB1" }), port);
    equal((await pending).body["sid"], "MB1");
  });

  it("has been sent nothing, wherever between its attempts the deadline comes", async () => {
    const { origin } = await closedPort();
    const errors = await Promise.all(
      Array.from({ length: 40 }, (_, index) =>
        failureOf(
          clientOf(origin, { backoff: { baseMs: 1, capMs: 1 }, timeoutMs: index / 10 }).request(create()),
        ),
      ),
    );
    deepEqual(errors.filter(isOutcomeUnknown), []);
  });

  /** A proxy that takes the connection, and never makes the one that it is asked for. */
  const deadEnd = async () => {
    proxy = createServer((socket) => void sockets.push(socket)).listen(0, "127.0.0.1");
    await once(proxy, "listening");
    return { HTTPS_PROXY: `http://127.0.0.1:${(proxy.address() as AddressInfo).port}` };
  };

  it("costs no more time than one request where connections are never made", async () => {
    const settings = { ...real, clock, proxyEnv: await deadEnd() };
    const client = clientOf("https://conversations.twilio.invalid", settings);
    await inTurns(
      Array.from({ length: 24 }, () => () => client.request(create())),
      8,
    );
    ok(clock.nowMs() < 125_000, `${clock.nowMs()}`);
  });

  it("has been sent nothing while the connection is being made", async () => {
    const client = clientOf("https://conversations.twilio.invalid", {
      timeoutMs: 200,
      attemptTimeoutMs: 60,
      proxyEnv: await deadEnd(),
    });
    const error = await failureOf(client.request(create()));
    ok(error instanceof NetworkError && !error.sent && !isOutcomeUnknown(error), String(error));
    match(error.message, /gave up after 0\.2 s: the last attempt found no connection within 0\.1 s/);
    ok(sockets.length > 1, "a create that never left may be tried again");
  });

  it("may have been sent all once a connection stands", async () => {
    const server = await startServer(({ number }, response) => {
      if (number === 1) sendJson(response, 200, {});
    });
    const client = clientOf(server.origin, { timeoutMs: 100 });
    await client.request(read());
    ok(isOutcomeUnknown(await failureOf(client.request(create()))), "over a connection used before");
    const other = clientOf(server.origin, { timeoutMs: 100 });
    ok(isOutcomeUnknown(await failureOf(other.request(create()))), "over a new one");
  });
});
