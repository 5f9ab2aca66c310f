import { deepEqual, equal, ok } from "node:assert/strict";
import type { Clock } from "../../../../provider/http/clock";
import { Slots } from "../../../../provider/http/pacing/slots";
import { countsOnMs, WriteGate } from "../../../../provider/http/pacing/write-gate";
import { QuickClock } from "../../../support/quick-clock";
import { clientOf, create, failureOf, read, seededRandom, sendJson, startServer, stopAll } from "../server";

const never = new AbortController().signal;
const pause = (ms: number) => new Promise((resolve) => setTimeout(resolve, ms));

/** The most that came within a second. */
function crowd(timesMs: readonly number[]): number {
  return Math.max(
    ...timesMs.map((first) => timesMs.filter((ms) => ms >= first && ms < first + 1_000).length),
  );
}

describe("http: the gate for writes", () => {
  let clock: QuickClock;
  beforeEach(() => {
    clock = new QuickClock();
  });
  afterEach(() => {
    clock.stop();
    stopAll();
  });

  it("lets no more go than the limit in any second, in the order they came", async () => {
    const gate = new WriteGate(new Slots(4), 5);
    const order: number[] = [];
    const starts = await Promise.all(
      Array.from({ length: 12 }, async (_, index) => {
        const release = await gate.enter("conversation CH1", never);
        order.push(index);
        setTimeout(release, 5);
        return performance.now();
      }),
    );
    equal(crowd(starts), 5);
    deepEqual(
      order,
      order.toSorted((a, b) => a - b),
    );
  });

  it("counts a write for a second after its answer, less the fastest round trip", () => {
    equal(countsOnMs(0), 1_010);
    equal(countsOnMs(110), 900);
    equal(countsOnMs(5_000), 0);
  });

  /** When the second write may go, if the first, which takes so long, is the only one that may at a time. */
  const secondStartMs = async (takesMs: number, ...repliesMs: number[]) => {
    const gate = new WriteGate(new Slots(1), 1, clock);
    const startedAtMs = clock.nowMs();
    const release = await gate.enter("conversation CH1", never);
    for (const replyMs of repliesMs) gate.answered(replyMs);
    await clock.sleep(takesMs);
    release();
    (await gate.enter("conversation CH1", never))();
    return clock.nowMs() - startedAtMs;
  };

  it("takes a late answer for a late arrival", async () => {
    const startMs = await secondStartMs(3_000, 500, 400, 600);
    ok(startMs >= 3_610 && startMs < 4_000, `${startMs}`);
  });

  it("takes the round trip for none as long as it knows none", async () => {
    const startMs = await secondStartMs(3_000);
    ok(startMs >= 4_010 && startMs < 4_400, `${startMs}`);
  });

  it("learns of a faster round trip while it waits", async () => {
    const gate = new WriteGate(new Slots(1), 1, clock);
    gate.answered(900);
    const startedAtMs = clock.nowMs();
    (await gate.enter("conversation CH1", never))();
    const second = gate.enter("conversation CH1", never);
    gate.answered(0);
    await second;
    ok(clock.nowMs() - startedAtMs >= 1_010, `${clock.nowMs() - startedAtMs}`);
  });

  it("waits to the end where timers fire too early", async () => {
    const early: Clock = {
      nowMs: () => clock.nowMs(),
      sleep: (ms, signal) => clock.sleep(ms, signal),
      after: (ms, act) => clock.after(ms, act),
      timeout: (ms) => clock.timeout(ms / 2),
    };
    const gate = new WriteGate(new Slots(1), 1, early);
    const startedAtMs = clock.nowMs();
    (await gate.enter("conversation CH1", never))();
    await gate.enter("conversation CH1", never);
    ok(clock.nowMs() - startedAtMs >= 1_010, `${clock.nowMs() - startedAtMs}`);
  });

  it("gives the place of a write that was cancelled in line to the next one", async () => {
    const slots = new Slots(1);
    const gate = new WriteGate(slots, 1, clock);
    const release = await slots.acquire(never);
    const leaving = new AbortController();
    const abandoned = failureOf(gate.enter("conversation CH1", leaving.signal));
    const next = gate.enter("conversation CH1", never);
    const startedAtMs = clock.nowMs();
    leaving.abort();
    await abandoned;
    release();
    await next;
    ok(clock.nowMs() - startedAtMs < 1_000, `${clock.nowMs() - startedAtMs}`);
  });

  it("keeps to the limit as the server sees it, however late some requests arrive", async () => {
    const random = seededRandom(7);
    const arrivals: number[] = [];
    const server = await startServer(async (_, response) => {
      await pause(random() < 0.3 ? 200 : 0);
      arrivals.push(performance.now());
      sendJson(response, 200, {});
    });
    const client = clientOf(server.origin, { writesPerSecond: 10 });
    await Promise.all(Array.from({ length: 30 }, () => client.request(create())));
    ok(crowd(arrivals) <= 10, `${crowd(arrivals)} in one second`);
  });

  it("does not take the making of connections for the round trip", async () => {
    const connected = new WeakSet<object>();
    const arrivals: number[] = [];
    const server = await startServer(async (_, response) => {
      const { socket } = response;
      if (socket !== null && !connected.has(socket)) await pause(300);
      if (socket !== null) connected.add(socket);
      arrivals.push(performance.now());
      sendJson(response, 200, {});
    });
    const client = clientOf(server.origin, { writesPerSecond: 4, concurrency: 4 });
    await Promise.all(Array.from({ length: 8 }, () => client.request(create())));
    equal(crowd(arrivals), 4);
  });

  it("does not take a read's round trip for that of a write", async () => {
    const arrivals: number[] = [];
    const server = await startServer(async ({ method }, response) => {
      if (method === "POST") {
        arrivals.push(performance.now());
        await pause(900);
      }
      sendJson(response, 200, {});
    });
    const client = clientOf(server.origin, { writesPerSecond: 4, concurrency: 4 });
    for (let round = 0; round < 2; round += 1)
      await Promise.all(Array.from({ length: 4 }, () => client.request(read())));
    await Promise.all(Array.from({ length: 8 }, () => client.request(create())));
    const tookMs = (arrivals.at(-1) ?? 0) - (arrivals[0] ?? 0);
    ok(tookMs >= 1_000 && tookMs < 1_800, `${tookMs}`);
  });
});
