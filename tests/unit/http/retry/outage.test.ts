import { deepEqual, equal, ok } from "node:assert/strict";
import { isOutcomeUnknown, TimeoutError } from "../../../../provider/http/errors";
import type { ApiRequest } from "../../../../provider/http/request";
import { inTurns } from "../../../support/in-turns";
import {
  clientOf,
  conversation,
  create,
  failureOf,
  read,
  sendError,
  sendJson,
  startServer,
  stopAll,
} from "../server";

/** The defaults (250 ms, 20 s, a deadline of 120 s), made 100 times faster. */
const fast = { backoff: { baseMs: 2.5, capMs: 200 }, timeoutMs: 1200 };
const pause = (ms: number) => new Promise((resolve) => setTimeout(resolve, ms));
const object = (index: number) => `${conversation}/Participants/MB${index}`;

describe("http: a dead API", () => {
  afterEach(stopAll);

  const mixes: Record<string, (index: number) => ApiRequest> = {
    reads: (index) => read(object(index)),
    "creates and reads": (index) => (index % 2 === 0 ? create() : read(object(index))),
  };
  for (const [mix, request] of Object.entries(mixes)) {
    it(`costs at most 1.2 attempts for each of 30 ${mix}, 8 at a time`, async () => {
      const server = await startServer((_, response) => sendError(response, 503, 20503));
      const client = clientOf(server.origin, fast);
      const startedAtMs: number[] = [];
      const jobs = Array.from({ length: 30 }, (_, index) => async () => {
        startedAtMs[index] = performance.now();
        const error = await failureOf(client.request(request(index)));
        return { error, tookMs: performance.now() - (startedAtMs[index] ?? 0) };
      });
      const outcomes = await inTurns(jobs, 8);
      ok(server.seen.length <= 36, `${server.seen.length} attempts`);
      for (const outcome of outcomes) {
        ok(outcome.status === "fulfilled");
        ok(outcome.value.tookMs < fast.timeoutMs + 1000, `${outcome.value.tookMs}`);
        ok(
          /answered 503 \(Twilio error 20503/.test(outcome.value.error.message),
          outcome.value.error.message,
        );
        ok(!/circuit/i.test(outcome.value.error.message));
      }
    });
  }

  it("fails creates that were never sent as surely not done", async () => {
    const server = await startServer((_, response) => sendError(response, 503, 20503));
    const client = clientOf(server.origin, { ...fast, timeoutMs: 200 });
    const jobs = Array.from({ length: 30 }, (_, index) => async () => {
      const path = `/v1/Conversations/CH${index}/Participants`;
      const error = await failureOf(client.request(create(path)));
      return { path, isUnknown: isOutcomeUnknown(error) };
    });
    const outcomes = await Promise.all(jobs.map((job) => job()));
    const sent = new Set(server.seen.map(({ url }) => url));
    ok(outcomes.every(({ path, isUnknown }) => isUnknown || !sent.has(path)));
    ok(outcomes.filter(({ isUnknown }) => !isUnknown).length >= 5);
  });

  it("is survived without an error when it comes back after 3 seconds", async () => {
    const backAtMs = performance.now() + 300;
    const server = await startServer((_, response) =>
      performance.now() < backAtMs
        ? sendError(response, 503, 20503)
        : sendJson(response, 200, { sid: "MB1" }),
    );
    const client = clientOf(server.origin, { backoff: { baseMs: 25, capMs: 2000 }, timeoutMs: 12_000 });
    const jobs = Array.from({ length: 60 }, (_, index) => () => client.request(read(object(index))));
    const outcomes = await inTurns(jobs, 8);
    deepEqual([...new Set(outcomes.map(({ status }) => status))], ["fulfilled"]);
    const during = server.seen.filter(({ atMs }) => atMs < backAtMs).length;
    ok(during <= 8 + 8, `${during} attempts while it was away`);
  });

  it("is survived when connections are refused meanwhile, by creates too", async () => {
    const gone = await startServer(() => undefined);
    await gone.stop();
    const client = clientOf(gone.origin, { backoff: { baseMs: 25, capMs: 2000 }, timeoutMs: 12_000 });
    const pending = inTurns(
      Array.from({ length: 30 }, () => () => client.request(create())),
      8,
    );
    await pause(300);
    const back = await startServer((_, response) => sendJson(response, 201, { sid: "MB1" }), gone.port);
    const outcomes = await pending;
    deepEqual([...new Set(outcomes.map(({ status }) => status))], ["fulfilled"]);
    equal(back.seen.length, 30);
  });

  it("holds creates back meanwhile, instead of making their outcome unknown", async () => {
    let isDown = true;
    const server = await startServer((_, response) =>
      isDown ? sendError(response, 503, 20503) : sendJson(response, 200, {}),
    );
    // A create offers itself as a probe two bases after the reads, which a loaded machine must not make up for.
    const client = clientOf(server.origin, { backoff: { baseMs: 200, capMs: 1000 }, random: () => 0 });
    const reads = Array.from({ length: 8 }, (_, index) => client.request(read(object(index))));
    while (server.seen.length < 8) await pause(1);
    await pause(30);
    const creates = Array.from({ length: 8 }, () => client.request(create()));
    while (server.seen.length < 10) await pause(1);
    isDown = false;
    await Promise.all([...reads, ...creates]);
    equal(server.seen.filter(({ method }) => method === "POST").length, 8);
  });
});

describe("http: one poisoned request", () => {
  afterEach(stopAll);

  const startPoisoned = () =>
    startServer((seen, response) =>
      seen.url.includes("poison") ? sendError(response, 500, 20500) : sendJson(response, 200, {}),
    );

  it("does not hold the others up, however often it fails", async () => {
    const server = await startPoisoned();
    const client = clientOf(server.origin, {
      timeoutMs: 1000,
      backoff: { baseMs: 20, capMs: 2000 },
      random: () => 0,
    });
    const poison = failureOf(client.request(read(`${conversation}/Participants/poison`)));
    for (let waitedMs = 0; waitedMs < 700 && server.seen.length < 20; waitedMs += 10) await pause(10);
    ok(server.seen.length >= 20, "the circuit is not open, however often it fails");
    const startedAtMs = performance.now();
    await Promise.all(Array.from({ length: 20 }, (_, index) => client.request(read(object(index)))));
    // An open circuit would have kept them for longer than their time.
    ok(performance.now() - startedAtMs < 900);
    const error = await poison;
    ok(error instanceof TimeoutError);
    ok(error.message.includes("the last attempt answered 500"), error.message);
  });

  it("does not take the probe from a request that has not failed", async () => {
    const server = await startPoisoned();
    const client = clientOf(server.origin, { timeoutMs: 2000, backoff: { baseMs: 5, capMs: 200 } });
    const poisons = [1, 2, 3].map((index) =>
      failureOf(client.request(read(`${conversation}/Participants/poison${index}`))),
    );
    await pause(150);
    const startedAtMs = performance.now();
    await client.request(read());
    ok(performance.now() - startedAtMs < 1.5 * 200 * 1.2 + 50);
    client.close();
    await Promise.all(poisons);
  });
});
