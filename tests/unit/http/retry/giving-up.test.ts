import { deepEqual, equal, match, ok } from "node:assert/strict";
import type { ServerResponse } from "node:http";
import type { TwilioClient } from "../../../../provider/http/client";
import { ApiError } from "../../../../provider/http/errors";
import { inTurns } from "../../../support/in-turns";
import { QuickClock } from "../../../support/quick-clock";
import { clientOf, create, failureOf, read, sendError, sendJson, stopAll } from "../server";
import { type Answering, ShakyServer } from "../shaky-server";

const DEADLINE_MS = 120_000;

describe("http: giving up for others", () => {
  let clock: QuickClock;
  let server: ShakyServer | undefined;
  beforeEach(() => {
    clock = new QuickClock();
  });
  afterEach(() => {
    clock.stop();
    stopAll();
    server?.stop();
  });

  /** As in the product. */
  const clientAt = ({ origin }: ShakyServer): TwilioClient =>
    clientOf(origin, {
      backoff: { baseMs: 250, capMs: 20_000 },
      timeoutMs: DEADLINE_MS,
      clock,
    });
  const start = async (answering: Answering) => {
    server = await ShakyServer.start(answering);
    return server;
  };
  const isWell = (response: ServerResponse) => sendJson(response, 200, {});
  const object = (name: number | string) => read(`/v1/Users/${name}`);

  it("is not for a request that was answered in the middle of a restart", async () => {
    const waiting: ServerResponse[] = [];
    const shaky = await start((path, _, response) =>
      path.endsWith("/slow") ? void waiting.push(response) : isWell(response),
    );
    const client = clientAt(shaky);
    const slow = failureOf(client.request(object("slow")));
    while (waiting.length === 0) await clock.sleep(100);
    shaky.refuse();
    const others = Promise.allSettled([1, 2, 3, 4, 5, 6].map((name) => client.request(object(name))));
    await clock.sleep(800);
    for (const response of waiting) sendError(response, 404, 20404);
    ok((await slow) instanceof ApiError);
    await clock.sleep(800);
    await shaky.listen();
    deepEqual(
      (await others).map(({ status }) => status),
      Array(6).fill("fulfilled"),
    );
  });

  it("counts the ten seconds in which nobody is there from when nobody was", async () => {
    const shaky = await start((_, time, response) =>
      time === 1 ? sendError(response, 429, 20429, { "retry-after": "15" }) : isWell(response),
    );
    const client = clientAt(shaky);
    const patient = client.request(create());
    await clock.sleep(14_000);
    shaky.refuse({ isCutting: true });
    await clock.sleep(4_000);
    await shaky.listen();
    await patient;
  });

  for (const poisons of [2, 20])
    it(`is not because of ${poisons} objects that always answer 500`, async () => {
      const shaky = await start((path, _, response) =>
        path.includes("poison") ? sendError(response, 500, 20500) : isWell(response),
      );
      const client = clientAt(shaky);
      const poisoned = Array.from({ length: poisons }, (_, index) =>
        failureOf(client.request(object(`poison-${index}`))),
      );
      await clock.sleep(DEADLINE_MS - 1_000);
      const early = Array.from({ length: 4 }, (_, name) => client.request(object(name)));
      for (const error of await Promise.all(poisoned)) match(error.message, /gave up after 120 s/);
      const late = Array.from({ length: 4 }, (_, name) => client.request(object(`late-${name}`)));
      await Promise.all([...early, ...late, client.request(create())]);
    });

  it("is not because of one object that always answered 500 while nothing else was asked", async () => {
    const shaky = await start((path, _, response) =>
      path.includes("poison") ? sendError(response, 500, 20500) : isWell(response),
    );
    const client = clientAt(shaky);
    await failureOf(client.request(object("poison-1")));
    // It is the second one that opens the circuit, and no probe has been due yet.
    const second = [2, 3].map((number) => failureOf(client.request(object(`poison-${number}`))));
    while ((shaky.times.get("/v1/Users/poison-2") ?? 0) < 1) await clock.sleep(100);
    await clock.sleep(200);
    await Promise.all(Array.from({ length: 4 }, (_, name) => client.request(object(name))));
    client.close();
    await Promise.all(second);
  });

  it("lets an innocent create be the probe before its time is up, whatever else fails", async () => {
    const shaky = await start((path, _, response) =>
      path.includes("poison") ? sendError(response, 500, 20500) : isWell(response),
    );
    const client = clientAt(shaky);
    let count = 0;
    let isOver = false;
    const worker = async () => {
      while (!isOver) {
        count += 1;
        await failureOf(client.request(object(`poison-${count}`)));
      }
    };
    const workers = Promise.all(Array.from({ length: 7 }, worker));
    await clock.sleep(DEADLINE_MS - 20_000);
    await client.request(create()).finally(() => {
      isOver = true;
      client.close();
    });
    await workers;
  });

  it("is for all once many requests have failed for the time of one and none was answered", async () => {
    const shaky = await start((_, __, response) => sendError(response, 503, 20503));
    const client = clientAt(shaky);
    const jobs = Array.from({ length: 100 }, (_, name) => () => client.request(object(name)));
    const outcomes = await inTurns(jobs, 8);
    equal(outcomes.filter(({ status }) => status === "rejected").length, 100);
    ok(clock.nowMs() < DEADLINE_MS + 5_000, `${clock.nowMs()}`);
    ok([...shaky.times.values()].reduce((sum, times) => sum + times, 0) <= 25);
  });

  it("ends with any answer, a refusal too", async () => {
    let isDown = true;
    const shaky = await start((_, __, response) =>
      isDown ? sendError(response, 503, 20503) : sendError(response, 404, 20404),
    );
    const client = clientAt(shaky);
    await Promise.all(Array.from({ length: 10 }, (_, name) => failureOf(client.request(object(name)))));
    match((await failureOf(client.request(object("early")))).message, /was not sent, because the API/);
    isDown = false;
    await clock.sleep(40_000);
    for (const name of ["probe", "other"])
      match((await failureOf(client.request(object(name)))).message, /answered 404/);
  });
});
