import { deepEqual, equal, ok } from "node:assert/strict";
import { QuietPeriod } from "../../../../provider/core/run/quiet-period";
import { QuickClock } from "../../../support/quick-clock";

describe("Hearing of all that a program declares", () => {
  let clock: QuickClock;
  let hearing: QuietPeriod;
  beforeEach(() => {
    clock = new QuickClock();
    hearing = new QuietPeriod(clock);
  });
  afterEach(() => clock.stop());

  /** A step that is over after so long. */
  const working = (ms: number) => hearing.step(() => clock.sleep(ms));
  /** A step that waits for all, and the moment at which it goes on. */
  const waiting = (after = 0) =>
    hearing.step(async () => {
      await hearing.waitForAll();
      const atMs = clock.nowMs();
      await clock.sleep(after);
      return atMs;
    });

  it("takes two seconds where nothing else is done", async () => {
    const atMs = await waiting();
    ok(atMs >= 2_000 && atMs <= 2_200, `${atMs}`);
  });

  it("waits for the steps that may have taken all places", async () => {
    const long = working(9_000);
    const atMs = await waiting();
    ok(atMs >= 11_000 && atMs <= 11_300, `${atMs}`);
    await long;
  });

  it("takes no longer where there is room for another step", async () => {
    await Promise.all([working(100), working(100), working(100)]);
    const long = working(9_000);
    const atMs = await waiting();
    ok(atMs <= 2_500, `${atMs}`);
    await long;
  });

  it("ends after a minute, whatever is still said", async () => {
    let isOver = false;
    const talking = (async () => {
      while (!isOver) {
        hearing.touch();
        await clock.sleep(500);
      }
    })();
    const atMs = await waiting();
    isOver = true;
    ok(atMs >= 60_000 && atMs <= 60_300, `${atMs}`);
    await talking;
  });

  it("is waited for no more after two minutes of a run", async () => {
    let isOver = false;
    const working = hearing.step(async () => {
      while (!isOver) await clock.sleep(500);
    });
    const times: number[] = [];
    for (let count = 0; count < 3; count++) {
      const sinceMs = clock.nowMs();
      times.push((await waiting()) - sinceMs);
    }
    isOver = true;
    await working;
    const [first = 0, second = 0, third = 0] = times;
    ok(first >= 60_000 && second >= 59_000 && third <= 2_300, `${times}`);
  });

  it("is not put off by steps that end where no step is to be taken back", async () => {
    hearing.touch();
    const working = (async () => {
      for (let count = 0; count < 10; count++) await hearing.step(() => clock.sleep(500));
    })();
    const sinceMs = clock.nowMs();
    await hearing.wait();
    ok(clock.nowMs() - sinceMs <= 2_300);
    await working;
  });

  it("counts as progress for whoever waits to hand something over", async () => {
    const long = working(30_000);
    const listening = waiting();
    let isTaken = false;
    void listening.then(() => {
      isTaken = true;
    });
    const sinceMs = clock.nowMs();
    await hearing.step(() => hearing.drained(() => (isTaken ? 0 : 1)));
    const tookMs = clock.nowMs() - sinceMs;
    ok(tookMs >= 30_000 && tookMs <= 35_000, `${tookMs}`);
    await Promise.all([long, listening]);
  });

  it("lets one after the other go where all wait, and the next at once where the engine is known to be full", async () => {
    const PLACES = 3;
    const left = ["a", "b", "c", "d", "e", "f"];
    const order: string[] = [];
    const times: number[] = [];
    // As the engine does: it checks one and then waits for a place, and checks no other before it has one.
    const running = new Set<Promise<unknown>>();
    while (left.length > 0) {
      const name = left.shift() ?? "";
      hearing.touch();
      while (running.size >= PLACES) await Promise.race(running);
      const step: Promise<unknown> = waiting(50).then((atMs) => {
        order.push(name);
        times.push(atMs);
        running.delete(step);
      });
      running.add(step);
    }
    await Promise.all(running);
    deepEqual(order.slice(0, 3), ["a", "b", "c"]);
    const [first = 0, second = 0, third = 0] = times;
    ok(first >= 2_000, `${times}`);
    ok(second - first <= 600 && third - second <= 600, `${times}`);
    equal(times.length, 6);
  });
});
