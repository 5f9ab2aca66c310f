import { deepEqual, equal, ok } from "node:assert/strict";
import { CancelledError, isOutcomeUnknown, TimeoutError } from "../../../provider/http/errors";
import { Slots } from "../../../provider/http/pacing/slots";
import {
  clientOf,
  conversation,
  create,
  failureOf,
  read,
  type Seen,
  sendError,
  sendJson,
  startServer,
  stopAll,
} from "./server";

const pause = (ms: number) => new Promise((resolve) => setTimeout(resolve, ms));
const never = new AbortController().signal;

describe("http: writes per second", () => {
  afterEach(stopAll);

  it("stay within the limit of a conversation, and hold nothing else up", async () => {
    const server = await startServer((_, response) => sendJson(response, 200, {}));
    const client = clientOf(server.origin, { writesPerSecond: 10, concurrency: 1 });
    const writes = Promise.all(Array.from({ length: 15 }, () => client.request(create())));
    while (server.seen.length < 10) await pause(1);
    const others = [
      ...Array.from({ length: 20 }, () => client.request(read())),
      client.request(create("/v1/Conversations/CH00000000000000000000000000000002/Participants")),
    ];
    await Promise.all([writes, ...others]);
    const isLimited = ({ url }: Seen) => url === `${conversation}/Participants`;
    const [first, ...times] = server.seen.filter(isLimited).map(({ atMs }) => atMs);
    const eleventh = times[9] ?? 0;
    equal(times.length, 14);
    ok(eleventh - (first ?? 0) > 900, `${eleventh - (first ?? 0)}`);
    ok(
      server.seen.every((seen) => isLimited(seen) || seen.atMs < eleventh),
      "reads and other conversations do not wait",
    );
  });

  it("are not limited when that is switched off", async () => {
    const server = await startServer((_, response) => sendJson(response, 200, {}));
    const client = clientOf(server.origin, { writesPerSecond: 0 });
    const startedAtMs = performance.now();
    await Promise.all(Array.from({ length: 90 }, () => client.request(create())));
    ok(performance.now() - startedAtMs < 2000);
  });
});

describe("http: requests in flight", () => {
  afterEach(stopAll);

  it("never goes over the ceiling, and reaches it", async () => {
    let inFlight = 0;
    const levels: number[] = [];
    const server = await startServer(async (_, response) => {
      inFlight += 1;
      levels.push(inFlight);
      await pause(10);
      inFlight -= 1;
      sendJson(response, 200, {});
    });
    const client = clientOf(server.origin, { concurrency: 4 });
    await Promise.all(Array.from({ length: 40 }, () => client.request(read())));
    equal(Math.max(...levels), 4);
  });

  it("holds no slot while it waits for a retry", async () => {
    const server = await startServer(({ url }, response) =>
      url.endsWith("/slow") ? sendError(response, 503, 20503) : sendJson(response, 200, {}),
    );
    const client = clientOf(server.origin, {
      concurrency: 1,
      backoff: { baseMs: 400, capMs: 400 },
      random: () => 1,
    });
    const slow = failureOf(client.request(read(`${conversation}/slow`)));
    while (server.seen.length === 0) await pause(1);
    const startedAtMs = performance.now();
    await client.request(read());
    ok(performance.now() - startedAtMs < 200);
    client.close();
    await slow;
  });

  it("goes on with half as many after a throttled burst, and grows back", async () => {
    const slots = new Slots(10);
    slots.throttled(1, 5);
    slots.throttled(2, 6);
    equal(slots.size, 5);
    slots.throttled(7, 8);
    equal(slots.size, 2);
    slots.throttled(9, 10);
    slots.throttled(11, 12);
    equal(slots.size, 1);
    const sizes = Array.from({ length: 200 }, () => {
      slots.answered();
      return slots.size;
    });
    deepEqual([sizes[18], sizes[19], sizes[179], sizes[199]], [1, 2, 10, 10]);
  });

  it("halves on Twilio's 429", async () => {
    let inFlight = 0;
    const levels: number[] = [];
    const server = await startServer(async ({ number }, response) => {
      inFlight += 1;
      if (number > 8) levels.push(inFlight);
      await pause(10);
      inFlight -= 1;
      if (number <= 8) sendError(response, 429, 20429);
      else sendJson(response, 200, {});
    });
    const client = clientOf(server.origin, { concurrency: 8 });
    await Promise.all(Array.from({ length: 24 }, () => client.request(read())));
    ok(Math.max(...levels) <= 5, `${Math.max(...levels)} in flight`);
  });

  it("gives a slot back that nobody waits for any more", async () => {
    const slots = new Slots(1);
    const release = await slots.acquire(never);
    const leaving = new AbortController();
    const abandoned = failureOf(slots.acquire(leaving.signal));
    leaving.abort();
    await abandoned;
    release();
    await slots.acquire(never);
  });
});

describe("http: deadlines", () => {
  afterEach(stopAll);

  it("ends a request that gets no answer, with its outcome unknown", async () => {
    const server = await startServer(() => undefined);
    const startedAtMs = performance.now();
    const error = await failureOf(clientOf(server.origin, { timeoutMs: 100 }).request(create()));
    ok(performance.now() - startedAtMs < 250);
    ok(error instanceof TimeoutError && error.sent);
    equal(isOutcomeUnknown(error), true);
    ok(error.message.includes("gave up after 0.1 s: no answer came"), error.message);
  });

  it("counts the wait for the writes per second", async () => {
    const server = await startServer((_, response) => sendJson(response, 200, {}));
    const client = clientOf(server.origin, { timeoutMs: 80, writesPerSecond: 1 });
    const [, second] = await Promise.allSettled([client.request(create()), client.request(create())]);
    ok(second?.status === "rejected" && second.reason instanceof TimeoutError && !second.reason.sent);
    equal(isOutcomeUnknown(second.reason), false);
    ok(second.reason.message.includes("waiting for its turn"), second.reason.message);
    equal(server.seen.length, 1);
  });

  it("ends when the caller cancels, in flight or in line", async () => {
    const server = await startServer(() => undefined);
    const client = clientOf(server.origin, { concurrency: 1 });
    const cancel = new AbortController();
    const both = Promise.all([
      failureOf(client.request(create(), cancel.signal)),
      failureOf(client.request(create(), cancel.signal)),
    ]);
    while (server.seen.length === 0) await pause(1);
    cancel.abort();
    const [sent, waiting] = await both;
    ok(sent instanceof CancelledError && sent.sent);
    ok(waiting instanceof CancelledError && !waiting.sent);
  });

  it("ends when the client is closed, and sends nothing afterwards", async () => {
    const server = await startServer(() => undefined);
    const client = clientOf(server.origin);
    const open = failureOf(client.request(read()));
    while (server.seen.length === 0) await pause(1);
    client.close();
    ok((await open) instanceof CancelledError);
    ok((await failureOf(client.request(read()))) instanceof CancelledError);
    equal(server.seen.length, 1);
  });

  it("leaves no timer behind that keeps the process alive", async () => {
    const server = await startServer((_, response) =>
      sendError(response, 429, 20429, { "retry-after": "60" }),
    );
    await failureOf(clientOf(server.origin, { timeoutMs: 50 }).request(read()));
    equal(process.getActiveResourcesInfo().filter((kind) => kind === "Timeout").length <= 2, true);
  });
});
