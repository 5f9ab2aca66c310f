import assert from "node:assert/strict";
import { picture } from "../../bench/report/picture";
import { logScale } from "../../bench/report/scale";
import { resultsOf } from "../../bench/result";
import { empty, figuresOf, sampleOf } from "./figures";

const near = (found: number, expected: number) => assert.ok(Math.abs(found - expected) < 1e-9);

describe("bench: logarithmic scale", () => {
  it("gives equal ratios equal room, in whichever direction", () => {
    for (const [from, to] of [
      [0, 300],
      [300, 0],
    ] as const) {
      const { at } = logScale([50, 10_000], from, to);
      near(at(500) - at(50), at(5_000) - at(500));
      const places = [50, 500, 10_000].map(at);
      assert.ok(places.every((place) => place > 0 && place < 300));
      assert.equal(at(10_000) > at(50), to > from);
    }
  });

  it("marks powers of ten, and more where there are not two of them", () => {
    assert.deepEqual(logScale([50, 10_000], 0, 1).ticks, [100, 1_000, 10_000]);
    assert.deepEqual(logScale([2_000, 6_000], 0, 1).ticks, [2_000, 5_000]);
    assert.deepEqual(logScale([2_800, 3_500], 0, 1).ticks, [2_800, 3_500]);
    assert.deepEqual(logScale([3_000], 0, 1).ticks, [3_000]);
  });
});

describe("bench: picture", () => {
  const samples = [0, 100].flatMap((latencyMs) =>
    (["up", "preview-refresh", "destroy"] as const).flatMap((operation) => [
      sampleOf({ latencyMs, members: 50 }, operation, { wallMs: 2_000 }),
      sampleOf({ latencyMs, members: 500 }, operation, { wallMs: 3_000 }),
      sampleOf({ latencyMs, members: 500, checkpoints: false }, operation, { wallMs: 1e9 }),
      sampleOf({ latencyMs, kind: "participants", members: 50 }, operation, { wallMs: 4_000 }),
    ]),
  );
  const drawn = picture(resultsOf(figuresOf([empty("up", 1_500), ...samples])));
  const count = (part: string) => drawn.split(part).length - 1;

  it("has a panel for each latency and operation shown, each with its title and its axes", () => {
    assert.equal(count("<g "), 4);
    for (const operation of ["up", "preview --refresh"])
      for (const latencyMs of [0, 100]) assert.equal(count(`>${operation}, ${latencyMs} ms latency<`), 1);
    assert.equal(count(">members<"), 4);
    assert.ok(count(" s</text>") >= 4);
  });

  it("has a mark for each point of the plain runs, told apart by shape and by class", () => {
    // One of each more in the legend.
    assert.equal(count('<circle class="mark a"'), 8 + 1);
    assert.equal(count('<rect class="mark b"'), 4 + 1);
    assert.equal(count("<polyline"), 8);
    assert.equal(count('class="empty"'), 2 + 1);
  });

  it("stands by itself, in light and in dark", () => {
    assert.match(drawn, /prefers-color-scheme: dark/);
    assert.match(drawn, /<title>/);
    assert.doesNotMatch(drawn.replace("http://www.w3.org/2000/svg", ""), /https?:|url\(|href|NaN|Infinity/);
  });

  it("closes every element that it opens", () => {
    const open: string[] = [];
    for (const [, slash, name, end] of drawn.matchAll(/<(\/?)([a-z]+)[^>]*?(\/?)>/g)) {
      if (slash === "/") assert.equal(open.pop(), name);
      else if (end !== "/") open.push(name ?? "");
    }
    assert.deepEqual(open, []);
  });

  it("is empty without figures, not broken", () =>
    assert.doesNotMatch(picture([]), /NaN|Infinity|undefined|<g /));
});
